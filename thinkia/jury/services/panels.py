"""Panels: proposed by the platform, looked over and adjusted by people, applied once."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.db.transaction import atomic, lock
from thinkia.domain import assignment
from thinkia.domain.assignment import Cause, Pair, Problem, empty_seats, loosened, newly_broken
from thinkia.domain.assignment import Plan as Solution
from thinkia.domain.lifecycle import PlanState, ReviewState
from thinkia.domain.panel_rules import seat_row
from thinkia.domain.phases import grace_ends
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury import emails
from thinkia.jury.models import Juror, Plan, Review, SentKind, seed_of
from thinkia.jury.queries import jurors_of
from thinkia.jury.queries.panels import (
    WITH_CALL,
    last_plan_number,
    last_positions,
    open_plan,
    problem_of,
    reviews_of_pairs,
    reviews_standing,
    submissions_to_read,
)
from thinkia.jury.services.access import new_access
from thinkia.jury.services.conflicts import close
from thinkia.jury.services.letters import send
from thinkia.outside.outbox import enqueue
from thinkia.policy import Actor
from thinkia.submissions.services import ask_for_pages

AT_ONCE = 100 * 30  # proposals × jurors that are solved while the page waits


@atomic
def next_plan(call: Call, now: datetime) -> Plan:
    """The next plan of a call, not kept yet; the call stays locked. Refused before the grace is over, and
    while another plan is open.
    """
    call = lock(call, *WITH_BASES)
    if now < grace_ends(call.calendar):
        raise Refused(Reason.TOO_EARLY_FOR_PANELS)
    if open_plan(call) is not None:
        raise Refused(Reason.PLAN_OPEN)
    number = last_plan_number(call) + 1
    return Plan(call_id=call.id, call=call, number=number, seed=seed_of(now, number), made_at=now)


@atomic
def propose(call: Call, actor: Actor, now: datetime) -> Plan:
    """Draw panels by the bases among those who signed. Small juries at once, large ones in the background.

    Pairs that stand stay; only empty seats are filled. One plan is open at a time.
    """
    plan = next_plan(call, now)
    problem = problem_of(call, plan.seed)
    if not problem.submissions:
        raise Refused(Reason.NOTHING_TO_ASSIGN)
    if not problem.jurors:
        raise Refused(Reason.NOBODY_TO_READ)
    db.session.add(plan)
    db.session.flush()
    _record("plan.asked", plan, actor, now, {"seed": plan.seed})
    ask_for_pages(call, now, occasion=f"plan {plan.number}")  # ready by the time that somebody reads
    if len(problem.submissions) * len(problem.jurors) <= AT_ONCE:
        finish(plan, assignment.solve(problem), assignment.preflight(problem), actor, now)
    else:
        key = f"jury.propose:{plan.id}"
        plan.outbox_id = enqueue("jury.propose", now, dedupe_key=key, plan_id=plan.id).id
    return plan


@atomic
def finish(
    plan: Plan,
    solution: Solution,
    causes: Iterable[Cause],
    actor: Actor,
    now: datetime,
    *,
    moved: Iterable[Pair] = (),
) -> None:
    """Keep what the solver found. A plan that was discarded meanwhile stays discarded."""
    plan = lock(plan)
    if plan.state is not PlanState.COMPUTING:
        return
    plan.state, plan.made_at = PlanState.PROPOSED, now
    plan.input_sha256, plan.version = solution.input_sha256, solution.version
    plan.value, plan.upper_bound = solution.value, solution.upper_bound
    plan.is_certified, plan.is_connected = solution.certified, solution.connected
    plan.prices = dict(solution.prices)
    plan.causes = [_cause(cause) for cause in causes]
    plan.pairs = [_pair(pair) for pair in solution.pairs]
    plan.shortfall = [seat_row(row) for row in solution.shortfall]
    plan.moved = [_pair(pair) for pair in sorted(moved)]
    _record("plan.proposed", plan, actor, now, {"pairs": len(plan.pairs), "sha256": plan.input_sha256})


@atomic
def adjust(
    plan: Plan, submission: str, actor: Actor, now: datetime, *, leaves: str = "", joins: str = ""
) -> None:
    """Put somebody in, take somebody out, or one for the other, on one panel of a proposed plan.

    Refuses what would break a rule, naming it (``violation``); a seat may be left empty. Pairs already at
    work do not move. What the certificate said no longer holds.
    """
    plan = lock(plan, *WITH_CALL)
    _demand_proposed(plan)
    problem = _unchanged(plan)
    before = plan.seats
    after = _changed(before, problem, submission, leaves, joins)
    if broken := newly_broken(problem, before, after):
        raise Refused(Reason.PANEL_RULE, violation=broken[0])
    plan.pairs = [_pair(pair) for pair in sorted(after)]
    plan.shortfall = [seat_row(row) for row in empty_seats(problem, after)]
    plan.is_connected = assignment.is_connected(problem, after)
    plan.is_adjusted, plan.is_certified = True, False
    data = {"submission": submission, "out": leaves, "in": joins}
    _record("plan.adjusted", plan, actor, now, data)


@atomic
def apply(plan: Plan, actor: Actor, now: datetime) -> int:
    """Make the panels so: a review for each new pair, one letter a juror. Returns how many reviews.

    Refused when anything it was made from has changed, or when somebody else applied or discarded it.
    """
    lock(plan.call, *WITH_BASES)
    plan = lock(plan, *WITH_CALL)
    _demand_proposed(plan)
    problem = _unchanged(plan)
    if newly_broken(problem, problem.pins, plan.seats):
        raise Refused(Reason.PLAN_STALE)
    plan.state, plan.applied_at = PlanState.APPLIED, now
    _give_up(plan, actor, now)
    jurors = {juror.code: juror for juror in jurors_of(plan.call)}
    added = _assign(plan, jurors, now)
    if added:
        db.session.execute(insert(Review), added)
    by_id = {juror.id: juror for juror in jurors.values()}
    for juror_id, count in Counter(review["juror_id"] for review in added).items():
        letter = emails.assignment(by_id[juror_id], plan.call, count, new_access(by_id[juror_id], now))
        key = f"jury.assigned:{plan.id}:{juror_id}"
        send(by_id[juror_id], SentKind.ASSIGNMENT, letter, actor, now, dedupe_key=key)
    ask_for_pages(plan.call, now, occasion=f"plan {plan.number} applied")
    data = {"reviews": len(added), "pairs": len(plan.pairs), "sha256": _sha256(plan.pairs), "seed": plan.seed}
    _record("plan.applied", plan, actor, now, data)
    return len(added)


@atomic
def discard(plan: Plan, actor: Actor, now: datetime) -> None:
    """Give up a plan that nobody applied."""
    plan = lock(plan)
    if plan.state not in {PlanState.PROPOSED, PlanState.COMPUTING}:
        raise Refused(Reason.NOT_PROPOSED)
    plan.state = PlanState.DISCARDED
    _record("plan.discarded", plan, actor, now)


def _changed(
    pairs: Iterable[Pair], problem: Problem, submission: str, leaves: str, joins: str
) -> tuple[Pair, ...]:
    """The pairs after the change. Of the sectors of who joins, the one that breaks no rule and fills most."""
    before = tuple(pairs)
    kept = tuple(pair for pair in before if (pair.submission, pair.juror) != (submission, leaves))
    if not joins:
        return kept
    sectors = next((slot.sectors for slot in problem.jurors if slot.juror == joins), ("",))
    ways = [(*kept, Pair(submission, joins, sector)) for sector in sectors]
    if len(ways) == 1:
        return ways[0]
    return min(
        ways, key=lambda after: (len(newly_broken(problem, before, after)), len(empty_seats(problem, after)))
    )


def _give_up(plan: Plan, actor: Actor, now: datetime) -> None:
    """End the reviews that a re-seat takes away, or have them sit for another sector; begun ones never."""
    if not plan.given_up:
        return
    standing = reviews_standing(plan.call)
    sectors = {(pair.submission, pair.juror): pair.sector for pair in plan.seats}
    for pair in sorted(plan.given_up):
        review = standing.get((pair.submission, pair.juror))
        if review is None or review.state is not ReviewState.ASSIGNED:
            raise Refused(Reason.PLAN_STALE)
        if (pair.submission, pair.juror) in sectors:
            review.sector = sectors[pair.submission, pair.juror]
        else:
            close(review, "excuse", f"Plan {plan.number}", actor, now)


def _assign(plan: Plan, jurors: dict[str, Juror], now: datetime) -> list[dict[str, Any]]:
    """The row of a review for each pair that has none yet, each juror's in an order of his or her own."""
    submissions = {row.code: row for row in submissions_to_read(plan.call)}
    known, places = reviews_of_pairs(plan.call), Counter(last_positions(plan.call))
    added = []
    for pair in sorted(plan.seats, key=lambda pair: _shuffle(plan.seed, pair)):
        juror, submission = jurors[pair.juror], submissions[pair.submission]
        if (juror.id, submission.id) in known:
            continue
        places[juror.id] += 1
        added.append(
            {
                "code": new_code(),
                "call_id": plan.call_id,
                "juror_id": juror.id,
                "submission_id": submission.id,
                "receipt_id": submission.receipt_id,
                "plan_id": plan.id,
                "sector": pair.sector,
                "position": places[juror.id],
                "assigned_at": now,
            }
        )
    return added


