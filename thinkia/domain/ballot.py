"""One juror's ballot as it is typed: what was given for each criterion, and what is still missing.

Reading never guesses and never loses: a text that is no mark of the scale comes back as a fault with the
text itself. Nothing typed means no mark, which is not 0. A decimal comma is read as a point.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from thinkia.domain.marks import allowed_marks, highest, is_allowed, is_awaited, lowest, plain_decimal
from thinkia.domain.rubric import Criterion, JustifyAt, Rubric, Scale

CHOICES = 11  # a scale with more marks is typed, not chosen from a row


class Fault(StrEnum):
    NOT_A_NUMBER = "not_a_number"
    OFF_SCALE = "off_scale"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of one criterion. ``items`` are the answered ones of a checklist."""

    text: str = ""
    items: Mapping[int, bool] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What the fields of one criterion mean. ``mark`` is ``None`` while there is none."""

    mark: Decimal | None = None
    items: Mapping[int, bool] = field(default_factory=dict)
    reason: str = ""
    fault: Fault | None = None

    @property
    def is_begun(self) -> bool:
        """Something was written that no mark carries yet."""
        return self.mark is None and bool(self.items or self.reason)


@dataclass(frozen=True, slots=True)
class Ballot:
    """Everything a juror says about one submission, by criterion that is judged, in the rubric's order."""

    given: Mapping[str, Given]
    note: str = ""  # for the jury
    feedback: str = ""  # for the team

    @property
    def marks(self) -> dict[str, Decimal]:
        return {code: one.mark for code, one in self.given.items() if one.mark is not None}

    @property
    def faults(self) -> dict[str, Fault]:
        return {code: one.fault for code, one in self.given.items() if one.fault is not None}


def is_chosen(scale: Scale) -> bool:
    """Whether the marks of a scale stand side by side to choose from; otherwise the mark is typed."""
    if scale.checklist is not None:
        return False
    marks = allowed_marks(scale)
    return marks is not None and len(marks) <= CHOICES


def read(rubric: Rubric, typed: Mapping[str, Typed], *, note: str = "", feedback: str = "") -> Ballot:
    """The ballot that these fields make."""
    given = {one.code: read_criterion(one, typed.get(one.code, Typed())) for one in rubric.judged}
    return Ballot(given, note, feedback)


def read_criterion(criterion: Criterion, typed: Typed) -> Given:
    """A mark of the scale, no mark, or a fault."""
    if criterion.scale.checklist is not None:
        return _checked(criterion.scale.checklist, typed)
    text = typed.text.strip()
    if not text:
        return Given(reason=typed.reason)
    mark = typed_number(text)
    if mark is None:
        return Given(reason=typed.reason, fault=Fault.NOT_A_NUMBER)
    if not is_allowed(criterion.scale, mark):
        return Given(reason=typed.reason, fault=Fault.OFF_SCALE)
    return Given(mark, reason=typed.reason)


def typed_number(text: str) -> Decimal | None:
    """A number as people type it: ``4,5`` and ``4.5`` are one; thousands are not separated."""
    if "." not in text and text.count(",") == 1:
        text = text.replace(",", ".")
    return plain_decimal(text)


def missing(rubric: Rubric, ballot: Ballot) -> tuple[str, ...]:
    """The criteria that still need a mark, in the rubric's order: not the optional ones."""
    awaited = (one.code for one in rubric.judged if is_awaited(one))
    return tuple(code for code in awaited if ballot.given[code].mark is None)


def unjustified(rubric: Rubric, ballot: Ballot) -> tuple[str, ...]:
    """The marked criteria whose written reason the bases ask for and the juror still owes."""
    owed = (one.code for one in rubric.judged if asks_reason(one, ballot.given[one.code].mark))
    return tuple(code for code in owed if not ballot.given[code].reason)


def asks_reason(criterion: Criterion, mark: Decimal | None) -> bool:
    """Whether the bases ask for a written reason of this mark; of no mark they ask nothing."""
    if mark is None:
        return False
    is_extreme = mark in {lowest(criterion.scale), highest(criterion.scale)}
    return criterion.justify or (criterion.justify_at is JustifyAt.EXTREMES and is_extreme)


def points_met(checklist: tuple[Decimal, ...], met: Iterable[int]) -> Decimal:
    """The sum of the items that are met."""
    return sum((checklist[index] for index in met), Decimal(0))


def _checked(checklist: tuple[Decimal, ...], typed: Typed) -> Given:
    """A checklist has a mark once every item is answered; until then its answers are kept."""
    items = {index: yes for index, yes in sorted(typed.items.items()) if index < len(checklist)}
    if len(items) < len(checklist):
        return Given(items=items, reason=typed.reason)
    met = (index for index, yes in items.items() if yes)
    return Given(points_met(checklist, met), items, typed.reason)
