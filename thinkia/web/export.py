"""Tables out of the platform: CSV, XLSX or JSON, a row at a time, in constant memory.

Text that a spreadsheet would run as a formula is defused: CSV gets an apostrophe before it, XLSX cells are
typed as text. Numbers stay numbers. Several CSV tables make a ZIP with a README. A ``Table`` is read once,
from its first row to its last.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import IO, Any

import xlsxwriter

Value = str | int | bool | Decimal | None
MOST_CHARACTERS = 32_767  # that a spreadsheet's cell holds
MOST_ROWS = 1_048_576  # that a sheet holds, its header among them
CUT = " […]"
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−")
_BLANKS = " \u00a0\u3000\u200b\ufeff"


class Style(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name, its columns, and what gives its rows when it is written."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterable[Sequence[Value]]]


@dataclass(frozen=True, slots=True)
class About:
    """What stands beside the tables: a heading, the moment that the data are of, and paragraphs."""

    title: str
    at: datetime
    text: str


def write(file: IO[bytes], style: Style, tables: Sequence[Table], about: About, *, bom: bool = False) -> int:
    """Write the tables to a seekable file. Returns how many rows they have."""
    if style is Style.XLSX:
        return _write_xlsx(file, tables, about)
    if style is Style.JSON:
        return _write_json(file, tables, about)
    if len(tables) == 1:
        return _write_csv(file, tables[0], bom=bom)
    return _write_zip(file, tables, about, bom=bom)


def ending(style: Style, tables: Sequence[object]) -> str:
    """The ending of the file's name."""
    return "zip" if style is Style.CSV and len(tables) > 1 else str(style)


MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula, also after blanks that it would ignore."""
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip(_BLANKS).startswith(_STARTS) else text


def _write_csv(file: IO[bytes], table: Table, *, bom: bool) -> int:
    text = io.TextIOWrapper(file, encoding="utf-8-sig" if bom else "utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(table.columns)
    count = 0
    for row in table.rows():
        writer.writerow([_cell(value) for value in row])
        count += 1
    text.flush()
    text.detach()
    return count


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return _number(value) if isinstance(value, int | Decimal) else defused(value)


def _number(value: int | Decimal) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _write_zip(file: IO[bytes], tables: Sequence[Table], about: About, *, bom: bool) -> int:
    count = 0
    moment = about.at.timetuple()[:6]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            with archive.open(_entry(f"{table.name}.csv", moment), "w", force_zip64=True) as part:
                count += _write_csv(part, table, bom=bom)
        archive.writestr(_entry("README.txt", moment), _readme(about))
    return count


def _entry(name: str, moment: tuple[Any, ...]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, moment)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


def _readme(about: About) -> str:
    return f"{about.title}\n{about.at.isoformat(timespec='seconds')}\n\n{about.text}\n"


def _write_json(file: IO[bytes], tables: Sequence[Table], about: About) -> int:
    count = 0
    head = {"title": about.title, "at": about.at.isoformat(timespec="seconds"), "about": about.text}
    file.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "tables": {')
    for place, table in enumerate(tables):
        file.write(b"," * bool(place) + f"\n{json.dumps(table.name)}: [".encode())
        for number, row in enumerate(table.rows()):
            file.write(b"," * bool(number) + b"\n" + _object(table.columns, row).encode())
            count += 1
        file.write(b"]")
    file.write(b"}}\n")
    return count


def _object(columns: Sequence[str], row: Sequence[Value]) -> str:
    pairs = (f"{json.dumps(name)}: {_json(value)}" for name, value in zip(columns, row, strict=True))
    return "{" + ", ".join(pairs) + "}"


def _json(value: Value) -> str:
    """Exact decimals are numbers of JSON too."""
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _write_xlsx(file: IO[bytes], tables: Sequence[Table], about: About) -> int:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    count = 0
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": about.title, "created": about.at.replace(tzinfo=None)})
        header = book.add_format({"bold": True, "bottom": 1})
        for table in tables:
            count += _write_sheets(book, table, header)
        readme = book.add_worksheet("README")
        readme.set_column(0, 0, 100)
        for place, line in enumerate(_readme(about).splitlines()):
            readme.write_string(place, 0, line)
    return count


def _write_sheets(book: Any, table: Table, header: Any) -> int:
    """A sheet; and another one wherever the rows do not fit."""
    count, at, sheet = 0, MOST_ROWS, None
    for row in _at_least_header(table):
        if at >= MOST_ROWS:
            part = count // (MOST_ROWS - 1)
            sheet, at = _sheet(book, table, header, part), 1
        if row is not None:
            for place, value in enumerate(row):
                _write_cell(sheet, at, place, value)
            at, count = at + 1, count + 1
    return count


def _at_least_header(table: Table) -> Iterator[Sequence[Value] | None]:
    yield None  # a table without rows still has its sheet
    yield from table.rows()


def _sheet(book: Any, table: Table, header: Any, part: int) -> Any:
    sheet = book.add_worksheet(table.name if not part else f"{table.name} {part + 1}")
    for place, name in enumerate(table.columns):
        sheet.set_column(place, place, max(12, min(40, len(name) + 4)))
        sheet.write_string(0, place, name, header)
    sheet.freeze_panes(1, 0)
    return sheet


def _write_cell(sheet: Any, row: int, place: int, value: Value) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, place, value)
    else:
        fits = len(value) <= MOST_CHARACTERS
        sheet.write_string(row, place, value if fits else value[: MOST_CHARACTERS - len(CUT)] + CUT)
