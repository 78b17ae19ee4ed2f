"""Marks as a sheet: a row for each review and a column for each criterion, out and in again.

An empty cell is no mark, which is never 0; a row without anything is left alone. A checklist has a column for
each item, answered with yes or no. Titles and names are for whoever reads the sheet. Everything that is wrong
comes at once, with its row and its column.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from thinkia.calls.wording.ranking import criterion_title, scale_words
from thinkia.domain.ballot import Fault, Typed, asks_reason, read_criterion
from thinkia.domain.marks import is_awaited
from thinkia.domain.paper import TypedBallot
from thinkia.domain.rubric import Criterion, Rubric
from thinkia.jury.queries.sheets import Place, SheetRow
from thinkia.web.export import Column, Table, Value
from thinkia.web.forms import clean_text
from thinkia.web.sheets import Limits, columns_of, opened, plain

LIMITS = Limits(rows=10_000, columns=300, size=10_000_000)
LONGEST_TEXT = 5000
YES = frozenset(["yes", "si", "x", "1", "true"])
NO = frozenset(["no", "0", "false"])
SUBMISSION, JUROR = ("Proposal", "Propuesta"), ("Juror", "Persona jurada", "Jurado", "Jurada")
FEEDBACK = ("Comment to the team", "Comentario para el equipo", "Comentario al equipo", "feedback")
NOTE = ("Note to the jury", "Nota al jurado", "Nota para el jurado", "note")
REASON = ("reason", "motivo", "razón")


class RowFault(StrEnum):
    NO_SUBMISSION = "no_submission"
    NO_JUROR = "no_juror"
    UNKNOWN_SUBMISSION = "unknown_submission"
    UNKNOWN_JUROR = "unknown_juror"
    NOT_ASSIGNED = "not_assigned"
    TWICE = "twice"
    FINAL = "final"
    BEGUN = "begun"
    CONFLICT = "conflict"
    CLOSED = "closed"
    NOT_A_NUMBER = "not_a_number"
    OFF_SCALE = "off_scale"
    NOT_YES_OR_NO = "not_yes_or_no"
    NO_MARK = "no_mark"
    NO_REASON = "no_reason"
    LONG = "long"


ROW_FAULTS = {
    RowFault.NO_SUBMISSION: _l("the code of the proposal is missing"),
    RowFault.NO_JUROR: _l("the code of the juror is missing"),
    RowFault.UNKNOWN_SUBMISSION: _l("“%(code)s” is no proposal that this jury reads"),
    RowFault.UNKNOWN_JUROR: _l("“%(code)s” is no juror of this call who reads"),
    RowFault.NOT_ASSIGNED: _l("%(juror)s does not read %(submission)s"),
    RowFault.TWICE: _l("the review of %(submission)s by %(juror)s stands in row %(first)s already: keep one"),
    RowFault.FINAL: _l("the review of %(submission)s by %(juror)s is final already, and stays as it is"),
    RowFault.BEGUN: _l("%(juror)s has begun to mark %(submission)s on the platform, and goes on alone"),
    RowFault.CONFLICT: _l("%(juror)s may not judge %(submission)s: a conflict, or no signed statement"),
    RowFault.CLOSED: _l("the review of %(submission)s by %(juror)s has ended, and takes no marks"),
    RowFault.NOT_A_NUMBER: _l("column “%(column)s”: “%(value)s” is no number"),
    RowFault.OFF_SCALE: _l("column “%(column)s”: “%(value)s” is not on the scale (%(scale)s)"),
    RowFault.NOT_YES_OR_NO: _l("column “%(column)s”: “%(value)s” is neither yes nor no"),
    RowFault.NO_MARK: _l("column “%(column)s”: the mark is missing; empty is not 0"),
    RowFault.NO_REASON: _l("column “%(column)s”: the rules ask for a written reason of this mark"),
    RowFault.LONG: _l("column “%(column)s”: the text is longer than %(most)s characters"),
}
_PLACES = {
    Place.FINAL: RowFault.FINAL,
    Place.BEGUN: RowFault.BEGUN,
    Place.CONFLICT: RowFault.CONFLICT,
    Place.CLOSED: RowFault.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing to put right, and where."""

    row: int
    kind: RowFault
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brought:
    """The ballots of a sheet by review, everything that is wrong with it, and how many rows say nothing."""

    ballots: Mapping[str, TypedBallot]
    wrong: Sequence[Wrong]
    empty: int = 0


def wrong_words(wrong: Wrong) -> str:
    """As in "Row 12: column “impacto”: …"."""
    what = str(ROW_FAULTS[wrong.kind]) % wrong.details
    return _("Row %(row)s: %(what)s.", row=wrong.row, what=what)


def template(rubric: Rubric, rows: Iterable[SheetRow]) -> Table:
    """The sheet to fill in: every review that is empty still."""
    fields = [heading for one in rubric.judged for heading, *_names in _fields(one).values()]
    who = (_("Proposal"), _("Title"), _("Juror"), _("Name"))
    columns = (*who, *fields, _("Comment to the team"), _("Note to the jury"))
    empty = [row for row in rows if row.place is Place.EMPTY]

    def lines() -> Iterator[Sequence[Value]]:
        for row in empty:
            yield (row.submission, row.title, row.juror, row.name, *([None] * (len(fields) + 2)))

    return Table("marks", tuple(map(Column, columns)), lines)


