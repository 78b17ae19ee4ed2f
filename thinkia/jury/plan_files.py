"""The tables of an offline plan: submissions, jurors, and pairs (affinities, conflicts, pins).

UTF-8, with or without a byte order mark; rows as ``domain.csv_rows`` reads them. Several values in a cell
are parted by ``|``.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

from thinkia.domain.assignment import JurorSlot, PanelRequest
from thinkia.domain.csv_rows import CsvRows, RowFault, delimiter_of

LONGEST_NUMBER = 40  # characters; nobody needs more, and a pasted text is no number


class File(StrEnum):
    """The file whose row a fault is about."""

    SUBMISSIONS = "submissions"
    JURORS = "jurors"
    AFFINITY = "affinity"
    CONFLICTS = "conflicts"
    PINS = "pins"
    PLAN = "plan"


class FaultKind(StrEnum):
    NOT_READABLE = "not_readable"
    NOT_UTF8 = "not_utf8"
    BAD_CSV = "bad_csv"
    EMPTY_FILE = "empty_file"
    NO_ROWS = "no_rows"
    MISSING_COLUMN = "missing_column"
    REPEATED_COLUMN = "repeated_column"
    WRONG_CELL_COUNT = "wrong_cell_count"
    EMPTY_CELL = "empty_cell"
    INVISIBLE_CHARACTER = "invisible_character"
    REPEATED_CODE = "repeated_code"
    REPEATED_PAIR = "repeated_pair"
    NOT_A_COUNT = "not_a_count"
    NOT_AN_AFFINITY = "not_an_affinity"
    LEAST_OVER_CAPACITY = "least_over_capacity"
    UNKNOWN_SUBMISSION = "unknown_submission"
    UNKNOWN_JUROR = "unknown_juror"
    PIN_IN_CONFLICT = "pin_in_conflict"
    PIN_OF_OWN_INSTITUTION = "pin_of_own_institution"
    UNKNOWN_SECTOR = "unknown_sector"
    UNKNOWN_GROUP = "unknown_group"
    NOT_TO_READ = "not_to_read"
    NOT_A_READER = "not_a_reader"
    OTHER_SECTOR = "other_sector"
    REPEATED_READING = "repeated_reading"


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why there is no plan. ``row`` counts as a spreadsheet does: the header is row 1."""

    kind: FaultKind
    params: Mapping[str, str] = field(default_factory=dict)
    file: File | None = None
    row: int | None = None


class CannotPlanError(Exception):
    """There is no plan; ``faults`` says why, all of it at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(sorted({fault.kind for fault in self.faults})))


@dataclass(slots=True)
class Sheet:
    """A CSV file while it is read: rows by column name, what was found, columns that nobody asked for."""

    path: Path
    file: File
    required: Sequence[str]
    optional: Sequence[str] = ()
    faults: list[Fault] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    def refuse(self, kind: FaultKind | RowFault, row: int | None = None, /, **params: Any) -> None:
        told = {name: str(value) for name, value in params.items()}
        self.faults.append(Fault(FaultKind(kind), told, self.file, row))

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Numbered rows with clean cells; required ones are not empty."""
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as text:
                yield from self.rows_of(text)
        except UnicodeDecodeError:
            self.refuse(FaultKind.NOT_UTF8)
        except OSError:
            self.refuse(FaultKind.NOT_READABLE)

    def rows_of(self, text: TextIO) -> Iterator[tuple[int, dict[str, str]]]:
        reader = CsvRows(self.refuse, self.required, self.optional, filled=self.required)
        delimiter = delimiter_of(text)
        text.seek(0)
        yield from reader.read(text, delimiter)
        self.unused = reader.unused


