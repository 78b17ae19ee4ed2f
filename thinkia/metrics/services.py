"""Values of a metric: one officer types or brings them, another one confirms them."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from thinkia.agreements.models import Agreement
from thinkia.agreements.services import Wanted, ask
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import atomic
from thinkia.domain.measuring import read_value
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record, ref_of
from thinkia.metrics.models import MetricValue
from thinkia.metrics.queries import competing, metric_in_call, ref_of_metric, standing_of, why_not
from thinkia.policy import Actor

ENTER = "metric.enter"
Values = Mapping[str, Decimal | None]


@atomic
def ask_to_enter(
    call: Call, metric: str, values: Values, reason: str, actor: Actor, now: datetime
) -> Agreement:
    """Ask that these become the values of a metric, ``None`` where one is taken back; another confirms.

    What is not among them stays as it is; what already stands is left out. Refused where nothing is left.
    """
    if why := why_not(call, actor.account_id):
        raise Refused(why)
    known = standing_of(call, metric)
    was = {code: known[code].value if code in known else None for code in values}
    changed = {code: value for code, value in values.items() if value != was[code]}
    if not changed:
        raise Refused(Reason.METRIC_UNCHANGED)
    wanted = Wanted(
        kind=ENTER,
        object_ref=ref_of_metric(call, metric),
        label=metric[:40],
        reason=reason,
        arguments={
            "metric": metric,
            "values": _written(changed),
            "was": _written({c: was[c] for c in changed}),
        },
    )
    _demand_sound(call, metric, wanted.arguments["values"])
    return ask(call, wanted, actor, now)


@atomic
def enter(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """Make them the values that count, and keep what stood; nothing is done where that changed meanwhile."""
    call, metric = agreement.call, agreement.arguments["metric"]
    values: Mapping[str, str | None] = agreement.arguments["values"]
    if why := why_not(call, actor.account_id):
        raise Refused(why)
    _demand_sound(call, metric, values)
    known, ids = standing_of(call, metric), competing(call)
    stands = {code: known[code].value if code in known else None for code in values}
    if _written(stands) != agreement.arguments["was"]:
        raise Refused(Reason.METRIC_STALE)
    db.session.add_all(
        MetricValue(
            call_id=call.id,
            submission_id=ids[code],
            metric=metric,
            number=(known[code].number if code in known else 0) + 1,
            value=None if value is None else Decimal(value),
            agreement_id=agreement.id,
            entered_at=now,
        )
        for code, value in values.items()
    )
    db.session.flush()
    data = {"metric": metric, "values": dict(values), "agreement": agreement.code}
    data["asked_by"] = ref_of(agreement.asked_by_id, call.id)
    record("metric.entered", f"call:{call.code}", actor=actor, now=now, call_id=call.id, data=data)


def _written(values: Values) -> dict[str, str | None]:
    """As JSON keeps them: exact, in digits."""
    return {
        code: None if value is None else f"{value.normalize():f}" for code, value in sorted(values.items())
    }


def _demand_sound(call: Call, code: str, values: Mapping[str, str | None]) -> None:
    """By the rules in force: the metric, the submissions and the scale."""
    metric, known = metric_in_call(call, code), competing(call)
    if metric is None or not known.keys() >= values.keys():
        raise Refused(Reason.METRIC_STALE)
    if not all(isinstance(read_value(metric, text), Decimal) for text in values.values() if text is not None):
        raise Refused(Reason.METRIC_STALE)
