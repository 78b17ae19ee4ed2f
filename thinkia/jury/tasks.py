"""Panels of large juries, drawn in the background; the letter that asks for the statement."""

from typing import Any

from thinkia import clock
from thinkia.db.transaction import end_reading
from thinkia.domain.assignment import preflight, solve
from thinkia.domain.lifecycle import PlanState
from thinkia.jury.queries.panels import plan_by_id, problem_of
from thinkia.jury.queries.people import juror_by_id
from thinkia.jury.services import invitations, panels
from thinkia.outside.outbox import report, task
from thinkia.policy import Actor


@task("jury.propose")
def propose(plan_id: int) -> dict[str, Any]:
    """Solve one plan and keep the result. Running twice keeps the first."""
    plan = plan_by_id(plan_id)
    if plan is None or plan.state is not PlanState.COMPUTING:
        return {"step": "done"}
    problem = problem_of(plan.call, plan.seed)
    outbox_id, size = plan.outbox_id, {"submissions": len(problem.submissions), "jurors": len(problem.jurors)}
    end_reading()
    if outbox_id:
        report(outbox_id, {"step": "solving", **size})
    solution, causes = solve(problem), preflight(problem)
    if outbox_id:
        report(outbox_id, {"step": "keeping", **size})
    plan = plan_by_id(plan_id)
    if plan is not None:
        panels.finish(plan, solution, causes, Actor.system(), clock.now())
    return {"step": "done", **size}


@task("jury.ask_to_sign")
def ask_to_sign(juror_id: int) -> None:
    """Submissions have closed: who accepted before can sign now."""
    invitations.ask_to_sign(juror_by_id(juror_id), clock.now())
