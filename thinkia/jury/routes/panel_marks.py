"""The final marks of a proposal's panel, put into words for one reader: how they lie, which were changed."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from thinkia.calls.wording.numbers import number
from thinkia.calls.wording.ranking import criterion_title
from thinkia.db.types import MICRO
from thinkia.domain.bases import Bases, Deliberation
from thinkia.domain.deliberation import Given, Spread, losses, spreads, still_hidden
from thinkia.jury.models import FormerReview, Juror, Review


class Person(NamedTuple):
    """Somebody of the panel, and for which sector he or she sits on it."""

    name: str
    sector: str


class Line(NamedTuple):
    """One criterion: the reader's mark, the others' ascending with whose each is where that is told."""

    title: str
    own: str
    others: list[tuple[str, Person | None]]
    points: str
    level: int


class ChangedMarks(NamedTuple):
    """Marks that a juror changed at one moment for one reason: criterion, what it was, what it became."""

    at: datetime
    reason: str
    person: Person | None
    is_own: bool
    marks: list[tuple[str, str, str]]


class PanelMarks:
    """What a reader may know. ``reader`` is a juror's code; the organisers have none, and see names."""

    def __init__(
        self, bases: Bases, reviews: Sequence[Review], former: Sequence[FormerReview], *, reader: str = ""
    ) -> None:
        self.bases, self.reviews, self.former, self.reader = bases, reviews, former, reader
        self.is_named = not reader or bases.jury.deliberation is Deliberation.NAMED
        self.final = [
            Given(review.juror.code, {mark.criterion: mark.value for mark in review.marks})
            for review in reviews
        ]
        self.people = {one.juror.code: Person(one.juror.name, one.sector) for one in reviews}
        self.titles = {one.code: criterion_title(one) for one in bases.rubric.judged}

    @property
    def own(self) -> Review | None:
        """The reader's own review, if it is final."""
        return next((one for one in self.reviews if one.juror.code == self.reader), None)

    @property
    def still_hidden(self) -> int:
        """How many more others have to be final first."""
        return still_hidden(self.final, self.reader)

    @cached_property
    def lines(self) -> list[Line]:
        return [self._line(one) for one in spreads(self.bases.rubric, self.final, self.reader)]

    @cached_property
    def changes(self) -> list[ChangedMarks]:
        """The newest first; while the others' marks are hidden, only the reader's own."""
        found = [one for review in self.reviews for one in self._changes_of(review)]
        shown = [one for one in found if one.is_own or not self.still_hidden]
        return sorted(shown, key=lambda one: one.at, reverse=True)

    @property
    def notes(self) -> list[tuple[str, Person | None]]:
        """What the others left for the jury beside their marks, with whose each is where that is told."""
        others = [one for one in self.reviews if one.note and one.juror.code != self.reader]
        return [] if self.still_hidden else [(one.note, self._named(one.juror.code)) for one in others]

    def sector_of(self, juror: Juror) -> str:
        """For which sector somebody speaks: that of the panel, or the seat's."""
        person = self.people.get(juror.code)
        return person.sector if person else juror.sector

    def _line(self, one: Spread) -> Line:
        others = [(number(mark.value), self._named(mark.juror)) for mark in one.others]
        own = "" if one.own is None else number(one.own)
        points = number(one.gap.points) if one.gap else ""
        return Line(self.titles[one.criterion.code], own, others, points, one.gap.level if one.gap else 0)

    def _changes_of(self, review: Review) -> Iterator[ChangedMarks]:
        """In deliberation, not by two persons who reopened it."""
        versions, code = [each for each in self.former if each.review_id == review.id], review.juror.code
        found = losses([each.micro_marks for each in versions], review.micro_marks)
        for former, changed in zip(versions, found, strict=True):
            if former.reason:
                marks = [
                    (self.titles.get(one.criterion, one.criterion), _words(one.was), _words(one.became))
                    for one in changed
                ]
                person, is_own = self._named(code), code == self.reader
                yield ChangedMarks(former.ended_at, former.reason, person, is_own, marks)

    def _named(self, code: str) -> Person | None:
        return self.people[code] if self.is_named else None


def _words(micro: int | None) -> str:
    return "–" if micro is None else number(micro / MICRO)
