"""How far the marks of a proposal lie apart, criterion by criterion. Says nothing of how high they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from thinkia.domain.marks import highest, lowest
from thinkia.domain.rubric import Rubric

LEVELS = 5


class Extremes(NamedTuple):
    """The lowest and the highest of so many marks of a proposal on one criterion."""

    code: str
    title: str
    criterion: str
    lowest: Decimal
    highest: Decimal
    marks: int


@dataclass(frozen=True, slots=True)
class Gap:
    """How far apart: in points, and as a share of the whole scale."""

    points: Decimal
    share: Fraction

    @property
    def level(self) -> int:
        """0 where all agree, up to ``LEVELS`` where marks span the scale."""
        return -(-self.share.numerator * LEVELS // self.share.denominator)


@dataclass(frozen=True, slots=True)
class Difference:
    """A proposal's gaps by criterion; a criterion with one mark, or none, has no gap."""

    code: str
    title: str
    gaps: Mapping[str, Gap]

    @property
    def mean(self) -> Fraction:
        return sum((gap.share for gap in self.gaps.values()), Fraction(0)) / max(1, len(self.gaps))


def differences(rubric: Rubric, rows: Iterable[Extremes]) -> list[Difference]:
    """Every proposal, those whose marks lie farthest apart first."""
    width = {one.code: Fraction(highest(one.scale)) - Fraction(lowest(one.scale)) for one in rubric.criteria}
    titles: dict[str, str] = {}
    gaps: dict[str, dict[str, Gap]] = {}
    for row in rows:
        titles[row.code] = row.title
        found = gaps.setdefault(row.code, {})
        if row.marks > 1 and width.get(row.criterion):
            points = row.highest - row.lowest
            found[row.criterion] = Gap(points, Fraction(points) / width[row.criterion])
    found_all = [Difference(code, titles[code], each) for code, each in gaps.items()]
    return sorted(found_all, key=lambda one: (-one.mean, one.code))
