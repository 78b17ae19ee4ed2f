"""Panels: propose, look over, adjust by button, apply once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import SelectChoice

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.calls.wording.numbers import number
from thinkia.domain.assignment import (
    Pair,
    PanelRequest,
    Problem,
    Violation,
    ViolationKind,
    empty_seats,
    newly_broken,
)
from thinkia.domain.lifecycle import PlanState
from thinkia.domain.phases import grace_ends
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.forms import SwapForm
from thinkia.jury.models import Juror, Plan
from thinkia.jury.queries.panels import open_plan, pairs_standing, plan_of, problem_of, submissions_to_read
from thinkia.jury.queries.people import conflicts_by_juror, jurors_of
from thinkia.jury.routes.board import Panel, PanelBoard, Person, panel_board
from thinkia.jury.routes.door import asked
from thinkia.jury.routes.door import manage as bp
from thinkia.jury.services import panels as services
from thinkia.jury.wording.panels import broken_words, cause_words, gap_words, seat_words
from thinkia.outside.outbox import TaskState
from thinkia.policy import Action
from thinkia.web.errors import sentence
from thinkia.web.listing import page_number
from thinkia.web.locale import sector_name
from thinkia.web.navigation import manage_page
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit


@bp.get("/panels")
@permit(Action.JURY_SEE, load=call_by_code)
def panels(call: Call) -> ResponseReturnValue:
    """The plan that waits for a decision; without one, the panels as they stand."""
    plan = open_plan(call)
    if plan is not None and plan.state is PlanState.COMPUTING:
        return manage_page("jury/manage/computing.html", call, plan=plan, failed=_failed(plan), refresh=True)
    jurors = jurors_of(call)
    pairs = plan.seats if plan else tuple(pairs_standing(call))
    gaps = plan.shortfall if plan else _gaps(call, pairs)
    board = panel_board(call.bases.jury, jurors, submissions_to_read(call), pairs, gaps, number=page_number())
    names = {juror.code: juror.name for juror in jurors}
    shown: dict[str, Any] = {"plan": plan, "board": board, "gaps": gap_words(gaps), "seat_words": seat_words}
    shown |= {"causes": [cause_words(cause, names) for cause in plan.causes] if plan else []}
    shown |= {"conflicts": sum(conflicts_by_juror(call).values()), "applied": bool(pairs) and plan is None}
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
        told = ngettext("Plan applied: %(num)d new reading.", "Plan applied: %(num)d new readings.", count)
        flash(f"{told} {_('Each juror gets one e-mail.')}" if count else told, "success")
    return _to_panels()


@bp.post("/panels/discard")
@permit(Action.JURY_MANAGE, load=plan_of)
def discard(plan: Plan) -> ResponseReturnValue:
    try:
        services.discard(plan, current_actor(), now())
    except Refused as refused:
        flash(sentence(refused), "error")
    else:
        flash(_("Plan discarded. Nobody was told anything."), "success")
    return _to_panels()


@bp.route("/panels/<submission>", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=plan_of)
def panel(plan: Plan, submission: str) -> ResponseReturnValue:
    """One panel of a proposed plan: who sits, what is missing, who could come and what it would break."""
    jurors, form = jurors_of(plan.call), SwapForm()
    names = {juror.code: juror.name for juror in jurors}
    if form.validate_on_submit():
        try:
            services.adjust(
                plan,
                submission,
                current_actor(),
                now(),
                leaves=form.leaves.data or "",
                joins=form.joins.data or "",
            )
        except Refused as refused:
            _explain(form, refused, names)
            plan = plan_of(asked()["code"]) or abort(404)
            jurors = jurors_of(plan.call)
        else:
            flash(_("Panel of %(code)s changed.", code=submission), "success")
            return redirect(url_for(".panel", code=asked()["code"], submission=submission))
    return _panel_page(plan, submission, jurors, form)


def _panel_page(plan: Plan, code: str, jurors: list[Juror], form: SwapForm) -> ResponseReturnValue:
    call = plan.call
    board = panel_board(call.bases.jury, jurors, submissions_to_read(call), plan.seats, plan.shortfall)
    found = next((each for each in board.panels if each.code == code), None)
    if found is None or plan.state is not PlanState.PROPOSED:
        abort(404)
    problem = problem_of(call, plan.seed)
    form.leaves.choices = [SelectChoice("", _("Nobody")), *_leavers(found)]
    form.joins.choices = [SelectChoice("", _("Nobody")), *_comers(problem, plan, board, found)]
    status = 422 if form.is_submitted() else 200
    shown = {"plan": plan, "panel": found, "form": form, "seat_words": seat_words}
    return manage_page("jury/manage/panel.html", call, status=status, **shown)


def _leavers(panel: Panel) -> list[SelectChoice]:
    return [SelectChoice(seat.juror, seat.name) for seat in panel.seats]


def _comers(problem: Problem, plan: Plan, board: PanelBoard, panel: Panel) -> list[SelectChoice]:
    """Everybody else, with the rule that would be broken if nobody left."""
    sitting = {seat.juror for seat in panel.seats}
    here = [pair for pair in plan.seats if pair.submission == panel.code]
    people = [p for sector in board.jury.sectors for p in sector.people if p.juror.code not in sitting]
    names = {person.juror.code: person.juror.name for person in people}
    found = []
    for person in people:
        broken = _broken_by(person, _of_one_panel(problem, panel.code), here, panel.code)
        why = broken_words(broken, names) if broken else _("reads %(num)s", num=person.load)
        who = f"{person.juror.name} ({sector_name(person.juror.sector)})"
        found.append(SelectChoice(person.juror.code, f"{who}: {why}"))
    return found


def _broken_by(person: Person, problem: Problem, here: list[Pair], code: str) -> Violation | None:
    """The first rule that this person on this panel would break."""
    juror = person.juror
    if juror.capacity is not None and person.load >= juror.capacity:
        kind, found = ViolationKind.OVER_CAPACITY, person.load + 1
        return Violation(kind, juror=juror.code, found=found, limit=juror.capacity)
    broken = newly_broken(problem, here, (*here, Pair(code, juror.code, juror.sector)))
    return broken[0] if broken else None


def _of_one_panel(problem: Problem, code: str) -> Problem:
    """The rules of one panel alone: looking at everybody who could come stays quick in a large call."""
    jurors = tuple(replace(slot, capacity=None) for slot in problem.jurors)
    return replace(problem, submissions=(PanelRequest(code),), jurors=jurors, pins=())


def _explain(form: SwapForm, refused: Refused, names: Mapping[str, str]) -> None:
    """Name the rule that the change would break."""
    if refused.reason is Reason.PANEL_RULE:
        violation: Any = refused.details["violation"]
        form.joins.errors = [broken_words(violation, names)]
    else:
        form.refuse(refused)


def _gaps(call: Call, pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    """The seats that are empty now, once panels stand."""
    pairs = tuple(pairs)
    if not pairs:
        return []
    return [
        {"submission": row.submission, "sector": row.sector, "reason": row.reason.value}
        for row in empty_seats(problem_of(call, 0), pairs)
    ]


def _failed(plan: Plan) -> bool:
    return plan.outbox is not None and plan.outbox.state is TaskState.FAILED


def _to_panels() -> ResponseReturnValue:
    return redirect(url_for(".panels", code=asked()["code"]))