def read_sheet(content: bytes, rubric: Rubric, rows: Iterable[SheetRow]) -> Brought:
    """The ballots of a sheet. Raises ``Unreadable`` where it is none."""
    headings: dict[str, Sequence[str]] = {
        "submission": (_("Proposal"), *SUBMISSION),
        "juror": (_("Juror"), *JUROR),
        "feedback": FEEDBACK,
        "note": NOTE,
    }
    needed = ["submission", "juror"]
    for one in rubric.judged:
        fields = _fields(one)
        headings |= fields
        needed += [name for name in fields if is_awaited(one) and not name.startswith("reason:")]
    table = columns_of(opened(content, LIMITS), headings, needed)
    reader = _Reader(rubric, {(row.submission, row.juror): row for row in rows}, table.headings)
    for number, cells in table.rows:
        reader.add(number, cells)
    return Brought(reader.ballots, reader.wrong, reader.empty)


def _fields(one: Criterion) -> dict[str, Sequence[str]]:
    """The columns of a criterion: what its cells are called here → the headings that they may have."""
    titles = [title for title in (one.title.es, one.title.en) if title]
    if one.scale.checklist is None:
        found: dict[str, Sequence[str]] = {f"mark:{one.code}": (one.code, *titles)}
    else:
        found = {
            f"item:{one.code}:{place}": (f"{one.code} {place + 1}",)
            for place in range(len(one.scale.checklist))
        }
    if one.justify or one.justify_at is not None:
        found[f"reason:{one.code}"] = [f"{one.code} {word}" for word in (_("reason"), *REASON)]
    return found


@dataclass(slots=True)
class _Reader:
    """Reads rows one by one and gathers what is wrong."""

    rubric: Rubric
    known: Mapping[tuple[str, str], SheetRow]
    headings: Mapping[str, str]
    ballots: dict[str, TypedBallot] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)
    empty: int = 0
    rows: dict[str, int] = field(default_factory=dict)

    def add(self, number: int, cells: Mapping[str, str]) -> None:
        if not any(text for name, text in cells.items() if name not in {"submission", "juror"}):
            self.empty += 1
            return
        before = len(self.wrong)
        review = self._review(number, cells)
        typed = {one.code: self._typed(number, one, cells) for one in self.rubric.judged}
        words = {name: self._text(number, name, cells) for name in ("feedback", "note")}
        if review is not None and len(self.wrong) == before:
            self.ballots[review.review] = TypedBallot(typed=typed, **words)

    def _refuse(self, number: int, kind: RowFault, **details: Any) -> None:
        self.wrong.append(Wrong(number, kind, details))

    def _review(self, number: int, cells: Mapping[str, str]) -> SheetRow | None:
        submission, juror = cells["submission"].upper(), cells["juror"].upper()
        if not submission or not juror:
            self._refuse(number, RowFault.NO_JUROR if submission else RowFault.NO_SUBMISSION)
            return None
        row = self.known.get((submission, juror))
        if row is None:
            self._refuse_stranger(number, submission, juror)
            return None
        both = {"submission": submission, "juror": juror}
        if self.rows.setdefault(row.review, number) != number:
            self._refuse(number, RowFault.TWICE, first=self.rows[row.review], **both)
        elif row.place is not Place.EMPTY:
            self._refuse(number, _PLACES[row.place], **both)
        return row

    def _refuse_stranger(self, number: int, submission: str, juror: str) -> None:
        if not any(submission == code for code, _juror in self.known):
            self._refuse(number, RowFault.UNKNOWN_SUBMISSION, code=submission[:40])
        elif not any(juror == code for _submission, code in self.known):
            self._refuse(number, RowFault.UNKNOWN_JUROR, code=juror[:40])
        else:
            self._refuse(number, RowFault.NOT_ASSIGNED, submission=submission, juror=juror)

    def _typed(self, number: int, one: Criterion, cells: Mapping[str, str]) -> Typed:
        typed = Typed(
            cells.get(f"mark:{one.code}", "")[:60],
            self._items(number, one, cells),
            self._text(number, f"reason:{one.code}", cells),
        )
        given = read_criterion(one, typed)
        name = f"mark:{one.code}" if one.scale.checklist is None else f"item:{one.code}:0"
        column = self.headings.get(name, criterion_title(one))
        if given.fault is not None:
            kind = RowFault.NOT_A_NUMBER if given.fault is Fault.NOT_A_NUMBER else RowFault.OFF_SCALE
            self._refuse(number, kind, column=column, value=typed.text, scale=scale_words(one.scale))
        elif given.mark is None and (is_awaited(one) or given.is_begun):
            self._refuse(number, RowFault.NO_MARK, column=column)
        elif asks_reason(one, given.mark) and not given.reason:
            column = self.headings.get(f"reason:{one.code}") or next(iter(_fields(one)[f"reason:{one.code}"]))
            self._refuse(number, RowFault.NO_REASON, column=column)
        return typed

    def _items(self, number: int, one: Criterion, cells: Mapping[str, str]) -> dict[int, bool]:
        found = {}
        for place in range(len(one.scale.checklist or ())):
            text = cells.get(f"item:{one.code}:{place}", "")
            if plain(text) in YES | NO:
                found[place] = plain(text) in YES
            elif text:
                column = self.headings[f"item:{one.code}:{place}"]
                self._refuse(number, RowFault.NOT_YES_OR_NO, column=column, value=text[:40])
        return found

    def _text(self, number: int, name: str, cells: Mapping[str, str]) -> str:
        text: str = clean_text(cells.get(name, ""))
        if len(text) > LONGEST_TEXT:
            self._refuse(number, RowFault.LONG, column=self.headings[name], most=LONGEST_TEXT)
        return text
