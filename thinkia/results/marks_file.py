"""The tables of an offline ranking: SCORES (a row a mark), SUBMISSIONS (a row a submission), METRICS (a row a
value) and CHOSEN (a row a submission that goes on by hand).

UTF-8, with or without a byte order mark; rows as ``domain.csv_rows`` reads them. Columns that are not asked
for are ignored and named in a note.
"""

import io
import re
from collections.abc import Mapping, Sequence
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
VERSION, WHOLE = "version", re.compile(r"[0-9]{1,9}")
CHOSEN_COLUMNS = ("round", "submission", "reason")
FINISHED = "finished_at"
OF_ROUNDS = ("pool", "withdrawn_after")
INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?(?P<offset>[Zz]|[+-]\d{2}(:?\d{2})?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class ScoresFile:
    """The rows that could be read, and when each review was finished, by submission and juror, where that was
    asked for and is said. With ``faults``, other rows are missing from them.
    """

    rows: tuple[MarkRow, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]
    finished: Mapping[tuple[str, str], datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SubmissionsFile:
    """The submissions it names, with their rows, and the instants it gives (a cell may be empty). Where there
    are rounds also the pools, and the round after which a submission withdrew.
    """

    rows: dict[str, int]
    submitted_at: dict[str, datetime]
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]
    pools: dict[str, str] = field(default_factory=dict)
    withdrawn_after: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """Who goes on by hand: by round, each submission with the reason; and the row that names each first."""

    reasons: dict[str, dict[str, str]]
    rows: dict[tuple[str, str], int]
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
    """METRICS: values in digits with a point, at most six decimals.

    Where rows have a ``version``, as those of an export, the highest of each value counts, and an empty one
    is a value that was taken back.
    """
    sheet = read_sheet(data, Table.METRICS, METRICS_COLUMNS, (VERSION,))
    known: dict[tuple[str, str, int], tuple[int, Decimal | None]] = {}
    for number, cells in sheet.rows:
        _read_value(sheet, number, cells, known)
    values: dict[str, dict[str, Decimal]] = {}
    rows: dict[str, int] = {}
    latest = {(metric, code): found for (metric, code, _), found in sorted(known.items(), key=_by_version)}
    for (metric, code), (number, value) in latest.items():
        if value is not None:
            values.setdefault(metric, {})[code] = value
            rows[code] = min(number, rows.get(code, number))
    return MetricsFile(values, rows, tuple(sheet.faults), tuple(sheet.notes))


def _read_value(
    sheet: "Sheet",
    number: int,
    cells: Mapping[str, str],
    known: dict[tuple[str, str, int], tuple[int, Decimal | None]],
) -> None:
    """One row into those that are known, or what is wrong with it."""
    code, metric, text = (cells[column] for column in METRICS_COLUMNS)
    empty = next((column for column in METRICS_COLUMNS[:2] if not cells[column]), None)
    version, value = cells.get(VERSION, "0"), plain_decimal(text)
    taken_back = VERSION in cells and not text
    if empty is not None:
        sheet.refuse(FaultKind.EMPTY_CODE, number, column=empty)
    elif not WHOLE.fullmatch(version):
        sheet.refuse(FaultKind.METRIC_NOT_A_NUMBER, number, value=version)
    elif (first := known.setdefault((metric, code, int(version)), (number, value)))[0] != number:
        again = {"submission": code, "metric": metric, "first": str(first[0])}
        sheet.refuse(FaultKind.DUPLICATE_METRIC, number, **again)
    elif not taken_back and (value is None or not has_few_places(value)):
        sheet.refuse(FaultKind.METRIC_NOT_A_NUMBER, number, value=text)


def _by_version(known: tuple[tuple[str, str, int], object]) -> int:
    return known[0][2]


def read_scores(
    data: bytes, *, rounds: bool = False, groups: bool = False, times: bool = False
) -> ScoresFile:
    """SCORES as rows of text; what the marks mean is checked by ``domain.ranking.table``."""
    more = ("round",) * rounds + ("group",) * groups + (FINISHED,) * times
    sheet = read_sheet(data, Table.SCORES, SCORES_COLUMNS, more)
    finished = _finished(sheet)
    rows = tuple(MarkRow(number, **cells) for number, cells in sheet.rows)
    if not rows and not sheet.faults:
        sheet.refuse(FaultKind.NO_ROWS)
    return ScoresFile(rows, tuple(sheet.faults), tuple(sheet.notes), finished)


def read_submissions(data: bytes, *, rounds: bool = False) -> SubmissionsFile:
    """SUBMISSIONS: one row each, instants in ISO 8601 with their offset from UTC."""
    sheet = read_sheet(data, Table.SUBMISSIONS, SUBMISSIONS_COLUMNS, OF_ROUNDS if rounds else ())
    rows: dict[str, int] = {}
    instants: dict[str, datetime] = {}
    of_rounds: dict[str, dict[str, str]] = {column: {} for column in OF_ROUNDS}
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
        for column, found in of_rounds.items():
            if cells.get(column):
                found[code] = cells[column]
    return SubmissionsFile(rows, instants, tuple(sheet.faults), tuple(sheet.notes), *of_rounds.values())


def read_chosen(data: bytes) -> ChosenFile:
    """CHOSEN: whom people named to go on from a round, each with a reason."""
    sheet = read_sheet(data, Table.CHOSEN, CHOSEN_COLUMNS)
    reasons: dict[str, dict[str, str]] = {}
    rows: dict[tuple[str, str], int] = {}
    for number, cells in sheet.rows:
        one, code, reason = (cells[column] for column in CHOSEN_COLUMNS)
        empty = next((column for column in CHOSEN_COLUMNS[:2] if not cells[column]), None)
        if empty is not None:
            sheet.refuse(FaultKind.EMPTY_CODE, number, column=empty)
        elif rows.setdefault((one, code), number) != number:
            again = {"submission": code, "first": str(rows[one, code])}
            sheet.refuse(FaultKind.DUPLICATE_CHOSEN, number, **again)
        elif not reason:
            sheet.refuse(FaultKind.CHOSEN_WITHOUT_REASON, number, submission=code)
        else:
            reasons.setdefault(one, {})[code] = reason
    return ChosenFile(reasons, rows, tuple(sheet.faults), tuple(sheet.notes))


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


def read_sheet(data: bytes, table: Table, columns: Sequence[str], optional: Sequence[str] = ()) -> Sheet:
    """The rows of a CSV file that has these columns, and perhaps the optional ones."""
    sheet = Sheet(table)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        sheet.refuse(FaultKind.NOT_UTF8)
        return sheet
    reader = CsvRows(sheet.refuse, columns, optional)
    for number, row in reader.read(io.StringIO(text, newline=""), delimiter_of(text.splitlines())):
        sheet.rows.append((number, {name: row[name] for name in (*columns, *optional) if name in row}))
    if reader.unused:
        unused = {"table": table.value, "columns": listed(reader.unused)}
        sheet.notes.append(Note(NoteKind.COLUMN_UNUSED, unused))
    return sheet


def _finished(sheet: Sheet) -> dict[tuple[str, str], datetime]:
    """When each review was finished: the last of the instants that its rows give, taken out of them."""
    found: dict[tuple[str, str], datetime] = {}
    for number, cells in sheet.rows:
        text = cells.pop(FINISHED, "")
        if not text:
            continue
        instant, review = read_instant(text), (cells["submission"], cells["juror"])
        if isinstance(instant, FaultKind):
            sheet.refuse(instant, number, instant=text)
        else:
            found[review] = max(instant, found.get(review, instant))
    return found