def _shuffle(seed: int, pair: Pair) -> str:
    """Nobody's proposal is always read first: the order of a list comes from a hash."""
    return hashlib.sha256(f"{seed}:{pair.juror}:{pair.submission}".encode()).hexdigest()


def _demand_proposed(plan: Plan) -> None:
    if plan.state is not PlanState.PROPOSED:
        raise Refused(Reason.NOT_PROPOSED)


def _unchanged(plan: Plan) -> Problem:
    """What the plan was made from, if it is still so."""
    problem = problem_of(plan.call, plan.seed)
    if problem.fingerprint() != plan.input_sha256:
        raise Refused(Reason.PLAN_STALE)
    return loosened(problem, plan.loose)


def _pair(pair: Pair) -> dict[str, Any]:
    return {"submission": pair.submission, "juror": pair.juror, "sector": pair.sector}


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "kind": cause.kind.value,
        "needed": cause.needed,
        "available": cause.available,
        "sectors": list(cause.sectors),
        "submission": cause.submission,
        "juror": cause.juror,
        **({"group": cause.group} if cause.group else {}),
    }


def _sha256(pairs: list[dict[str, Any]]) -> str:
    return hashlib.sha256(json.dumps(pairs, sort_keys=True).encode()).hexdigest()


def _record(action: str, plan: Plan, actor: Actor, now: datetime, data: dict[str, Any] | None = None) -> None:
    record(action, f"plan:{plan.number}", actor=actor, now=now, call_id=plan.call_id, data=data)
