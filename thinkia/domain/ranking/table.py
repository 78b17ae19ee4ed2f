"""A table of marks given elsewhere, one row a mark: what is wrong with it, and the ballots it holds.

Rules of reading, chosen so that nothing is guessed and nobody is dropped in silence:

- Codes are compared letter by letter, capitals included. Two codes that differ only in capitals are two
  codes, and a note says so.
- A sector is one of the five, or one that the method weighs; ``sector_balanced`` must weigh it. A juror
  sits for one sector in the whole table; or, where the reader says so, for one on each panel.
- A mark is a plain decimal of the criterion's scale. An empty mark is an unmarked criterion, never 0.
- A review is one juror's rows on one submission. It is complete with a mark on every criterion of the
  rubric. An incomplete one is refused, or left out whole (none of its marks counts, for ties neither)
  and named. A submission that has no review left is refused too: it would vanish from the ranking.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from thinkia.domain.bases import RankingRules
from thinkia.domain.marks import (
    allowed_marks,
    has_few_places,
    highest,
    is_allowed,
    lowest,
    missing_criteria,
    plain_decimal,
)
from thinkia.domain.ranking.findings import CannotRankError, Fault, FaultKind, Note, NoteKind, Table, listed
from thinkia.domain.ranking.metrics import measured
from thinkia.domain.ranking.panels import Ballot
from thinkia.domain.rubric import Scale
from thinkia.domain.sectors import SECTORS


class Incomplete(StrEnum):
    """What becomes of an incomplete review."""

    REFUSE = "refuse"
    EXCLUDE = "exclude"


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A row as it was written; ``mark`` is still text. Cells come without spaces around them."""

    row: int
    submission: str
    juror: str
    sector: str
    criterion: str
    mark: str
    round: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class ReadBallots:
    """Complete ballots, by submission and juror, and what has to be said about the others."""

    ballots: tuple[Ballot, ...]
    notes: tuple[Note, ...]


def read_ballots(
    rows: Iterable[MarkRow],
    rules: RankingRules,
    *,
    incomplete: Incomplete = Incomplete.REFUSE,
    sector_per_panel: bool = False,
) -> ReadBallots:
    """The complete ballots of a table, or ``CannotRankError`` with everything that is wrong with it."""
    table = tuple(rows)
    check = _Check(rules, sector_per_panel=sector_per_panel)
    for row in table:
        check.add(row)
    excluded = check.incomplete_reviews()
    if incomplete is Incomplete.REFUSE:
        check.faults += excluded
        excluded = []
    else:
        check.faults += _emptied(check, excluded)
    if check.faults:
        raise CannotRankError(sorted(check.faults, key=lambda fault: fault.row or 0))
    left_out = {(fault.params["submission"], fault.params["juror"]) for fault in excluded}
    ballots = tuple(check.ballot(*review) for review in sorted(check.reviews) if review not in left_out)
    return ReadBallots(ballots, (*_exclusions(excluded), *_lookalikes(table)))


