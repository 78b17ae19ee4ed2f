"""Seats that fell vacant are filled: nobody moves, and panels that lost nobody are left alone."""

from dataclasses import replace
from datetime import datetime

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import atomic
from thinkia.domain import assignment
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.queries.panels import (
    groups_of_jurors,
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
    plan = panels.next_plan(call, now)
    conflicts.follow(call, now)
    db.session.add(plan)
    db.session.flush()
    problem, lost = problem_of(call, plan.seed), pairs_lost(call)
    found = assignment.repair(problem, (*pairs_standing(call), *lost), lost, left=groups_of_jurors(call))
    panels.finish(plan, replace(found, problem=problem), assignment.preflight(problem), actor, now)
    filled = panels.apply(plan_of(call.code) or plan, actor, now)
    if not filled:
        raise Refused(Reason.NOBODY_FREE)
    return filled
