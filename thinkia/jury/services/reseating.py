"""Seats that stay empty while nobody moves: the fewest readings that change hands to fill them, proposed.

It becomes a plan like any other: looked over, adjusted, applied once or discarded. What a juror has begun
stays with that juror.
"""

from datetime import datetime

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import atomic
from thinkia.domain import assignment
from thinkia.domain.assignment import loosened
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import Plan
from thinkia.jury.queries.panels import pairs_begun, pairs_standing, problem_of
from thinkia.jury.services import conflicts, panels
from thinkia.outside.outbox import enqueue
from thinkia.policy import Actor


@atomic
def propose(call: Call, actor: Actor, now: datetime) -> Plan:
    """Look for a re-seat: small juries at once, large ones in the background.

    Refused where no change of hands fills more seats than can be filled without one.
    """
    plan = panels.next_plan(call, now)
    conflicts.follow(call, now)
    db.session.add(plan)
    db.session.flush()
    problem = problem_of(call, plan.seed)
    if len(problem.submissions) * len(problem.jurors) > panels.AT_ONCE:
        key = f"jury.reseat:{plan.id}"
        plan.outbox_id = enqueue("jury.reseat", now, dedupe_key=key, plan_id=plan.id).id
        return plan
    found = assignment.worthwhile_reseat(problem, pairs_standing(call), pairs_begun(call))
    if found is None:
        raise Refused(Reason.NOTHING_TO_MOVE)
    causes = assignment.preflight(loosened(problem, found.moved))
    panels.finish(plan, found.plan, causes, actor, now, moved=found.moved)
    return plan
