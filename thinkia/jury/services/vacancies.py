"""Seats that fell vacant are filled: nobody moves, and panels that lost nobody are left alone."""

from dataclasses import replace
from datetime import datetime

from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.assignment import preflight, repair
from thinkia.domain.phases import grace_ends
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import Plan, seed_of
from thinkia.jury.queries.panels import (
    last_plan_number,
    open_plan,
    pairs_lost,
    pairs_standing,
    plan_of,
    problem_of,
)
from thinkia.jury.services import conflicts, panels
from thinkia.policy import Actor


@atomic
def fill(call: Call, actor: Actor, now: datetime) -> int:
    """Seat somebody wherever a conflict, an excuse or a seat taken back left a place, and tell each once.

    Returns how many readings were assigned; refused when nobody is free for any. The plan is kept with
    its certificate like every other, proposed and applied in one step.
    """
    call = lock(call, *WITH_BASES)
    if now < grace_ends(call.calendar):
        raise Refused(Reason.TOO_EARLY_FOR_PANELS)
    if open_plan(call) is not None:
        raise Refused(Reason.PLAN_OPEN)
    conflicts.follow(call, now)
    number = last_plan_number(call) + 1
    plan = Plan(call_id=call.id, call=call, number=number, seed=seed_of(now, number), made_at=now)
    db.session.add(plan)
    db.session.flush()
    problem, lost = problem_of(call, plan.seed), pairs_lost(call)
    found = repair(problem, (*pairs_standing(call), *lost), lost)
    panels.finish(plan, replace(found, problem=problem), preflight(problem), actor, now)
    filled = panels.apply(plan_of(call.code) or plan, actor, now)
    if not filled:
        raise Refused(Reason.NOBODY_FREE)
    return filled
