"""The two tables of an offline ranking: SCORES (a row a mark) and SUBMISSIONS (a row a submission).

UTF-8, with or without a byte order mark. Cells are parted by commas, semicolons or tabs, as the header
shows. Columns come in any order, capitals in their names do not matter, and columns that are not asked
for are ignored and named in a note. Spaces around a cell are dropped and its text is taken in Unicode's
composed form (NFC). Rows are counted as a spreadsheet does: the header is row 1. Empty rows are skipped.
"""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from thinkia.domain.ranking.findings import Fault, FaultKind, Note, NoteKind, Table, listed
from thinkia.domain.ranking.table import MarkRow

SCORES_COLUMNS = ("submission", "juror", "sector", "criterion", "mark")
SUBMISSIONS_COLUMNS = ("submission", "submitted_at")
DELIMITERS = (",", ";", "\t")
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}
INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?(?P<offset>[Zz]|[+-]\d{2}(:?\d{2})?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class ScoresFile:
    """The rows that could be read. With ``faults``, other rows are missing from them."""

    rows: tuple[MarkRow, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class SubmissionsFile:
    """The submissions it names, with their rows, and the instants it gives (a cell may be empty)."""

    rows: dict[str, int]
    submitted_at: dict[str, datetime]
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]


def read_scores(data: bytes) -> ScoresFile:
    """SCORES as rows of text; what the marks mean is checked by ``domain.ranking.table``."""
    sheet = read_sheet(data, Table.SCORES, SCORES_COLUMNS)
    rows = tuple(MarkRow(number, **cells) for number, cells in sheet.rows)
    if not rows and not sheet.faults:
        sheet.refuse(FaultKind.NO_ROWS)
    return ScoresFile(rows, tuple(sheet.faults), tuple(sheet.notes))


def read_submissions(data: bytes) -> SubmissionsFile:
    """SUBMISSIONS: one row each, instants in ISO 8601 with their offset from UTC."""
    sheet = read_sheet(data, Table.SUBMISSIONS, SUBMISSIONS_COLUMNS)
    rows: dict[str, int] = {}
    instants: dict[str, datetime] = {}
    for number, cells in sheet.rows:
        code, text = cells["submission"], cells["submitted_at"]
        if not code:
            sheet.refuse(FaultKind.EMPTY_CODE, number, column="submission")
        elif rows.setdefault(code, number) != number:
            sheet.refuse(FaultKind.DUPLICATE_SUBMISSION, number, submission=code, first=str(rows[code]))
        elif text:
            instant = read_instant(text)
            if isinstance(instant, FaultKind):
                sheet.refuse(instant, number, instant=text)
            else:
                instants[code] = instant
    return SubmissionsFile(rows, instants, tuple(sheet.faults), tuple(sheet.notes))


def read_instant(text: str) -> datetime | FaultKind:
    """An instant in UTC from ISO 8601 with an offset, or what is wrong with the text."""
    form = INSTANT.fullmatch(text)
    if form is None:
        return FaultKind.INSTANT_NOT_READ
    if form["offset"] is None:
        return FaultKind.INSTANT_WITHOUT_OFFSET
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        return FaultKind.INSTANT_NOT_READ


@dataclass(slots=True)
class Sheet:
    """A CSV file's rows by column name, and what was found while reading it."""

    table: Table
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def refuse(self, kind: FaultKind, row: int | None = None, **params: str) -> None:
        self.faults.append(Fault(kind, params, self.table, row))


def read_sheet(data: bytes, table: Table, columns: Sequence[str]) -> Sheet:
    """The rows of a CSV file that has these columns."""
    sheet = Sheet(table)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        sheet.refuse(FaultKind.NOT_UTF8)
        return sheet
    records = _records(text, sheet)
    _, header = next(records, (0, []))
    names = [name.casefold() for name in header]
    if _check_header(names, columns, sheet):
        for number, cells in records:
            _add_row(sheet, number, cells, names, columns)
    return sheet


def _records(text: str, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows that are not empty, with clean cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    number = 0
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
        ):
            clean = [unicodedata.normalize("NFC", cell).strip() for cell in cells]
            if any(clean):
                yield number, clean
    except csv.Error:
        sheet.refuse(FaultKind.BAD_CSV, number + 1)


def _check_header(names: Sequence[str], columns: Sequence[str], sheet: Sheet) -> bool:
    if not names:
        if not sheet.faults:
            sheet.refuse(FaultKind.EMPTY_FILE)
        return False
    missing = [column for column in columns if column not in names]
    repeated = [column for column, count in Counter(names).items() if count > 1 and column in columns]
    if missing:
        sheet.refuse(FaultKind.MISSING_COLUMN, 1, columns=listed(missing), expected=listed(columns))
    if repeated:
        sheet.refuse(FaultKind.REPEATED_COLUMN, 1, columns=listed(repeated))
    unused = [name for name in names if name and name not in columns]
    if unused and not sheet.faults:
        sheet.notes.append(Note(NoteKind.COLUMN_UNUSED, {"table": sheet.table, "columns": listed(unused)}))
    return not sheet.faults


def _add_row(
    sheet: Sheet,
    number: int,
    cells: list[str],
    names: Sequence[str],
    columns: Sequence[str],
) -> None:
    """Cells beyond the header are tolerated when they are empty, as spreadsheets leave them."""
    while len(cells) > len(names) and not cells[-1]:
        cells.pop()
    if len(cells) != len(names):
        counts = {"cells": str(len(cells)), "columns": str(len(names))}
        sheet.refuse(FaultKind.WRONG_CELL_COUNT, number, **counts)
        return
    row = {column: cells[names.index(column)] for column in columns}
    hidden = [column for column, cell in row.items() if _has_invisible(cell)]
    if hidden:
        sheet.refuse(FaultKind.INVISIBLE_CHARACTER, number, columns=listed(hidden))
    else:
        sheet.rows.append((number, row))


def _has_invisible(cell: str) -> bool:
    return any(unicodedata.category(character) in INVISIBLE for character in cell)
