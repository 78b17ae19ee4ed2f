"""Asking to join a team, and the representative's answer."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.domain.reasons import Refused
from thinkia.policy import Action
from thinkia.teams import services
from thinkia.teams.forms import AskForm
from thinkia.teams.models import JoinRequest, Team
from thinkia.teams.queries import request_in, team_by_code
from thinkia.teams.routes.blueprint import again, bp, letters
from thinkia.teams.routes.sheet import outside
from thinkia.web.buttons import pressed
from thinkia.web.security import current_actor, now, permit


@bp.post("/teams/<code>/requests")
@permit(Action.TEAM_ASK, load=team_by_code)
@letters
def ask(team: Team) -> ResponseReturnValue:
    form = AskForm()
    if form.validate_on_submit():
        try:
            services.ask(team, form.message.data, current_actor(), now())
        except Refused as refused:
            form.refuse(refused, "message")
        else:
            flash(_("Your request is with the team. Its representative decides; we write to you."), "success")
            return redirect(url_for(".show", code=team.code))
    return outside(again(team), form, status=422)


@bp.post("/teams/<code>/requests/<request>/acceptance")
@permit(Action.TEAM_LEAD, load=request_in)
def accept_request(request: JoinRequest) -> ResponseReturnValue:
    page, said = _page(request), _("%(name)s is in the team.", name=request.account.name)
    return pressed(lambda: services.accept_request(request, current_actor(), now()), said, page)


@bp.post("/teams/<code>/requests/<request>/refusal")
@permit(Action.TEAM_LEAD, load=request_in)
def decline_request(request: JoinRequest) -> ResponseReturnValue:
    page, said = _page(request), _("You declined the request. We told the person kindly.")
    return pressed(lambda: services.decline_request(request, current_actor(), now()), said, page)


@bp.post("/teams/<code>/requests/<request>/withdrawal")
@permit(Action.REQUEST_WITHDRAW, load=request_in)
def withdraw_request(request: JoinRequest) -> ResponseReturnValue:
    page, said = url_for(".find", code=request.call.code), _("You withdrew your request.")
    return pressed(lambda: services.withdraw_request(request, current_actor(), now()), said, page)


def _page(request: JoinRequest) -> str:
    return url_for(".show", code=request.team.code)
