"""The words of metrics: what is measured, what is wrong with a value, and why nothing is entered."""

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from thinkia.calls.wording.numbers import number, percent
from thinkia.calls.wording.ranking import criterion_title, scale_words
from thinkia.domain.bases import Bases, TieKeyKind
from thinkia.domain.marks import declared_weights
from thinkia.domain.measuring import Metric, ValueFault
from thinkia.domain.reasons import Reason
from thinkia.domain.rubric import Aggregate
from thinkia.web.errors import tell

tell(
    {
        Reason.METRIC_CLOSED: _l(
            "The result is public, or the call does not go on: values stay as they are."
        ),
        Reason.METRIC_OWN: _l(
            "You take part in this call, or you still have proposals to mark. Somebody else enters these "
            "values."
        ),
        Reason.METRIC_UNCHANGED: _l("Every value is the one that stands already. There is nothing to enter."),
        Reason.METRIC_STALE: _l(
            "Values, proposals or rules have changed since this was asked for. Take it back and ask again."
        ),
    }
)


def metric_title(metric: Metric) -> str:
    """Its title in the rules; a metric of the tie chain alone has its code."""
    return criterion_title(metric.criterion) if metric.criterion else metric.code


def use_words(metric: Metric, bases: Bases) -> list[str]:
    """What a metric counts for."""
    found = []
    if metric.criterion is not None:
        scale = scale_words(metric.criterion.scale)
        if bases.rubric.aggregate is Aggregate.SUM:
            found.append(_("A criterion that is measured and not judged: %(scale)s.", scale=scale))
        else:
            weight = percent(declared_weights(bases.rubric)[metric.code])
            found.append(
                _(
                    "A criterion that is measured and not judged: %(scale)s, with a weight of %(weight)s.",
                    scale=scale,
                    weight=weight,
                )
            )
    if metric.key is not None:
        fewer = metric.key.key is TieKeyKind.FEWER
        found.append(
            _("In a tie, the lower value goes first.")
            if fewer
            else _("In a tie, the higher value goes first.")
        )
    return found


def value_fault(fault: ValueFault, metric: Metric, text: str) -> str:
    """What is wrong with a value, as the end of a sentence."""
    if fault is ValueFault.MANY_PLACES:
        return _("“%(value)s” has more than six decimals", value=text)
    if fault is ValueFault.TOO_LARGE:
        return _("“%(value)s” is too large", value=text)
    if fault is ValueFault.OFF_SCALE and metric.criterion is not None:
        scale = scale_words(metric.criterion.scale)
        return _("“%(value)s” is not on the scale: %(scale)s", value=text, scale=scale)
    return _("“%(value)s” is no number: write digits, with a comma or a point for decimals", value=text)


def value_faults(
    faults: Mapping[str, ValueFault], metric: Metric, typed: Mapping[str, str]
) -> dict[str, str]:
    """The same for values that were typed, by proposal."""
    return {code: value_fault(fault, metric, typed[code]) for code, fault in faults.items()}


def change_words(was: str | None, becomes: str | None) -> str:
    """As in "0.8 → 0.85"."""
    return f"{_value(was)} → {_value(becomes)}"


def exact(value: Decimal | None) -> str:
    """All its places; empty where there is none."""
    return "" if value is None else number(value)


def _value(text: str | None) -> str:
    return _("no value") if text is None else number(Decimal(text))
