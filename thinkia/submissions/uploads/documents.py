"""PDF files: whether they open, how many pages they have, whether a program is in them."""

import threading
from collections.abc import Iterator
from typing import IO

import pypdfium2
from pypdfium2 import raw

from thinkia.domain.reasons import Reason, Refused

CHUNK = 256 * 1024
_ONE_AT_A_TIME = threading.Lock()  # PDFium is not made for threads
_PROGRAM = b"/JavaScript"


def pages(stream: IO[bytes], name: str) -> int:
    """The number of pages of a PDF that anybody can open. What cannot be read, or runs, is refused."""
    if stream.read(5) != b"%PDF-":
        raise Refused(Reason.FILE_CONTENT, name=name, ending="pdf")
    if any(_PROGRAM in piece for piece in _pieces(stream, len(_PROGRAM))):
        raise Refused(Reason.FILE_HAS_PROGRAM, name=name)
    stream.seek(0)
    with _ONE_AT_A_TIME:
        return _count(stream, name)


def author(stream: IO[bytes]) -> str:
    """Whom a PDF that ``pages`` let pass names as its author; empty where it names nobody."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(stream)
        try:
            return str(document.get_metadata_value("Author"))
        finally:
            document.close()


def _count(stream: IO[bytes], name: str) -> int:
    try:
        document = pypdfium2.PdfDocument(stream)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise Refused(Reason.FILE_ENCRYPTED if encrypted else Reason.FILE_DAMAGED, name=name) from error
    try:
        if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
            raise Refused(Reason.FILE_HAS_PROGRAM, name=name)
        found = len(document)
    finally:
        document.close()
    if found < 1:
        raise Refused(Reason.FILE_DAMAGED, name=name)
    return found


def _pieces(stream: IO[bytes], overlap: int) -> Iterator[bytes]:
    """The whole file in pieces that overlap, so that no word is cut in two unseen."""
    stream.seek(0)
    tail = b""
    while chunk := stream.read(CHUNK):
        yield tail + chunk
        tail = chunk[-overlap:]
