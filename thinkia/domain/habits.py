"""What a juror may want to look at again before signing. It informs and never blocks.

Three habits that make marks say less than they could: every criterion of a proposal with the same place on
its scale, every proposal with the same mark on a criterion, and half of a scale that was never used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from thinkia.domain.marks import highest, lowest
from thinkia.domain.rubric import Criterion, Marks, Rubric

FEW = 3  # below this, that marks agree means nothing
SOME = 5  # a half of the scale can be missed by chance with fewer proposals


class HabitKind(StrEnum):
    FLAT_PROPOSAL = "flat_proposal"  # one proposal, the same on every criterion
    SAME_MARK = "same_mark"  # one criterion, the same mark for every proposal
    LOWER_HALF_UNUSED = "lower_half_unused"
    UPPER_HALF_UNUSED = "upper_half_unused"


@dataclass(frozen=True, slots=True)
class Habit:
    """``about`` is the key of a proposal, or the code of a criterion."""

    kind: HabitKind
    about: str


def habits(rubric: Rubric, given: Mapping[str, Marks]) -> tuple[Habit, ...]:
    """The habits in these marks (proposal → criterion → mark), criteria first, in the order given.

    Proposals that are not marked whole say nothing. A checklist is left out of the flat proposals: all
    its items met is an observation, not a habit.
    """
    whole = {key: marks for key, marks in given.items() if all(c.code in marks for c in rubric.judged)}
    found = [habit for criterion in rubric.judged if (habit := _of_criterion(criterion, whole)) is not None]
    placed = tuple(one for one in rubric.judged if one.scale.checklist is None)
    if len(placed) >= FEW:
        found += [Habit(HabitKind.FLAT_PROPOSAL, key) for key, marks in whole.items() if _flat(placed, marks)]
    return tuple(found)


def _of_criterion(criterion: Criterion, whole: Mapping[str, Marks]) -> Habit | None:
    marks = [marks[criterion.code] for marks in whole.values()]
    if len(marks) >= FEW and len(set(marks)) == 1:
        return Habit(HabitKind.SAME_MARK, criterion.code)
    if len(marks) < SOME or criterion.scale.checklist is not None:
        return None
    places = [_place(criterion, mark) for mark in marks]
    if min(places) > Fraction(1, 2):
        return Habit(HabitKind.LOWER_HALF_UNUSED, criterion.code)
    return Habit(HabitKind.UPPER_HALF_UNUSED, criterion.code) if max(places) < Fraction(1, 2) else None


def _flat(criteria: tuple[Criterion, ...], marks: Marks) -> bool:
    return len({_place(criterion, marks[criterion.code]) for criterion in criteria}) == 1


def _place(criterion: Criterion, mark: object) -> Fraction:
    """Where a mark lies on its scale, from 0 to 1."""
    bottom, top = Fraction(lowest(criterion.scale)), Fraction(highest(criterion.scale))
    return (Fraction(str(mark)) - bottom) / (top - bottom)
