"""Which marks a scale takes, what one review is worth, and what each criterion really weighs.

Everything is exact: marks are ``Decimal``, scores and weights ``Fraction``. Nothing is rounded here.
A well-formed rubric is taken for granted; ``thinkia.domain.bases_check`` says what is wrong with one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from thinkia.domain.rubric import Aggregate, Criterion, Marks, MarkSource, MarksToScore, Rubric, Scale

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


def missing_criteria(rubric: Rubric, marks: Marks) -> tuple[str, ...]:
    """The criteria that a review still has to mark, in the rubric's order: not the optional ones, nor what is
    measured.
    """
    return tuple(one.code for one in rubric.criteria if is_awaited(one) and one.code not in marks)


def is_awaited(criterion: Criterion) -> bool:
    """Whether a review is incomplete without a mark on it."""
    return criterion.required and criterion.source is MarkSource.JURY


@dataclass(frozen=True, slots=True)
class ReviewPoints:
    """What a review is worth, and each group's part of it."""

    score: Fraction
    groups: Mapping[str, Fraction]


class Reviews:
    """Gives complete reviews their scores by one rubric.

    An optional criterion without a mark neither lowers nor raises the score: what the others gained is taken
    in proportion, as if its weight (in a sum: its share of the points) were theirs. Then a group that has a
    cap keeps at most that.
    """

    def __init__(self, rubric: Rubric) -> None:
        self.rubric, self.parts, self.weights = rubric, lines(rubric), declared_weights(rubric)
        self._known: dict[tuple[str, Decimal], Fraction] = {}

    @property
    def is_linear(self) -> bool:
        """Whether the score of the mean of complete reviews is the mean of their scores."""
        return not self.rubric.caps and all(one.required for one in self.rubric.criteria)

    def points(self, marks: Marks) -> ReviewPoints:
        """Of a review that has nothing missing."""
        given = [one for one in self.rubric.criteria if one.code in marks]
        scale = self._scale(given)
        groups: dict[str, Fraction] = {}
        total = Fraction(0)
        for one in given:
            gained = self._at(one.code, marks[one.code]) * scale
            if one.group is None:
                total += gained
            else:
                groups[one.group] = groups.get(one.group, Fraction(0)) + gained
        for group, most in self.rubric.caps.items():
            if group in groups:
                groups[group] = min(groups[group], Fraction(most))
        return ReviewPoints(total + sum(groups.values(), Fraction(0)), groups)

    def score(self, marks: Marks) -> Fraction:
        return self.points(marks).score

    def _scale(self, given: Sequence[Criterion]) -> Fraction:
        if len(given) == len(self.rubric.criteria):
            return Fraction(1)
        held = sum((self.weights[one.code] for one in given), Fraction(0))
        return sum(self.weights.values(), Fraction(0)) / held if held else Fraction(1)

    def _at(self, code: str, mark: Decimal) -> Fraction:
        """Jurors give few different marks, so what one is worth is computed once."""
        key = (code, mark)
        if key not in self._known:
            self._known[key] = self.parts[code].at(mark)
        return self._known[key]


def review_score(rubric: Rubric, marks: Marks) -> Fraction | None:
    """One review's score, or ``None`` while a required criterion is unmarked: that is never a 0."""
    return None if missing_criteria(rubric, marks) else Reviews(rubric).score(marks)


def lowest_score(rubric: Rubric) -> Fraction:
    """The score of a review with the lowest mark everywhere: 20 for 1–5 with ``of_max``."""
    return Reviews(rubric).score({c.code: lowest(c.scale) for c in rubric.criteria})


def highest_score(rubric: Rubric) -> Fraction:
    """The score of a review with the highest mark everywhere: 100, or the sum of the points, capped."""
    return Reviews(rubric).score({c.code: highest(c.scale) for c in rubric.criteria})


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
