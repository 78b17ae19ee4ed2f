"""Tables out of the platform: CSV, ZIP, XLSX or JSON, a row at a time, in constant memory.

Text that a spreadsheet would run as a formula is defused: CSV gets an apostrophe before it, XLSX cells are
typed as text. Numbers stay numbers. Several CSV tables make a ZIP with a dictionary and a README. A ``Table``
is read once, from its first row to its last.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import IO

from thinkia.web.export.book import write_xlsx
from thinkia.web.export.tables import About, Attached, Column, Kind, Table, Value, Writing
from thinkia.web.export.text import defused, write_csv, write_json, write_zip

__all__ = [
    "MEDIA_TYPES",
    "About",
    "Attached",
    "Column",
    "Kind",
    "Style",
    "Table",
    "Value",
    "Writing",
    "defused",
    "ending",
    "write",
]
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


class Style(StrEnum):
    CSV = "csv"
    ZIP = "zip"
    XLSX = "xlsx"
    JSON = "json"


def write(
    file: IO[bytes],
    style: Style,
    tables: Sequence[Table],
    about: About,
    writing: Writing | None = None,
    attached: Iterable[Attached] = (),
) -> int:
    """Write the tables to a seekable file. Returns how many rows they have. Files go into a ZIP alone."""
    writing = writing or Writing()
    if style is Style.XLSX:
        return write_xlsx(file, tables, about)
    if style is Style.JSON:
        return write_json(file, tables, about)
    if ending(style, tables) == "csv":
        return write_csv(file, tables[0], writing)
    return write_zip(file, tables, about, writing, attached)


def ending(style: Style, tables: Sequence[object]) -> str:
    """The ending of the file's name: several CSV tables come as a ZIP."""
    return "zip" if style is Style.CSV and len(tables) > 1 else str(style)
