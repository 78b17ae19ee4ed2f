"""Panels: propose, look over, apply once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.calls.wording.evaluators import group_titles
from thinkia.calls.wording.numbers import number
from thinkia.domain.assignment import Pair, empty_seats
from thinkia.domain.lifecycle import PlanState
from thinkia.domain.panel_rules import seat_row
from thinkia.domain.phases import grace_ends
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import Plan
from thinkia.jury.queries.bids import bidders
from thinkia.jury.queries.conflicts import conflicts_by_juror
from thinkia.jury.queries.panels import (
    open_plan,
    pairs_lost,
    pairs_standing,
    plan_of,
    problem_of,
    submissions_to_read,
    vacant_abstentions,
)
from thinkia.jury.queries.people import jurors_of
from thinkia.jury.routes.board import panel_board
from thinkia.jury.routes.door import asked
from thinkia.jury.routes.door import manage as bp
from thinkia.jury.routes.loads import load_bins
from thinkia.jury.routes.register import unsaid_hints
from thinkia.jury.services import panels as services
from thinkia.jury.services import reseating, vacancies
from thinkia.jury.wording.panels import cause_words, gap_words, seat_words
from thinkia.outside.outbox import TaskState
from thinkia.policy import Action
from thinkia.web.buttons import pressed
from thinkia.web.errors import sentence
from thinkia.web.listing import page_number
from thinkia.web.navigation import manage_page
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit


@bp.get("/panels")
@permit(Action.JURY_SEE, load=call_by_code)
def panels(call: Call) -> ResponseReturnValue:
    """The plan that waits for a decision; without one, the panels as they stand."""
    plan = open_plan(call)
    if plan is not None and plan.state is PlanState.COMPUTING:
        return manage_page("jury/manage/computing.html", call, plan=plan, failed=_failed(plan))
    jurors = jurors_of(call)
    pairs = plan.seats if plan else tuple(pairs_standing(call))
    gaps = plan.shortfall if plan else _gaps(call, pairs)
    board = panel_board(call.bases.jury, jurors, submissions_to_read(call), pairs, gaps, number=page_number())
    names = {juror.code: juror.name for juror in jurors}
    groups = group_titles(call.bases.jury)
    shown: dict[str, Any] = {"plan": plan, "board": board, "gaps": gap_words(gaps, groups), "groups": groups}
    shown |= {"causes": [cause_words(cause, names, groups) for cause in plan.causes] if plan else []}
    shown["seat_words"] = partial(seat_words, groups=groups)
    shown |= {"conflicts": conflicts_by_juror(call), "applied": bool(pairs) and plan is None}
    shown["moves"] = _moves(plan, names) if plan else []
    shown |= {"bins": load_bins(board.reading_loads)}
    shown |= {"vacated": _vacated(call, gaps) if gaps and plan is None else 0}
    shown |= {"left": vacant_abstentions(call) if pairs and plan is None else ()}
    shown["bidders"] = bidders(call) if call.bases.jury.bids and not (plan or pairs) else 0
    shown["unseen"] = len(unsaid_hints(call)) if call.hides_names and (plan or not pairs) else 0
    shown |= {"too_early": now() < grace_ends(call.calendar), "grace_ends": grace_ends(call.calendar)}
    shown |= {"number": number, "page_address": lambda at: url_for(".panels", code=asked()["code"], page=at)}
    return manage_page("jury/manage/panels.html", call, **shown)


@bp.get("/panels/progress")
@permit(Action.JURY_SEE, load=call_by_code)
def progress(call: Call) -> ResponseReturnValue:
    """How far a plan in the making is; the page asks again until it is there."""
    plan = open_plan(call)
    if plan is None or plan.state is not PlanState.COMPUTING:
        return "", 200, {"HX-Redirect": url_for(".panels", code=call.code)}
    return page("jury/manage/_progress.html", call=call, plan=plan, failed=_failed(plan))


@bp.post("/panels/proposal")
@permit(Action.JURY_MANAGE, load=call_by_code)
def propose(call: Call) -> ResponseReturnValue:
    try:
        services.propose(call, current_actor(), now())
    except Refused as refused:
        flash(sentence(refused), "error")
    return _to_panels()


@bp.post("/panels/application")
@permit(Action.JURY_MANAGE, load=plan_of)
def apply(plan: Plan) -> ResponseReturnValue:
    try:
        count = services.apply(plan, current_actor(), now())
    except Refused as refused:
        flash(sentence(refused), "error")
    else:
        told = ngettext("Plan applied: %(num)d new review.", "Plan applied: %(num)d new reviews.", count)
        once = _("Each juror gets one e-mail.")
        flash(f"{told} {once}" if count else told, "success")
    return _to_panels()


@bp.post("/panels/vacancies")
@permit(Action.JURY_MANAGE, load=call_by_code)
def fill_vacancies(call: Call) -> ResponseReturnValue:
    """Fill the seats that fell vacant, and nothing else."""
    try:
        count = vacancies.fill(call, current_actor(), now())
    except Refused as refused:
        flash(sentence(refused), "error")
    else:
        told = ngettext("%(num)d vacated seat is filled.", "%(num)d vacated seats are filled.", count)
        once = _("Each juror gets one e-mail.")
        flash(f"{told} {once}", "success")
    return _to_panels()


@bp.post("/panels/reseat")
@permit(Action.JURY_MANAGE, load=call_by_code)
def reseat(call: Call) -> ResponseReturnValue:
    """Look for the fewest readings that change hands where seats stay empty. Nothing changes yet."""
    try:
        reseating.propose(call, current_actor(), now())
    except Refused as refused:
        flash(sentence(refused), "info" if refused.reason is Reason.NOTHING_TO_MOVE else "error")
    return _to_panels()


@bp.post("/panels/discard")
@permit(Action.JURY_MANAGE, load=plan_of)
def discard(plan: Plan) -> ResponseReturnValue:
    said, then = _("Plan discarded. Nobody was told anything."), url_for(".panels", code=asked()["code"])
    return pressed(lambda: services.discard(plan, current_actor(), now()), said, then)


def _moves(plan: Plan, names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(proposal, who gives it up, for which sector he or she sits there instead), of a re-seat."""
    sectors = {(pair.submission, pair.juror): pair.sector for pair in plan.seats}
    return [
        (each.submission, names.get(each.juror, each.juror), sectors.get((each.submission, each.juror), ""))
        for each in sorted(plan.given_up)
    ]


def _gaps(call: Call, pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    """The seats that are empty now, once panels stand."""
    pairs = tuple(pairs)
    if not pairs:
        return []
    return [seat_row(row) for row in empty_seats(problem_of(call, 0), pairs)]


def _vacated(call: Call, gaps: Iterable[Mapping[str, Any]]) -> int:
    """How many of the empty seats are on panels that lost somebody."""
    lost = Counter(pair.submission for pair in pairs_lost(call))
    empty = Counter(gap["submission"] for gap in gaps)
    return sum(min(count, empty[submission]) for submission, count in lost.items())


def _failed(plan: Plan) -> bool:
    return plan.outbox is not None and plan.outbox.state is TaskState.FAILED


def _to_panels() -> ResponseReturnValue:
    return redirect(url_for(".panels", code=asked()["code"]))
