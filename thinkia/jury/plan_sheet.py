"""A plan as a sheet that organisers change in a spreadsheet and bring back: a row a reading.

``COLUMNS`` beyond the first three are for whoever reads the sheet; what is typed there is not looked at.
"""

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from thinkia.domain.assignment import Pair, Problem, Violation, ViolationKind, newly_broken
from thinkia.jury.plan_files import Fault, FaultKind, File, Sheet

COLUMNS = ("submission", "juror", "sector", "title", "name")
LARGEST_FILE = 10_000_000  # bytes
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing to put right: a fault of the sheet, or a rule that its panels would break, and where."""

    row: int | None
    what: Fault | Violation


class NotAPlanError(Exception):
    """The sheet is no plan that could be applied; ``wrong`` says why, all of it at once."""

    def __init__(self, wrong: Iterable[Wrong]) -> None:
        self.wrong = tuple(sorted(wrong, key=lambda each: (each.row is None, each.row or 0)))
        super().__init__(f"{len(self.wrong)} things to put right")


def read_plan(content: bytes, problem: Problem) -> tuple[Pair, ...]:
    """The pairs of a sheet, sorted, or ``NotAPlanError``."""
    sheet = Sheet(Path("plan.csv"), File.PLAN, COLUMNS[:2], COLUMNS[2:3])
    rows: dict[Pair, int] = {}
    if content.startswith(_ZIP) or b"\0" in content:
        sheet.refuse(FaultKind.NOT_UTF8)
    else:
        rows = _pairs(sheet, _decoded(content), problem)
    wrong = [Wrong(fault.row, fault) for fault in sheet.faults]
    wrong += [Wrong(_row_of(each, rows), each) for each in newly_broken(problem, problem.pins, rows)]
    if wrong:
        raise NotAPlanError(wrong)
    return tuple(sorted(rows))


def _decoded(content: bytes) -> str:
    """UTF-8, or what spreadsheets on Windows write: the columns that count hold plain letters only."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _pairs(sheet: Sheet, text: str, problem: Problem) -> dict[Pair, int]:
    """The readings that name a proposal and a juror of this call, each once, with their rows."""
    submissions = {request.submission.upper(): request.submission for request in problem.submissions}
    slots = {slot.juror.upper(): slot for slot in problem.jurors}
    found: dict[Pair, int] = {}
    first: dict[tuple[str, str], int] = {}
    any_row = False
    for number, row in sheet.rows_of(io.StringIO(text, newline="")):
        any_row = True
        submission, slot = submissions.get(row["submission"].upper()), slots.get(row["juror"].upper())
        if submission is None:
            sheet.refuse(FaultKind.NOT_TO_READ, number, code=row["submission"])
        if slot is None:
            sheet.refuse(FaultKind.NOT_A_READER, number, code=row["juror"])
        if submission is None or slot is None:
            continue
        if (before := first.setdefault((submission, slot.juror), number)) != number:
            told = {"juror": slot.juror, "submission": submission, "first": before}
            sheet.refuse(FaultKind.REPEATED_READING, number, **told)
            continue
        sector = row.get("sector", "").casefold() or slot.sectors[0]
        if sector not in slot.sectors:
            told = {"juror": slot.juror, "sector": row["sector"], "right": slot.sectors[0]}
            sheet.refuse(FaultKind.OTHER_SECTOR, number, **told)
            sector = slot.sectors[0]
        found[Pair(submission, slot.juror, sector)] = number
    if not any_row and not sheet.faults:
        sheet.refuse(FaultKind.NO_ROWS)
    return found


def _row_of(violation: Violation, rows: Mapping[Pair, int]) -> int | None:
    """The row that breaks the rule: of a limit, the first beyond it; none where a row is missing."""
    if violation.kind is ViolationKind.PIN_MOVED:
        return None
    places: dict[str, list[int]] = defaultdict(list)
    for pair, row in rows.items():
        if (
            violation.submission in (None, pair.submission)
            and violation.juror in (None, pair.juror)
            and (violation.juror or violation.sector in (None, pair.sector))
        ):
            places["here"].append(row)
    beyond = sorted(places["here"])[violation.limit or 0 :]
    return beyond[0] if beyond else None
