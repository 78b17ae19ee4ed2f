"""The tables of an offline ranking: SCORES (a row a mark), SUBMISSIONS (a row a submission) and METRICS
(a row a value).

UTF-8, with or without a byte order mark; rows as ``domain.csv_rows`` reads them. Columns that are not asked
for are ignored and named in a note.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from thinkia.domain.csv_rows import CsvRows, RowFault, delimiter_of
from thinkia.domain.marks import has_few_places, plain_decimal
from thinkia.domain.ranking.findings import Fault, FaultKind, Note, NoteKind, Table, listed
from thinkia.domain.ranking.table import MarkRow

SCORES_COLUMNS = ("submission", "juror", "sector", "criterion", "mark")
SUBMISSIONS_COLUMNS = ("submission", "submitted_at")
METRICS_COLUMNS = ("submission", "metric", "value")
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


@dataclass(frozen=True, slots=True)
class MetricsFile:
    """The values it gives, by metric and submission, and the row that names each submission first."""

    values: dict[str, dict[str, Decimal]]
    rows: dict[str, int]
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]


def read_metrics(data: bytes) -> MetricsFile:
    """METRICS: values in digits with a point, at most six decimals."""
    sheet = read_sheet(data, Table.METRICS, METRICS_COLUMNS)
    values: dict[str, dict[str, Decimal]] = {}
    rows: dict[str, int] = {}
    first: dict[tuple[str, str], int] = {}
    for number, cells in sheet.rows:
        code, metric, text = (cells[column] for column in METRICS_COLUMNS)
        empty = next((column for column in METRICS_COLUMNS[:2] if not cells[column]), None)
        value = plain_decimal(text)
        if empty is not None:
            sheet.refuse(FaultKind.EMPTY_CODE, number, column=empty)
        elif first.setdefault((metric, code), number) != number:
            again = {"submission": code, "metric": metric, "first": str(first[metric, code])}
            sheet.refuse(FaultKind.DUPLICATE_METRIC, number, **again)
        elif value is None or not has_few_places(value):
            sheet.refuse(FaultKind.METRIC_NOT_A_NUMBER, number, value=text)
        else:
            values.setdefault(metric, {})[code] = value
            rows.setdefault(code, number)
    return MetricsFile(values, rows, tuple(sheet.faults), tuple(sheet.notes))


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

    def refuse(self, kind: FaultKind | RowFault, row: int | None = None, /, **params: str) -> None:
        self.faults.append(Fault(FaultKind(kind), params, self.table, row))


def read_sheet(data: bytes, table: Table, columns: Sequence[str]) -> Sheet:
    """The rows of a CSV file that has these columns."""
    sheet = Sheet(table)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        sheet.refuse(FaultKind.NOT_UTF8)
        return sheet
    reader = CsvRows(sheet.refuse, columns)
    for number, row in reader.read(io.StringIO(text, newline=""), delimiter_of(text.splitlines())):
        sheet.rows.append((number, {column: row[column] for column in columns}))
    if reader.unused:
        unused = {"table": table.value, "columns": listed(reader.unused)}
        sheet.notes.append(Note(NoteKind.COLUMN_UNUSED, unused))
    return sheet
