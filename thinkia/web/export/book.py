"""Tables as a spreadsheet: typed cells, a header that stays and says what it means, filters."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from thinkia.web.export.tables import About, Column, Kind, Table, Value
from thinkia.web.export.text import readme

MOST_CHARACTERS = 32_767  # that a spreadsheet's cell holds
MOST_ROWS = 1_048_576  # that a sheet holds, its header among them
CUT = " […]"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FORMS = {Kind.MOMENT: "yyyy-mm-dd hh:mm:ss", Kind.DAY: "yyyy-mm-dd"}
WIDTHS = {Kind.MOMENT: 20, Kind.DAY: 12}
DICTIONARY = ("table", "column", "type", "description")


def write_xlsx(file: IO[bytes], tables: Sequence[Table], about: About) -> int:
    """A sheet a table, then the dictionary and the README."""
    count = 0
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"title": about.title, "created": about.at.replace(tzinfo=None)})
        forms = {kind: book.add_format({"num_format": form}) for kind, form in FORMS.items()}
        header = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF1F4"})
        for table in tables:
            count += _write_sheets(book, table, header, forms)
        _write_dictionary(book, tables, header)
        sheet = book.add_worksheet("README")
        sheet.set_column(0, 0, 100)
        for place, line in enumerate(readme(about).splitlines()):
            sheet.write_string(place, 0, line)
    return count


def _write_dictionary(book: Any, tables: Sequence[Table], header: Any) -> None:
    def rows() -> Iterator[Sequence[Value]]:
        for table in tables:
            for column in table.columns:
                yield table.name, column.name, str(column.kind), column.note

    _write_sheets(book, Table("dictionary", tuple(map(Column, DICTIONARY)), rows), header, {})


def _write_sheets(book: Any, table: Table, header: Any, forms: dict[Kind, Any]) -> int:
    """A sheet; and another one wherever the rows do not fit."""
    count, at, sheet = 0, MOST_ROWS, None
    for row in _at_least_header(table):
        if at >= MOST_ROWS:
            _filter(sheet, table, at)
            sheet, at = _sheet(book, table, header, forms, count // (MOST_ROWS - 1)), 1
        if row is not None:
            for place, value in enumerate(row):
                _write_cell(sheet, at, place, value, forms)
            at, count = at + 1, count + 1
    _filter(sheet, table, at)
    return count


def _at_least_header(table: Table) -> Iterator[Sequence[Value] | None]:
    yield None  # a table without rows still has its sheet
    yield from table.rows()


def _filter(sheet: Any, table: Table, rows: int) -> None:
    if sheet is not None:
        sheet.autofilter(0, 0, max(1, rows - 1), len(table.columns) - 1)


def _sheet(book: Any, table: Table, header: Any, forms: dict[Kind, Any], part: int) -> Any:
    sheet = book.add_worksheet(table.name if not part else f"{table.name} {part + 1}")
    for place, column in enumerate(table.columns):
        width = WIDTHS.get(column.kind, max(12, min(40, len(column.name) + 4)))
        sheet.set_column(place, place, width, forms.get(column.kind))
        sheet.write_string(0, place, column.name, header)
        if column.note:
            sheet.write_comment(0, place, column.note, {"author": "", "x_scale": 2})
    sheet.freeze_panes(1, 0)
    return sheet


def _write_cell(sheet: Any, row: int, place: int, value: Value, forms: dict[Kind, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, place, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, value.replace(tzinfo=None), forms.get(Kind.MOMENT))
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, forms.get(Kind.DAY))
    else:
        fits = len(value) <= MOST_CHARACTERS
        sheet.write_string(row, place, value if fits else value[: MOST_CHARACTERS - len(CUT)] + CUT)
