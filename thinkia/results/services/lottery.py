"""The lottery's seed: what the public source gave, typed by two persons."""

from datetime import datetime

from thinkia.agreements.hooks import demand_its_round
from thinkia.agreements.models import Agreement, ref_in_round
from thinkia.agreements.services import Wanted, ask
from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record, ref_of
from thinkia.policy import Actor
from thinkia.results.computation import lottery_of
from thinkia.results.models import LotterySeed
from thinkia.results.queries import seed_of

SEED = "results.seed"


@atomic
def ask_for_seed(call: Call, seed: str, where: str, actor: Actor, now: datetime) -> Agreement:
    """Write down what the source gave, for another person to look there and type it again."""
    call = lock(call, *WITH_BASES)
    _demand_drawn(call, now)
    wanted = Wanted(
        kind=SEED,
        object_ref=ref_in_round(call, f"lottery:{call.code}"),
        reason=where,
        arguments={"seed": seed.strip()},
    )
    return ask(call, wanted, actor, now)


@atomic
def record_seed(agreement: Agreement, actor: Actor, now: datetime) -> LotterySeed:
    """Keep it, now that both have typed the same. Once, and not before the instant of the bases."""
    call = lock(agreement.call, *WITH_BASES)
    demand_its_round(agreement, call, f"lottery:{call.code}")
    _demand_drawn(call, now)
    seed = agreement.arguments["seed"]
    row = LotterySeed(
        call_id=call.id,
        seed=seed,
        recorded_at=now,
        recorded_by_id=actor.account_id,
        agreement_id=agreement.id,
    )
    db.session.add(row)
    asked_by = ref_of(agreement.asked_by_id, call.id)
    data = {"seed": seed, "asked_by": asked_by}
    about = f"call:{call.code}"
    record("results.seed_recorded", about, actor=actor, now=now, call_id=call.id, data=data)
    return row


def _demand_drawn(call: Call, now: datetime) -> None:
    if call.results_published_at is not None:
        raise Refused(Reason.RESULT_PUBLISHED)
    lottery = lottery_of(call.bases.ranking_rules)
    if lottery is None:
        raise Refused(Reason.NO_LOTTERY)
    if lottery.drawn_at is None or now < lottery.drawn_at:
        raise Refused(Reason.SEED_TOO_EARLY)
    if seed_of(call) is not None:
        raise Refused(Reason.SEED_RECORDED)
