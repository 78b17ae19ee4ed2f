"""Plain text and CSV: readable as text, and no page or picture for a browser."""

import codecs
import unicodedata
from typing import IO

from thinkia.domain.reasons import Reason, Refused
from thinkia.submissions.uploads.pictures import kinds

CHUNK = 256 * 1024
_FOR_A_BROWSER = frozenset({".html", ".htm", ".xhtml", ".svg", ".xml", ".php", ".js"})
_OPENINGS = (b"<!", b"<html", b"<head", b"<body", b"<svg", b"<script", b"<?xml", b"<?php")
_KEPT = frozenset("\n\r\t\f\ufeff")


def demand(stream: IO[bytes], name: str) -> None:
    """Refuse what is not text in UTF-8 or Windows-1252, and text that a browser would run."""
    is_page = bool(kinds(stream) & _FOR_A_BROWSER) or _opens_as_a_page(stream)
    if is_page or not (_reads_as(stream, "utf-8") or _reads_as(stream, "cp1252")):
        raise Refused(Reason.FILE_CONTENT, name=name, ending=name.rpartition(".")[2])


def _opens_as_a_page(stream: IO[bytes]) -> bool:
    stream.seek(0)
    return stream.read(1024).removeprefix(codecs.BOM_UTF8).lstrip().lower().startswith(_OPENINGS)


def _reads_as(stream: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(0)
    try:
        while chunk := stream.read(CHUNK):
            if any(_is_control(letter) for letter in set(decoder.decode(chunk))):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_control(letter: str) -> bool:
    return letter not in _KEPT and unicodedata.category(letter) == "Cc"