@dataclass(slots=True)
class _Check:
    """Reads rows one by one and collects what is wrong."""

    rules: RankingRules
    sector_per_panel: bool = False
    scales: dict[str, Scale] = field(init=False)
    measured: tuple[str, ...] = field(init=False)
    faults: list[Fault] = field(default_factory=list)
    reviews: dict[tuple[str, str], dict[str, Decimal]] = field(default_factory=dict)
    first_rows: dict[tuple[str, str], int] = field(default_factory=dict)
    seats: dict[tuple[str, str], MarkRow] = field(default_factory=dict)  # the first row that gives a sector
    groups: dict[str, MarkRow] = field(default_factory=dict)  # the first row that gives a group
    seen: dict[tuple[str, str, str], int] = field(default_factory=dict)
    tainted: set[tuple[str, str]] = field(default_factory=set)  # reviews with a faulty row

    def __post_init__(self) -> None:
        self.scales = {criterion.code: criterion.scale for criterion in self.rules.rubric.criteria}
        self.measured = measured(self.rules.rubric)

    def add(self, row: MarkRow) -> None:
        review = (row.submission, row.juror)
        self.first_rows.setdefault(review, row.row)
        marks = self.reviews.setdefault(review, {})
        before = len(self.faults)
        self._check_codes(row)
        self._check_sector(row)
        self._check_group(row)
        self._check_repetition(row)
        mark = self._mark(row)
        if mark is not None:
            marks[row.criterion] = mark
        if len(self.faults) > before:
            self.tainted.add(review)

    def incomplete_reviews(self) -> list[Fault]:
        """One fault for each review that lacks a mark, at its first row. A review with a faulty row is
        not among them: its gap may come from that fault.
        """
        found = []
        for (submission, juror), marks in self.reviews.items():
            missing = missing_criteria(self.rules.rubric, marks)
            if missing and (submission, juror) not in self.tainted:
                params = {"submission": submission, "juror": juror, "criteria": listed(missing)}
                row = self.first_rows[submission, juror]
                found.append(Fault(FaultKind.INCOMPLETE_REVIEW, params, Table.SCORES, row))
        return sorted(found, key=lambda fault: (fault.params["submission"], fault.params["juror"]))

    def ballot(self, submission: str, juror: str) -> Ballot:
        sector, marks = self._seat(submission, juror).sector, self.reviews[submission, juror]
        group = self.groups[juror].group if juror in self.groups else ""
        return Ballot(submission, juror, sector, marks, group)

    def _refuse(self, kind: FaultKind, row: MarkRow, **params: str) -> None:
        self.faults.append(Fault(kind, params, Table.SCORES, row.row))

    def _check_codes(self, row: MarkRow) -> None:
        for column in ("submission", "juror"):
            if not getattr(row, column):
                self._refuse(FaultKind.EMPTY_CODE, row, column=column)

    def _panel(self, submission: str, juror: str) -> tuple[str, str]:
        """Within what a juror sits for one sector."""
        return (submission if self.sector_per_panel else "", juror)

    def _seat(self, submission: str, juror: str) -> MarkRow:
        return self.seats[self._panel(submission, juror)]

    def _check_sector(self, row: MarkRow) -> None:
        method = self.rules.method
        if row.sector not in SECTORS and row.sector not in method.sectors:
            known = listed(dict.fromkeys((*method.sectors, *SECTORS)))
            self._refuse(FaultKind.UNKNOWN_SECTOR, row, sector=row.sector, known=known)
            return
        if method.balances and row.sector not in method.sectors:
            self._refuse(FaultKind.SECTOR_WITHOUT_WEIGHT, row, sectors=row.sector)
            return
        seat = self.seats.setdefault(self._panel(row.submission, row.juror), row)
        if seat.sector != row.sector:
            params = {
                "juror": row.juror,
                "sector": row.sector,
                "other": seat.sector,
                "other_row": str(seat.row),
            }
            self._refuse(FaultKind.TWO_SECTORS, row, **params)

    def _check_group(self, row: MarkRow) -> None:
        """Whoever evaluates does so in one group."""
        known = self.rules.method.evaluators
        if not known:
            return
        if row.group not in known:
            self._refuse(FaultKind.UNKNOWN_GROUP, row, group=row.group, known=listed(known))
            return
        first = self.groups.setdefault(row.juror, row)
        if first.group != row.group:
            told = {"juror": row.juror, "group": row.group, "other": first.group, "other_row": str(first.row)}
            self._refuse(FaultKind.TWO_GROUPS, row, **told)

    def _check_repetition(self, row: MarkRow) -> None:
        first = self.seen.setdefault((row.submission, row.juror, row.criterion), row.row)
        if first != row.row:
            params = {"submission": row.submission, "juror": row.juror, "criterion": row.criterion}
            self._refuse(FaultKind.DUPLICATE_MARK, row, first=str(first), **params)

    def _mark(self, row: MarkRow) -> Decimal | None:
        scale = self.scales.get(row.criterion)
        if scale is None:
            known = listed(self.scales)
            self._refuse(FaultKind.UNKNOWN_CRITERION, row, criterion=row.criterion, known=known)
            return None
        if row.criterion in self.measured:
            self._refuse(FaultKind.METRIC_IN_SCORES, row, criterion=row.criterion)
            return None
        if not row.mark:
            return None
        mark = plain_decimal(row.mark)
        params = {"mark": row.mark, "criterion": row.criterion}
        if mark is None:
            comma = plain_decimal(row.mark.replace(",", ".", 1)) is not None
            kind = FaultKind.MARK_WITH_COMMA if comma else FaultKind.MARK_NOT_A_NUMBER
            self._refuse(kind, row, **params)
        elif not has_few_places(mark):
            self._refuse(FaultKind.MARK_TOO_MANY_PLACES, row, **params)
        elif not is_allowed(scale, mark):
            self._refuse(_outside(scale, mark), row, **params, **_span(scale))
        return mark


def _outside(scale: Scale, mark: Decimal) -> FaultKind:
    if _short_list(scale):
        return FaultKind.MARK_NOT_LISTED
    inside = lowest(scale) <= mark <= highest(scale)
    return FaultKind.MARK_OFF_STEP if inside else FaultKind.MARK_OUTSIDE_SCALE


def _span(scale: Scale) -> dict[str, str]:
    return {
        "allowed": listed(f"{mark:f}" for mark in _short_list(scale)),
        "lowest": f"{lowest(scale):f}",
        "highest": f"{highest(scale):f}",
        "step": f"{scale.step or 0:f}",
    }


def _short_list(scale: Scale) -> tuple[Decimal, ...]:
    marks = allowed_marks(scale) or ()
    return marks if len(marks) <= 21 else ()


def _emptied(check: _Check, excluded: Sequence[Fault]) -> list[Fault]:
    """A fault for each submission that would lose all its reviews, at the first row that names it."""
    left = defaultdict(list)
    for submission, juror in check.reviews:
        left[submission].append(juror)
    for fault in excluded:
        left[fault.params["submission"]].remove(fault.params["juror"])
    return [
        Fault(FaultKind.NO_REVIEW_LEFT, {"submission": code}, Table.SCORES, _first_row(check, code))
        for code, jurors in left.items()
        if not jurors
    ]


def _first_row(check: _Check, submission: str) -> int:
    return min(row for (code, _), row in check.first_rows.items() if code == submission)


def _exclusions(excluded: Iterable[Fault]) -> list[Note]:
    return [Note(NoteKind.REVIEW_EXCLUDED, fault.params) for fault in excluded]


def _lookalikes(table: Iterable[MarkRow]) -> list[Note]:
    """Codes of one column that differ only in capitals."""
    spellings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in table:
        spellings["submission", row.submission.casefold()].add(row.submission)
        spellings["juror", row.juror.casefold()].add(row.juror)
    return [
        Note(NoteKind.CODES_DIFFER_IN_CASE, {"column": column, "codes": listed(sorted(codes))})
        for (column, _), codes in sorted(spellings.items())
        if len(codes) > 1
    ]
