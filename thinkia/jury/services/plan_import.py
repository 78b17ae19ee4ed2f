"""A plan that people changed in a spreadsheet comes back: to be looked over, never applied by itself."""

from datetime import datetime

from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain import assignment
from thinkia.domain.lifecycle import PlanState
from thinkia.domain.phases import grace_ends
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury.models import Plan, seed_of
from thinkia.jury.plan_sheet import read_plan
from thinkia.jury.queries.panels import last_plan_number, open_plan, problem_of
from thinkia.jury.services import panels
from thinkia.policy import Actor


@atomic
def bring_in(call: Call, content: bytes, actor: Actor, now: datetime) -> Plan:
    """The sheet as a proposed plan, in place of one that waits; ``NotAPlanError`` with all that is wrong.

    A plan in the making is not replaced: stop it first.
    """
    call = lock(call, *WITH_BASES)
    if now < grace_ends(call.calendar):
        raise Refused(Reason.TOO_EARLY_FOR_PANELS)
    waiting = open_plan(call)
    if waiting is not None and waiting.state is PlanState.COMPUTING:
        raise Refused(Reason.PLAN_OPEN)
    number = last_plan_number(call) + 1
    plan = Plan(call_id=call.id, call=call, number=number, seed=seed_of(now, number), made_at=now)
    problem = problem_of(call, plan.seed)
    found = assignment.drawn_by_hand(problem, read_plan(content, problem))
    if waiting is not None:
        panels.discard(waiting, actor, now)
        db.session.flush()
    db.session.add(plan)
    db.session.flush()
    panels.finish(plan, found, assignment.preflight(problem), actor, now)
    plan.is_adjusted = True
    pairs = {"pairs": len(found.pairs)}
    record("plan.imported", f"plan:{number}", actor=actor, now=now, call_id=call.id, data=pairs)
    return plan
