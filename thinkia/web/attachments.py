"""Files that people gave, served so that no browser runs them: attachments, unsniffed, in a sandbox."""

from collections.abc import Iterable

from flask import Response

SANDBOX = "sandbox"


def attachment(chunks: Iterable[bytes], name: str, media_type: str, size: int | None = None) -> Response:
    """A download. The name is a proposal to the reader's computer; the type is ours, not the sender's."""
    response = Response(chunks, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = SANDBOX
    if size is not None:
        response.content_length = size
    return response
