"""What a jury marks: scales, criteria, weights, and one review's mark.

Marks are exact. A juror's mark on a criterion becomes a score on 0–100 in one of two ways, and the
bases say which: ``of_max`` (mark ÷ max · 100) or ``min_max`` ((mark − min) ÷ (max − min) · 100).
A sum of points needs neither. An unmarked criterion is never 0, and a 0 is never unmarked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from thinkia.domain.later import LATER
from thinkia.domain.text import Bilingual


class Aggregate(StrEnum):
    WEIGHTED_MEAN = "weighted_mean"
    SUM = "sum"


class MarksToScore(StrEnum):
    OF_MAX = "of_max"
    MIN_MAX = "min_max"


class JustifyAt(StrEnum):
    EXTREMES = "extremes"  # the lowest and the highest mark of the scale


class MarkSource(StrEnum):
    """Where the value of a criterion comes from."""

    JURY = "jury"
    METRIC = "metric"  # one value for each submission, measured and not judged


@dataclass(frozen=True, slots=True)
class Scale:
    """The marks a criterion accepts. Exactly one kind: a range (``min``, ``max``, optional ``step``),
    listed ``values``, or a ``checklist`` of indivisible items whose mark is the sum of those met.
    A range without a step takes any decimal of at most six places.
    """

    min: Decimal | None = None
    max: Decimal | None = None
    step: Decimal | None = None
    values: tuple[Decimal, ...] | None = None
    checklist: tuple[Decimal, ...] | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a mark, or a band of marks, means in words."""

    marks: tuple[Decimal, ...]
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Criterion:
    code: str
    scale: Scale
    weight: Decimal | None = None
    group: str | None = None
    title: Bilingual = field(default_factory=Bilingual)
    question: Bilingual = field(default_factory=Bilingual)
    anchors: tuple[Anchor, ...] = ()
    items: tuple[Bilingual, ...] = ()  # words of a checklist's items, in its order
    justify: bool = False  # the bases ask for a written reason
    justify_at: JustifyAt | None = None  # or with some marks only
    required: bool = field(default=True, metadata={LATER: True})  # no: skipped, it does not lower the score
    source: MarkSource = field(default=MarkSource.JURY, metadata={LATER: True})


@dataclass(frozen=True, slots=True)
class Rubric:
    criteria: tuple[Criterion, ...]
    aggregate: Aggregate = Aggregate.WEIGHTED_MEAN
    marks_to_score: MarksToScore = MarksToScore.OF_MAX
    caps: Mapping[str, Decimal] = field(
        default_factory=dict, metadata={LATER: True}
    )  # a sum's groups: the most

    @property
    def judged(self) -> tuple[Criterion, ...]:
        """What a jury marks: every criterion but those that are measured."""
        return tuple(one for one in self.criteria if one.source is MarkSource.JURY)


Marks = Mapping[str, Decimal]
