"""From a file, or from pasted lines, to rows of text."""

import csv
import io
from dataclasses import dataclass

from thinkia.web.sheets.faults import Limits, SheetFault, Unreadable
from thinkia.web.sheets.workbook import cells_of

SEPARATORS = "\t;,"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WINDOWS = "cp1252"  # what spreadsheets in Spanish save as "CSV"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows that hold something, each with its number in the source. ``guessed``: the letters were guessed."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    guessed: bool = False


def opened(content: bytes, limits: Limits) -> Sheet:
    """The rows of a CSV file or of the first sheet of an XLSX file, told apart by what they are."""
    if len(content) > limits.size:
        raise Unreadable(SheetFault.TOO_LARGE, most=limits.size // 1_000_000)
    if content.startswith(_OLD_OFFICE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Unreadable(SheetFault.LOCKED if locked else SheetFault.OLD_SPREADSHEET)
    if content.startswith(_ZIP):
        return Sheet(_kept(cells_of(content, limits), limits))
    text, guessed = _decoded(content)
    return Sheet(_kept(_separated(text), limits), guessed)


def pasted(text: str, limits: Limits) -> Sheet:
    """The rows of lines that somebody pasted or wrote."""
    return Sheet(_kept(_separated(text), limits))


def _decoded(content: bytes) -> tuple[str, bool]:
    """UTF-8, with or without its mark, or UTF-16 with it; else as Windows writes, which is a guess."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content, encoding), False
    try:
        return _demand_text(content.decode()), False
    except UnicodeDecodeError:
        return _strictly(content, _WINDOWS), True


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return _demand_text(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise Unreadable(SheetFault.NOT_TEXT) from error


def _demand_text(text: str) -> str:
    """A picture or a PDF decodes to letters too, but not without control characters."""
    if any(ord(character) < 32 and character not in "\t\r\n" for character in text):
        raise Unreadable(SheetFault.NOT_TEXT)
    return text


def _separated(text: str) -> list[list[str]]:
    """Cells of lines. The separator is the one that the first line uses most; quotes may hold any."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in text.split("\n") if line.strip()), "")
    bare = "".join(first.split('"')[::2])  # what stands in quotes separates nothing
    separator = max(SEPARATORS, key=bare.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Unreadable(SheetFault.DAMAGED) from error


def _kept(rows: list[list[str]], limits: Limits) -> tuple[tuple[int, tuple[str, ...]], ...]:
    kept = []
    for number, row in enumerate(rows, start=1):
        cells = [" ".join(cell.split()) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            kept.append((number, tuple(cells)))
    if not kept:
        raise Unreadable(SheetFault.EMPTY)
    if len(kept) > limits.rows + 1:  # and the line of headings
        raise Unreadable(SheetFault.TOO_MANY_ROWS, rows=len(kept), most=limits.rows)
    if max(len(cells) for _number, cells in kept) > limits.columns:
        raise Unreadable(SheetFault.TOO_MANY_COLUMNS, most=limits.columns)
    return tuple(kept)
