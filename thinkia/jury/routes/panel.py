"""One panel: who sits and why, who does not and why not; of a proposed plan, with a change by button."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.calls.wording.evaluators import group_titles
from thinkia.domain.assignment import Problem, empty_seats, loosened
from thinkia.domain.lifecycle import PlanState
from thinkia.domain.panel_rules import seat_row
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.forms import SwapForm
from thinkia.jury.models import Juror, Plan
from thinkia.jury.queries.bids import likings_of
from thinkia.jury.queries.panels import (
    applied_plans,
    pairs_standing,
    plan_of,
    problem_of,
    submissions_to_read,
)
from thinkia.jury.queries.people import jurors_of
from thinkia.jury.routes.board import Panel, panel_board
from thinkia.jury.routes.door import asked
from thinkia.jury.routes.door import manage as bp
from thinkia.jury.routes.reasons import InForce, PanelReasons, Panels
from thinkia.jury.services import panels as services
from thinkia.jury.wording.panels import broken_words, seat_words
from thinkia.policy import Action
from thinkia.web.locale import sector_name
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@bp.route("/panels/<submission>", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=plan_of)
def panel(plan: Plan, submission: str) -> ResponseReturnValue:
    """Look at a panel; asked by POST, one leaves, one comes, or both."""
    jurors, form = jurors_of(plan.call), SwapForm()
    if form.validate_on_submit():
        leaves, joins = form.leaves.data or "", form.joins.data or ""
        try:
            services.adjust(plan, submission, current_actor(), now(), leaves=leaves, joins=joins)
        except Refused as refused:
            names = {juror.code: juror.name for juror in jurors}
            plan = plan_of(asked()["code"]) or abort(404)
            _explain(form, refused, names, group_titles(plan.call.bases.jury))
            jurors = jurors_of(plan.call)
        else:
            flash(_("Panel of %(code)s changed.", code=submission), "success")
            return redirect(url_for(".panel", code=asked()["code"], submission=submission))
    return _panel_page(plan, submission, jurors, form)


@bp.get("/panels/<submission>/reasons")
@permit(Action.JURY_SEE, load=call_by_code)
def reasons(call: Call, submission: str) -> ResponseReturnValue:
    """Why the people of a panel in force read its proposal, and why others do not: by what is known today."""
    jurors, seats = jurors_of(call), tuple(pairs_standing(call))
    problem = problem_of(call, 0)
    gaps = [seat_row(each) for each in empty_seats(problem, seats)]
    board = panel_board(call.bases.jury, jurors, submissions_to_read(call), seats, gaps)
    found = next((each for each in board.panels if each.code == submission), None)
    if found is None or not seats:
        abort(404)
    told = _reasons(
        call, replace(problem, pins=()), InForce.of(seats, applied_plans(call)), submission, jurors
    )
    shown: dict[str, Any] = {"panel": found, "plan": None, "reasons": told, **_words(call)}
    return manage_page("jury/manage/panel.html", call, **shown)


def _words(call: Call) -> dict[str, Any]:
    groups = group_titles(call.bases.jury)
    return {"groups": groups, "seat_words": partial(seat_words, groups=groups)}


def _reasons(call: Call, problem: Problem, panels: Panels, code: str, jurors: list[Juror]) -> PanelReasons:
    names = {juror.code: juror.name for juror in jurors}
    likings = likings_of(call, code) if call.bases.jury.bids else None
    return PanelReasons.of(problem, panels, code, names, likings)


def _panel_page(plan: Plan, code: str, jurors: list[Juror], form: SwapForm) -> ResponseReturnValue:
    call = plan.call
    board = panel_board(call.bases.jury, jurors, submissions_to_read(call), plan.seats, plan.shortfall)
    found = next((each for each in board.panels if each.code == code), None)
    if found is None or plan.state is not PlanState.PROPOSED:
        abort(404)
    problem = loosened(problem_of(call, plan.seed), plan.loose)
    if code not in {request.submission for request in problem.submissions}:
        abort(404)
    reasons = _reasons(call, problem, plan, code, jurors)
    form.leaves.choices = [SelectChoice("", _("Nobody")), *_leavers(found)]
    form.joins.choices = [SelectChoice("", _("Nobody")), *_comers(reasons, group_titles(call.bases.jury))]
    status = 422 if form.is_submitted() else 200
    shown: dict[str, Any] = {"plan": plan, "panel": found, "form": form, **_words(call)}
    return manage_page("jury/manage/panel.html", call, status=status, reasons=reasons, **shown)


def _leavers(panel: Panel) -> list[SelectChoice]:
    return [SelectChoice(seat.juror, seat.name) for seat in panel.seats]


def _comers(reasons: PanelReasons, groups: Mapping[str, str]) -> list[SelectChoice]:
    """Everybody else, with the rule that would be broken if nobody left."""
    found = []
    for juror, person in reasons.absent:
        broken = reasons.broken_by(juror)
        why = broken_words(broken, reasons.names, groups) if broken else _("reads %(num)s", num=person.load)
        of = [*([groups[person.group]] if person.group else []), sector_name(person.sector)]
        who = f"{reasons.names[juror]} ({', '.join(of)})"
        found.append(SelectChoice(juror, f"{who}: {why}"))
    return found


def _explain(form: SwapForm, refused: Refused, names: Mapping[str, str], groups: Mapping[str, str]) -> None:
    """Name the rule that the change would break."""
    if refused.reason is Reason.PANEL_RULE:
        violation: Any = refused.details["violation"]
        form.joins.errors = [broken_words(violation, names, groups)]
    else:
        form.refuse(refused)
