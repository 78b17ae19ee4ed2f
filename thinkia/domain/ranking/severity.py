"""How strict each juror is, in decimals that come out alike on every machine.

For a method whose official scores correct for severity. The order that follows is exact:

1. ``severities`` gives each juror a number of six decimals, rounded half to even. It is declared with the
   result, as the marks are.
2. An adjusted score is ``score − severity``, averaged as any other method averages, in fractions. A person
   can check it by hand, ties and cut-offs are compared as always, and on a panel where everybody reads
   everything the order is that of the mean.

The model is that of ``thinkia.domain.ranking.study.model``: a score is the submission's own level, the
juror's severity and noise; variances by Henderson's third method; severities drawn towards 0, adding up to
0 in each part. No binary fraction is in it: it is solved by conjugate gradients in the decimal arithmetic
of the standard library, 50 digits, over reviews in the order of their codes, until the first 30 digits
stand. Then come 20 decimals, which end whatever the order of work left in the last digits, and then the six.

Severities of different parts (``connection.parts_of``) cannot be compared, nor can scores adjusted by them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from thinkia.domain.ranking.connection import parts_of

DIGITS = 50
CLOSE = Decimal("1e-30")
SETTLED, PLACES = Decimal("1e-20"), Decimal("1e-6")

Vector = list[Decimal]


@dataclass(frozen=True, slots=True)
class Scored:
    """What one juror's complete review of one submission is worth, exactly."""

    submission: str
    juror: str
    score: Fraction


def severities(reviews: Iterable[Scored]) -> dict[str, Fraction] | None:
    """What each juror adds to a mark (below 0: stricter than the others), by code; six decimals.

    ``None`` where the reviews do not suffice to tell severity from chance: there are no more of them than
    submissions and jurors to judge. All 0 where what jurors differ by is no more than chance.
    """
    table = _Table(reviews)
    if table.degrees_of_freedom < 1:
        return None
    with localcontext(prec=DIGITS, rounding=ROUND_HALF_EVEN):
        return {
            juror: Fraction(value.quantize(SETTLED).quantize(PLACES))
            for juror, value in zip(table.jurors, _solved(table), strict=True)
        }


def _solved(table: "_Table") -> Vector:
    right = table.by_juror(table.within(table.values, table.rows, len(table.panels)))
    least_squares = conjugate_gradients(table.linked, right)
    left = [value - least_squares[column] for value, column in zip(table.values, table.columns, strict=True)]
    noise_total = _squared(table.within(left, table.rows, len(table.panels)))
    between = _squared(table.within(table.values, table.rows, len(table.panels))) - noise_total
    if noise_total <= CLOSE * between:
        return least_squares
    noise = noise_total / table.degrees_of_freedom
    spare = len(table.values) - len(table.panels)
    severity = (between - (len(table.jurors) - table.parts) * noise) / spare
    if severity <= 0:
        return [Decimal(0)] * len(table.jurors)
    ratio = noise / severity

    def shrinking(vector: Vector) -> Vector:
        return [linked + ratio * own for linked, own in zip(table.linked(vector), vector, strict=True)]

    return conjugate_gradients(shrinking, right)


def conjugate_gradients(times: Callable[[Vector], Vector], right: Sequence[Decimal]) -> Vector:
    """The solution of ``times(x) = right`` that is reached from 0, for a symmetric matrix that is nowhere
    negative and a right side within its reach. Where that adds up to 0 in a part, so does the solution.
    """
    solution = [Decimal(0)] * len(right)
    left = list(right)
    direction, size = left, _squared(left)
    enough = CLOSE * CLOSE * size
    for _ in range(10 * len(right)):
        if size <= enough:
            return solution
        image = times(direction)
        step = size / sum(a * b for a, b in zip(direction, image, strict=True))
        solution = [x + step * d for x, d in zip(solution, direction, strict=True)]
        left = [r - step * i for r, i in zip(left, image, strict=True)]
        size, before = _squared(left), size
        direction = [r + size / before * d for r, d in zip(left, direction, strict=True)]
    if size > enough:
        raise ArithmeticError(f"no end after {10 * len(right)} steps")
    return solution


class _Table:
    """Reviews by number of submission and juror, in the order of their codes."""

    def __init__(self, reviews: Iterable[Scored]) -> None:
        ordered = sorted(reviews, key=lambda review: (review.submission, review.juror))
        submissions = _numbers(review.submission for review in ordered)
        jurors = _numbers(review.juror for review in ordered)
        self.jurors = list(jurors)
        self.parts = len(parts_of((review.submission, review.juror) for review in ordered))
        self.rows = [submissions[review.submission] for review in ordered]
        self.columns = [jurors[review.juror] for review in ordered]
        self.panels: list[list[int]] = [[] for _ in submissions]
        for row, column in zip(self.rows, self.columns, strict=True):
            self.panels[row].append(column)
        with localcontext(prec=DIGITS, rounding=ROUND_HALF_EVEN):
            self.values = [
                Decimal(review.score.numerator) / Decimal(review.score.denominator) for review in ordered
            ]

    @property
    def degrees_of_freedom(self) -> int:
        return len(self.values) - len(self.panels) - len(self.jurors) + self.parts

    def within(self, values: Sequence[Decimal], groups: Sequence[int], number: int) -> Vector:
        """Values less the mean of their group."""
        sums, sizes = [Decimal(0)] * number, [0] * number
        for value, group in zip(values, groups, strict=True):
            sums[group] += value
            sizes[group] += 1
        means = [total / size for total, size in zip(sums, sizes, strict=True)]
        return [value - means[group] for value, group in zip(values, groups, strict=True)]

    def by_juror(self, values: Sequence[Decimal]) -> Vector:
        sums = [Decimal(0)] * len(self.jurors)
        for value, column in zip(values, self.columns, strict=True):
            sums[column] += value
        return sums

    def linked(self, vector: Vector) -> Vector:
        """What shared submissions make of a number for each juror: its distance from those beside it."""
        result = [Decimal(0)] * len(vector)
        for panel in self.panels:
            mean = sum((vector[column] for column in panel), Decimal(0)) / len(panel)
            for column in panel:
                result[column] += vector[column] - mean
        return result


def _numbers(codes: Iterable[str]) -> Mapping[str, int]:
    return {code: number for number, code in enumerate(sorted(set(codes)))}


def _squared(values: Iterable[Decimal]) -> Decimal:
    return sum((value * value for value in values), Decimal(0))