@dataclass(slots=True)
class Roll:
    """The submissions or the jurors of a file, with their rows."""

    sheet: Sheet
    rows: dict[str, int] = field(default_factory=dict)
    topics: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_submissions(path: Path) -> tuple[list[PanelRequest], Roll]:
    """A row a submission."""
    optional = ("track", "language", "topics", "institution")
    roll = Roll(Sheet(path, File.SUBMISSIONS, ("submission",), optional))
    requests = [
        PanelRequest(
            row["submission"],
            track=row.get("track", ""),
            language=row.get("language", ""),
            institution=row.get("institution", ""),
        )
        for _, row in _known_once(roll, "submission")
    ]
    return requests, roll


def read_jurors(path: Path, groups: Collection[str] = ()) -> tuple[list[JurorSlot], Roll]:
    """A row a juror; where evaluators come in ``groups``, each of one of them."""
    optional = ["capacity", "min_load", "institution", "topics", "languages", "tracks"]
    if groups:
        optional.append("group")
    roll = Roll(Sheet(path, File.JURORS, ("juror", "sector"), optional))
    slots = []
    for number, row in _known_once(roll, "juror"):
        capacity = _count(roll.sheet, number, row, "capacity")
        least = _count(roll.sheet, number, row, "min_load") or 0
        if capacity is not None and least > capacity:
            roll.sheet.refuse(FaultKind.LEAST_OVER_CAPACITY, number, least=least, capacity=capacity)
            continue
        sectors = _several(row["sector"])
        if not sectors:
            roll.sheet.refuse(FaultKind.EMPTY_CELL, number, column="sector")
            continue
        group = row.get("group", "")
        if groups and group not in groups:
            roll.sheet.refuse(FaultKind.UNKNOWN_GROUP, number, group=group, known=", ".join(groups))
            continue
        slots.append(
            JurorSlot(
                row["juror"],
                sectors,
                capacity,
                least,
                row.get("institution", ""),
                _several(row.get("languages", "")),
                _several(row.get("tracks", "")),
                group,
            )
        )
    return slots, roll


def read_pairs(
    sheet: Sheet, submissions: Roll, jurors: Roll
) -> Iterator[tuple[int, str, str, dict[str, str]]]:
    """The rows of a file of pairs whose two codes are known."""
    sound = not submissions.sheet.faults and not jurors.sheet.faults
    for number, row in sheet.rows():
        submission, juror = row["submission"], row["juror"]
        strangers = (
            (submission in submissions.rows, FaultKind.UNKNOWN_SUBMISSION, submission),
            (juror in jurors.rows, FaultKind.UNKNOWN_JUROR, juror),
        )
        for known, kind, code in strangers:
            if not known and sound:  # otherwise its row may be one that could not be read
                sheet.refuse(kind, number, code=code)
        if all(known for known, _, _ in strangers):
            yield number, submission, juror, row


def read_affinity(text: str) -> Decimal | None:
    """A decimal from 0 to 1, or ``None`` if the text is none."""
    try:
        value = Decimal(text) if text.isascii() and len(text) <= LONGEST_NUMBER else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and 0 <= value <= 1 else None


def _known_once(roll: Roll, column: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with a code of their own; without any, that is a fault."""
    for number, row in roll.sheet.rows():
        code = row[column]
        first = roll.rows.setdefault(code, number)
        if first != number:
            roll.sheet.refuse(FaultKind.REPEATED_CODE, number, code=code, first=first)
            continue
        roll.topics[code] = _several(row.get("topics", ""))
        yield number, row
    if not roll.rows and not roll.sheet.faults:
        roll.sheet.refuse(FaultKind.NO_ROWS)


def _count(sheet: Sheet, number: int, row: Mapping[str, str], column: str) -> int | None:
    text = row.get(column, "")
    whole = text.removesuffix(".0")  # as spreadsheets and data frames write a column with empty cells
    if not text:
        return None
    if not (whole.isascii() and whole.isdigit() and len(whole) <= 9):
        sheet.refuse(FaultKind.NOT_A_COUNT, number, column=column, value=text)
        return None
    return int(whole)


def _several(cell: str) -> tuple[str, ...]:
    parts = (part.strip() for part in cell.split("|"))
    return tuple(dict.fromkeys(part for part in parts if part))
