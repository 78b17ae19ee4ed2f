"""Inviting, and answering an invitation. Reading a link changes nothing: scanners read links too."""

from flask import abort, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.domain.formation import places_left
from thinkia.domain.reasons import Reason, Refused
from thinkia.policy import Action
from thinkia.policy.rules import is_live, is_registered, registration_open, team_changes_open
from thinkia.registration.queries import applicant
from thinkia.teams import services
from thinkia.teams.forms import InviteForm, LinkForm
from thinkia.teams.models import Invitation, Team
from thinkia.teams.queries import (
    invitation_in,
    invitation_opened,
    person_looking,
    team_by_code,
    teams_of_person,
)
from thinkia.teams.routes.blueprint import again, bp, letters
from thinkia.teams.routes.sheet import addressed_to, forget_link, outline, remember_link
from thinkia.web.buttons import pressed
from thinkia.web.errors import sentence
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit


@bp.route("/teams/<code>/invitations", methods=["GET", "POST"])
@permit(Action.TEAM_LEAD, load=team_by_code)
@letters
def invite(team: Team) -> ResponseReturnValue:
    form = InviteForm()
    if form.validate_on_submit():
        try:
            sent = services.invite(team, form.email.data, current_actor(), now())
        except Refused as refused:
            form.refuse(refused, "email")
            team = again(team)
        else:
            flash(_("We sent the invitation to %(email)s.", email=sent.email), "success")
            return redirect(url_for(".show", code=team.code, _anchor="invitations"))
    status = 422 if form.is_submitted() else 200
    return page("teams/invite.html", status=status, form=form, **outline(team))


@bp.post("/teams/<code>/people/<person>/invitation")
@permit(Action.TEAM_LEAD, load=team_by_code)
@letters
def invite_person(team: Team, person: str) -> ResponseReturnValue:
    found = person_looking(team.call_id, person) or abort(404)
    said = _("We sent the invitation to %(name)s.", name=found.account.name)
    then = url_for(".find", code=team.call.code, who="people")
    return pressed(lambda: services.invite_person(team, found, current_actor(), now()), said, then)


@bp.post("/teams/<code>/invitations/link")
@permit(Action.TEAM_LEAD, load=team_by_code)
def make_link(team: Team) -> ResponseReturnValue:
    form = LinkForm()
    if not form.validate_on_submit():
        abort(400)
    token = services.make_link(team, current_actor(), now(), needs_approval=bool(form.needs_approval.data))
    remember_link(team, token)
    flash(
        _("Here is your link. Copy it now: for safety it is shown only while you stay signed in."), "success"
    )
    return redirect(url_for(".show", code=team.code, _anchor="link"))


@bp.post("/teams/<code>/invitations/<invitation>/resending")
@permit(Action.TEAM_LEAD, load=invitation_in)
@letters
def resend(invitation: Invitation) -> ResponseReturnValue:
    team, whom = invitation.team, addressed_to(invitation)
    said = _("We sent the invitation to %(name)s again. The earlier link does not work any more.", name=whom)
    then = url_for(".show", code=team.code)
    return pressed(lambda: services.resend(invitation, current_actor(), now()), said, then)


@bp.post("/teams/<code>/invitations/<invitation>/revocation")
@permit(Action.TEAM_LEAD, load=invitation_in)
def revoke(invitation: Invitation) -> ResponseReturnValue:
    team = invitation.team
    if invitation.email is None:
        forget_link(team)
    said, then = _("It was withdrawn: its link does not work any more."), url_for(".show", code=team.code)
    return pressed(lambda: services.revoke(invitation, current_actor(), now()), said, then)


@bp.get("/team-invitations/<token>")
@permit(Action.INVITATION_READ, load=invitation_opened)
def invitation(invitation: Invitation) -> ResponseReturnValue:
    """Whoever holds the link reads who invites to what, and what he or she can do about it."""
    token = url_token()
    shown = page(
        "teams/invitation.html",
        invitation=invitation,
        situation=situation(invitation),
        token=token,
        back=url_for(".invitation", token=token),
        **outline(invitation.team),
    )
    response = make_response(shown)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.post("/team-invitations/<token>/acceptance")
@permit(Action.INVITATION_ANSWER, load=invitation_opened)
def accept(invitation: Invitation) -> ResponseReturnValue:
    here = url_for(".invitation", token=url_token())
    team, call = invitation.team.code, invitation.call.code
    try:
        waiting = services.accept(invitation, current_actor(), now())
    except Refused as refused:
        if refused.reason is Reason.NOT_REGISTERED:
            return redirect(url_for("registration.new", code=call, next=here))
        flash(sentence(refused), "error")
        return redirect(here)
    if waiting is not None:
        flash(_("Your request is with the team. Its representative decides; we write to you."), "success")
        return redirect(url_for(".find", code=call))
    flash(_("You are in the team."), "success")
    return redirect(url_for(".show", code=team))


@bp.post("/team-invitations/<token>/refusal")
@permit(Action.INVITATION_ANSWER, load=invitation_opened)
def decline(invitation: Invitation) -> ResponseReturnValue:
    call = invitation.call
    try:
        services.decline(invitation, current_actor(), now())
    except Refused as refused:
        flash(sentence(refused), "error")
        return redirect(url_for(".invitation", token=url_token()))
    flash(_("You declined the invitation. Nobody else can use it."), "success")
    return redirect(url_for("calls.show", code=call.code))


def situation(invitation: Invitation) -> str:
    """The first thing that stands between the reader and the button; ``answer`` when nothing does."""
    actor, team, moment = current_actor(), invitation.team, now()
    call, members = team.call, team.members
    others = teams_of_person(call.id, actor.account_id)
    email = None if actor.is_anonymous else applicant(actor).email
    obstacles = {
        "member": any(each.account_id == actor.account_id for each in members),
        "gone": not invitation.is_open(moment),
        "closed": not (is_live & team_changes_open).holds(actor, team, moment),
        "full": places_left(call.bases.team, len(members)) == 0,
        "sign_in": actor.is_anonymous,
        "other_address": invitation.email is not None and invitation.email != email,
        "other_team": bool(others) and call.bases.team.one_team_per_person,
        "too_late": not (is_registered | registration_open).holds(actor, team, moment),
        "register": not is_registered.holds(actor, team, moment),
    }
    return next((name for name, stands in obstacles.items() if stands), "answer")


def url_token() -> str:
    """The secret that the reader came with: the row keeps only its hash."""
    return str((request.view_args or {})["token"])
