"""Panels of large juries, drawn in the background; all ballots; the letter that asks for the statement."""

from tempfile import TemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import current_app

from thinkia import clock
from thinkia.db.transaction import end_reading
from thinkia.domain import assignment
from thinkia.domain.assignment import loosened
from thinkia.domain.file_names import clean_name
from thinkia.domain.lifecycle import PlanState
from thinkia.jury.ballots import ballots
from thinkia.jury.queries.panels import pairs_begun, pairs_standing, plan_by_id, problem_of
from thinkia.jury.queries.paper import PRINT, ballots_of, jurors_to_print
from thinkia.jury.queries.people import juror_by_id
from thinkia.jury.services import invitations, panels
from thinkia.jury.services.ballots import FORGET
from thinkia.outside.outbox import asked, report, task
from thinkia.outside.storage import Storage, digest
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
    solution, causes = assignment.solve(problem), assignment.preflight(problem)
    if outbox_id:
        report(outbox_id, {"step": "keeping", **size})
    plan = plan_by_id(plan_id)
    if plan is not None:
        panels.finish(plan, solution, causes, Actor.system(), clock.now())
    return {"step": "done", **size}


@task("jury.reseat")
def reseat(plan_id: int) -> dict[str, Any]:
    """The same for a re-seat. One that moves nobody is kept too: it says that there is nothing to gain."""
    plan = plan_by_id(plan_id)
    if plan is None or plan.state is not PlanState.COMPUTING:
        return {"step": "done"}
    problem, seated = problem_of(plan.call, plan.seed), (pairs_standing(plan.call), pairs_begun(plan.call))
    outbox_id, size = plan.outbox_id, {"submissions": len(problem.submissions), "jurors": len(problem.jurors)}
    end_reading()
    if outbox_id:
        report(outbox_id, {"step": "solving", **size})
    found = assignment.worthwhile_reseat(problem, *seated)
    moved = found.moved if found else ()
    solution = found.plan if found else assignment.solve(problem)
    causes = assignment.preflight(loosened(problem, moved))
    plan = plan_by_id(plan_id)
    if plan is not None:
        panels.finish(plan, solution, causes, Actor.system(), clock.now(), moved=moved)
    return {"step": "done", **size}


@task("jury.ask_to_sign")
def ask_to_sign(juror_id: int) -> None:
    """Submissions have closed: who accepted before can sign now."""
    invitations.ask_to_sign(juror_by_id(juror_id), clock.now())


@task(PRINT)
def print_ballots(call_id: int, key: str) -> dict[str, Any]:
    """A PDF a juror, all in one archive; how many are done stands in the row meanwhile."""
    row, storage = asked(key), _storage()
    jurors = jurors_to_print(call_id)
    with TemporaryFile() as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for done, juror in enumerate(jurors):
                if row is not None:
                    report(row.id, {"done": done, "of": len(jurors)})
                if reviews := ballots_of(juror):
                    name = clean_name(f"{juror.name} {juror.code}.pdf")
                    archive.writestr(name, ballots(juror, reviews, clock.now()))
        end_reading()
        sha256, size = digest(file)
        storage.put(file, sha256)
    return {"done": len(jurors), "of": len(jurors), "sha256": sha256, "size": size}


@task(FORGET)
def forget_ballots(key: str) -> None:
    """Nobody needs the archive any more: it names jurors and proposals, and is printed by now."""
    row = asked(key)
    if row is not None and (kept := (row.outcome or {}).get("sha256")):
        _storage().remove(kept)


def _storage() -> Storage:
    found: Storage = current_app.extensions["storage"]
    return found
