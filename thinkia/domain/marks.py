"""Which marks a scale takes, what one review is worth, and what each criterion really weighs.

Everything is exact: marks are ``Decimal``, scores and weights ``Fraction``. Nothing is rounded here.
A well-formed rubric is taken for granted; ``thinkia.domain.bases_check`` says what is wrong with one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from thinkia.domain.rubric import Aggregate, Criterion, Marks, MarksToScore, Rubric, Scale

PLACES = 6
LISTABLE = 101  # more marks than this are typed, not chosen from a list
PLAIN_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,40})?")


# Scales


def lowest(scale: Scale) -> Decimal:
    """The smallest mark of a scale; of a checklist, 0: nothing met."""
    if scale.checklist is not None:
        return Decimal(0)
    if scale.values is not None:
        return min(scale.values)
    if scale.min is None:
        raise ValueError("A scale has a range, values or a checklist.")
    return scale.min


def highest(scale: Scale) -> Decimal:
    """The largest mark of a scale; of a checklist, everything met."""
    if scale.checklist is not None:
        return sum(scale.checklist, Decimal(0))
    if scale.values is not None:
        return max(scale.values)
    if scale.max is None:
        raise ValueError("A scale has a range, values or a checklist.")
    return scale.max


def is_allowed(scale: Scale, mark: Decimal) -> bool:
    """Whether a juror may give this mark. ``4`` and ``4.0`` are one mark."""
    if not mark.is_finite():
        return False
    if scale.values is not None:
        return mark in scale.values
    if scale.checklist is not None:
        return mark in subset_sums(scale.checklist)
    return lowest(scale) <= mark <= highest(scale) and on_grid(scale, mark)


def allowed_marks(scale: Scale) -> tuple[Decimal, ...] | None:
    """Every mark of a scale, ascending, to choose from. ``None``: ask for a number instead, because
    the scale is continuous or has more than ``LISTABLE`` marks.
    """
    if scale.values is not None:
        return tuple(sorted(set(scale.values)))
    if scale.checklist is not None:
        sums = subset_sums(scale.checklist)
        return tuple(sorted(sums)) if len(sums) <= LISTABLE else None
    if scale.step is None:
        return None
    first, step = lowest(scale), scale.step
    count = int((Fraction(highest(scale)) - Fraction(first)) / Fraction(step)) + 1
    return tuple(first + step * k for k in range(count)) if count <= LISTABLE else None


def plain_decimal(text: str) -> Decimal | None:
    """A number written in digits with an optional point (``4``, ``-1``, ``2.50``), or ``None``.

    A comma, an exponent, a plus sign, spaces inside, digits of other scripts and ``NaN`` are not read:
    guessing what somebody meant by a mark is worse than asking.
    """
    return Decimal(text) if PLAIN_DECIMAL.fullmatch(text) else None


def has_few_places(number: Decimal) -> bool:
    """Whether six decimal places are enough to write it."""
    units: Fraction = Fraction(number) * 10**PLACES
    return units.denominator == 1


def on_grid(scale: Scale, mark: Decimal) -> bool:
    """Whether a mark of a range is a whole number of steps above its minimum."""
    if scale.step is None:
        return has_few_places(mark)
    return (Fraction(mark) - Fraction(lowest(scale))) % Fraction(scale.step) == 0


@lru_cache(maxsize=256)
def subset_sums(items: tuple[Decimal, ...]) -> frozenset[Decimal]:
    """What a checklist can add up to. Items are indivisible: 1, 2 and 1 make 0, 1, 2, 3 or 4."""
    sums = {Decimal(0)}
    for item in items:
        sums |= {total + item for total in sums}
    return frozenset(sums)


# Scores


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion's part of a review's score: ``slope · mark + offset``."""

    slope: Fraction
    offset: Fraction = Fraction(0)

    def at(self, mark: Decimal | Fraction) -> Fraction:
        return self.slope * Fraction(mark) + self.offset


def lines(rubric: Rubric) -> dict[str, Line]:
    """What each criterion adds to a review's score, by criterion, in the rubric's order.

    ``sum``: the points themselves. ``weighted_mean``: the criterion's weight times the mark's place on
    0–100, which is ``mark / max`` (``of_max``) or ``(mark − min) / (max − min)`` (``min_max``).
    """
    if rubric.aggregate is Aggregate.SUM:
        return {criterion.code: Line(Fraction(1)) for criterion in rubric.criteria}
    weights = declared_weights(rubric)
    return {c.code: _line(c, weights[c.code], rubric.marks_to_score) for c in rubric.criteria}


def review_score(rubric: Rubric, marks: Marks) -> Fraction | None:
    """One review's score, or ``None`` while a criterion is unmarked: that is never a 0."""
    if missing_criteria(rubric, marks):
        return None
    return score(lines(rubric), marks)


def missing_criteria(rubric: Rubric, marks: Marks) -> tuple[str, ...]:
    """The criteria that a review still has to mark, in the rubric's order."""
    return tuple(criterion.code for criterion in rubric.criteria if criterion.code not in marks)


def score(parts: Mapping[str, Line], marks: Marks) -> Fraction:
    """The sum of the parts of a complete review; ``parts`` comes from ``lines``."""
    return sum((line.at(marks[code]) for code, line in parts.items()), Fraction(0))


def lowest_score(rubric: Rubric) -> Fraction:
    """The score of a review with the lowest mark everywhere: 20 for 1–5 with ``of_max``."""
    return score(lines(rubric), {c.code: lowest(c.scale) for c in rubric.criteria})


def highest_score(rubric: Rubric) -> Fraction:
    """The score of a review with the highest mark everywhere: 100, or the sum of the points."""
    return score(lines(rubric), {c.code: highest(c.scale) for c in rubric.criteria})


# Weights


def declared_weights(rubric: Rubric) -> dict[str, Fraction]:
    """Per cent by criterion, as the bases declare it; equal where they give none. Adds up to 100 when
    the bases do. Of a sum of points: the share of the maximum of points.
    """
    if rubric.aggregate is Aggregate.SUM:
        return _shares({c.code: Fraction(highest(c.scale)) for c in rubric.criteria})
    if all(criterion.weight is None for criterion in rubric.criteria):
        return _shares({criterion.code: Fraction(1) for criterion in rubric.criteria})
    return {criterion.code: Fraction(criterion.weight or 0) for criterion in rubric.criteria}


def effective_weights(rubric: Rubric) -> dict[str, Fraction]:
    """Per cent by criterion of the range of scores that a review can reach; adds up to exactly 100.

    It says how much a criterion can move a score. With ``of_max``, 1–5 moves it by four fifths of its
    declared weight and a checklist from 0 by all of it; in a sum, 0–1 beside 0–10 weighs one eleventh.
    """
    parts = lines(rubric)
    return _shares(
        {
            c.code: parts[c.code].slope * (Fraction(highest(c.scale)) - Fraction(lowest(c.scale)))
            for c in rubric.criteria
        },
    )


def _line(criterion: Criterion, weight: Fraction, rule: MarksToScore) -> Line:
    bottom = Fraction(lowest(criterion.scale)) if rule is MarksToScore.MIN_MAX else Fraction(0)
    slope = weight / (Fraction(highest(criterion.scale)) - bottom)
    return Line(slope, -slope * bottom)


def _shares(amounts: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Per cent of the total; all 0 where nothing can vary."""
    total = sum(amounts.values(), Fraction(0))
    return {code: 100 * amount / total if total else Fraction(0) for code, amount in amounts.items()}
