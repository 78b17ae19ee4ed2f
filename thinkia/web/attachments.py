"""Files that people gave, served so that no browser runs them: attachments, unsniffed, in a sandbox."""

import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from flask import Response

SANDBOX = "default-src 'none'; sandbox"


def attachment(chunks: Iterable[bytes], name: str, media_type: str, size: int | None = None) -> Response:
    """A download. The name is a proposal to the reader's computer; the type is ours, not the sender's."""
    response = Response(chunks, mimetype=media_type)
    response.headers["Content-Disposition"] = _disposition(name)
    response.headers["Content-Security-Policy"] = SANDBOX
    if size is not None:
        response.content_length = size
    return response


def _disposition(name: str) -> str:
    """The name in plain letters for old readers, and exactly as RFC 5987 writes it for the others."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join(letter for letter in bare if letter.isprintable() and letter not in '"\\') or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
