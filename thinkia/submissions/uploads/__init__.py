"""What an uploaded file really is. Its ending and its content must agree, or it is refused in words.

Nothing is unpacked and nothing is held in memory: PDF files are opened where they lie, archives are
judged by their directory. What passes is still served as an attachment only.
"""

from dataclasses import dataclass
from typing import IO

from thinkia.domain.bases import Question
from thinkia.domain.file_names import clean_name, ending_of
from thinkia.domain.reasons import Reason, Refused
from thinkia.outside.storage import digest
from thinkia.submissions.uploads import archives, documents, pictures, texts

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "odt": f"{_OPEN}.text",
    "ods": f"{_OPEN}.spreadsheet",
    "odp": f"{_OPEN}.presentation",
    "zip": "application/zip",
    "csv": "text/csv",
    "txt": "text/plain",
}
_SAME = {"jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be kept: its clean name, what it is, its size and hash, its pages where it has some."""

    name: str
    media_type: str
    size: int
    sha256: str
    pages: int | None = None


def examine(stream: IO[bytes], name: str, question: Question) -> Upload:
    """What a file is, if the question accepts it; otherwise it is refused and says what to do."""
    name = clean_name(name)
    ending = ending_of(name)
    accepted = {_SAME.get(one, one) for one in question.types}
    if ending not in MEDIA_TYPES or _SAME.get(ending, ending) not in accepted:
        raise Refused(Reason.FILE_TYPE, name=name, types=question.types)
    sha256, size = digest(stream)
    if size == 0:
        raise Refused(Reason.FILE_EMPTY, name=name)
    if question.max_bytes is not None and size > question.max_bytes:
        raise Refused(Reason.FILE_TOO_LARGE, name=name, size=size, limit=question.max_bytes)
    pages = _look_inside(stream, name, ending)
    if question.max_pages is not None and (pages or 0) > question.max_pages:
        raise Refused(Reason.TOO_MANY_PAGES, name=name, pages=pages, limit=question.max_pages)
    stream.seek(0)
    return Upload(name, MEDIA_TYPES[ending], size, sha256, pages)


def _look_inside(stream: IO[bytes], name: str, ending: str) -> int | None:
    """Refuse what is not what its ending says; the pages of a PDF."""
    stream.seek(0)
    if ending == "pdf":
        return documents.pages(stream, name)
    if ending in pictures.SIGNATURES:
        pictures.demand(stream, name, ending)
    elif ending in {"csv", "txt"}:
        texts.demand(stream, name)
    else:
        archives.demand(stream, name, ending)
    return None
