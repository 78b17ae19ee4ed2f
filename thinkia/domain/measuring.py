"""What is measured of proposals and not judged: which metrics the rules name, and how a value is written.

A value is exact, of six decimal places at most; a decimal comma is read as a point. Nothing written is no
value, which is never 0, and 0 is a value.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from thinkia.domain.ballot import typed_number
from thinkia.domain.bases import RankingRules, TieKey, TieKeyKind
from thinkia.domain.marks import has_few_places, is_allowed
from thinkia.domain.rubric import Criterion, MarkSource

MEASURED = (TieKeyKind.FEWER, TieKeyKind.MORE)
LARGEST = Decimal(10) ** 12  # what millionths of it still fit in a column


class ValueFault(StrEnum):
    NOT_A_NUMBER = "not_a_number"
    MANY_PLACES = "many_places"
    TOO_LARGE = "too_large"
    OFF_SCALE = "off_scale"


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric that the rules name: as a criterion, as a key of the tie chain, or as both."""

    code: str
    criterion: Criterion | None = None
    key: TieKey | None = None

    @property
    def is_needed(self) -> bool:
        """Whether no order can be computed while a proposal has no value of it."""
        return self.criterion is not None and self.criterion.required


def metrics_of(rules: RankingRules) -> tuple[Metric, ...]:
    """Every metric once: the criteria first, in the rubric's order, then what the tie chain alone names."""
    found = {
        one.code: Metric(one.code, one) for one in rules.rubric.criteria if one.source is MarkSource.METRIC
    }
    for key in rules.tie_break:
        if key.key in MEASURED and key.code:
            known = found.get(key.code)
            found[key.code] = Metric(key.code, known.criterion if known else None, key)
    return tuple(found.values())


def read_value(metric: Metric, text: str) -> Decimal | ValueFault:
    """What a text says, or what is wrong with it."""
    value = typed_number(text.strip())
    if value is None:
        return ValueFault.NOT_A_NUMBER
    if not has_few_places(value):
        return ValueFault.MANY_PLACES
    if abs(value) >= LARGEST:
        return ValueFault.TOO_LARGE
    if metric.criterion is not None and not is_allowed(metric.criterion.scale, value):
        return ValueFault.OFF_SCALE
    return value
