"""Leaving a team, taking somebody out, and who represents it. Each says first what it means."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.domain.reasons import Refused
from thinkia.policy import Action
from thinkia.teams import services
from thinkia.teams.forms import RepresentationForm
from thinkia.teams.models import Member, Team
from thinkia.teams.queries import member_in, team_by_code
from thinkia.teams.routes.blueprint import again, bp
from thinkia.web.buttons import pressed
from thinkia.web.forms import Form
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit


@bp.route("/teams/<code>/departure", methods=["GET", "POST"])
@permit(Action.TEAM_LEAVE, load=team_by_code)
def leave(team: Team) -> ResponseReturnValue:
    form, call, is_alone = Form(), team.call.code, len(team.members) == 1
    if form.validate_on_submit():
        try:
            services.leave(team, current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
            team = again(team)
        else:
            flash(_("The team ended.") if is_alone else _("You left the team."), "success")
            return redirect(url_for(".find", code=call))
    status = 422 if form.is_submitted() else 200
    return page("teams/leave.html", status=status, team=team, form=form, is_alone=is_alone)


@bp.route("/teams/<code>/members/<person>/removal", methods=["GET", "POST"])
@permit(Action.TEAM_LEAD, load=member_in)
def remove(member: Member) -> ResponseReturnValue:
    form, team, name = Form(), member.team, member.account.name
    if form.validate_on_submit():
        try:
            services.remove(team, member, current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
            team = again(team)
        else:
            flash(_("%(name)s is no longer in the team. We told the person.", name=name), "success")
            return redirect(url_for(".show", code=team.code))
    status = 422 if form.is_submitted() else 200
    return page("teams/remove.html", status=status, team=team, name=name, form=form)


@bp.route("/teams/<code>/representation", methods=["GET", "POST"])
@permit(Action.TEAM_LEAD, load=team_by_code)
def hand_over(team: Team) -> ResponseReturnValue:
    form = RepresentationForm(team)
    if form.validate_on_submit():
        chosen = next(each for each in team.members if each.registration.code == form.person.data)
        name = chosen.account.name
        try:
            services.offer_representation(team, chosen, current_actor(), now())
        except Refused as refused:
            form.refuse(refused, "person")
            team = again(team)
        else:
            flash(_("We asked %(name)s. Until the answer you represent the team.", name=name), "success")
            return redirect(url_for(".show", code=team.code))
    status = 422 if form.is_submitted() else 200
    return page("teams/hand_over.html", status=status, team=team, form=form)


@bp.post("/teams/<code>/representation/acceptance")
@permit(Action.TEAM_TAKE_OVER, load=team_by_code)
def take_over(team: Team) -> ResponseReturnValue:
    said, then = _("You represent the team now."), url_for(".show", code=team.code)
    return pressed(lambda: services.take_over(team, current_actor(), now()), said, then)


@bp.post("/teams/<code>/representation/refusal")
@permit(Action.TEAM_TAKE_OVER, load=team_by_code)
def drop_offer(team: Team) -> ResponseReturnValue:
    said, then = _("The offer of representation ended."), url_for(".show", code=team.code)
    return pressed(lambda: services.drop_offer(team, current_actor(), now()), said, then)
