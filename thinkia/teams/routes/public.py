"""Teams as their members see them, and as those who look for one do."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.reasons import Reason, Refused
from thinkia.policy import Action
from thinkia.registration.models import Registration
from thinkia.registration.wording import home_of
from thinkia.teams import services
from thinkia.teams.forms import AskForm, LinkForm, TeamForm
from thinkia.teams.models import Team
from thinkia.teams.queries import (
    own_teams,
    people_looking,
    team_by_code,
    teams_looking,
    teams_of_person,
)
from thinkia.teams.routes import changes, invitations, requests  # noqa: F401 - they hang on the same blueprint
from thinkia.teams.routes.blueprint import again, bp
from thinkia.teams.routes.sheet import addressed_to, findings_of, inside, outline, outside
from thinkia.teams.wording import finding_words, free_words, initials
from thinkia.web.listing import listing, page_number
from thinkia.web.pages import page
from thinkia.web.security import current_actor, may, now, permit

PER_PAGE = 20


@bp.route("/calls/<code>/teams/new", methods=["GET", "POST"])
@permit(Action.CALL_START_TEAM, load=call_by_code)
def new(call: Call) -> ResponseReturnValue:
    form = TeamForm()
    if form.validate_on_submit():
        said = {"about": form.about.data or "", "is_looking": form.is_looking.data}
        try:
            team = services.create(call, form.name.data, current_actor(), now(), **said)
        except Refused as refused:
            form.refuse(refused, "name" if refused.reason is Reason.NAME_TAKEN else None)
            call = call_by_code(call.code) or call
        else:
            flash(_("Your team exists. You represent it."), "success")
            return redirect(url_for(".show", code=team.code))
    own = teams_of_person(call.id, current_actor().account_id)
    status = 422 if form.is_submitted() else 200
    return page("teams/new.html", status=status, call=call, form=form, own=own)


@bp.get("/teams/<code>")
@permit(Action.TEAM_SEE, load=team_by_code)
def show(team: Team) -> ResponseReturnValue:
    """Its members see everything, the organisers who is in it, those who look what it says of itself."""
    if may(Action.TEAM_BELONG, team):
        return page("teams/show.html", link_form=LinkForm(), addressed_to=addressed_to, **inside(team))
    if may(Action.CALL_OVERSEE, team):
        people = [(member, home_of(member.account)) for member in team.members]
        return page("teams/overseen.html", people_of_team=people, initials=initials, **outline(team))
    return outside(team, AskForm())


@bp.route("/teams/<code>/edit", methods=["GET", "POST"])
@permit(Action.TEAM_LEAD, load=team_by_code)
def edit(team: Team) -> ResponseReturnValue:
    form = TeamForm(obj=team)
    if form.validate_on_submit():
        said = {"about": form.about.data or "", "is_looking": form.is_looking.data}
        try:
            services.edit(team, form.name.data, current_actor(), now(), **said)
        except Refused as refused:
            form.refuse(refused, "name")
            team = again(team)
        else:
            flash(_("The changes were saved."), "success")
            return redirect(url_for(".show", code=team.code))
    status = 422 if form.is_submitted() else 200
    return page("teams/edit.html", status=status, team=team, call=team.call, form=form)


@bp.get("/calls/<code>/teams")
@permit(Action.CALL_FIND_TEAM, load=call_by_code)
def find(call: Call) -> ResponseReturnValue:
    """Teams that look for people, or people who look for a team; what one writes searches in both."""
    words = request.args.get("q", "").strip()[:80]
    who = "people" if request.args.get("who") == "people" else "teams"
    looking = people_looking(call, words) if who == "people" else teams_looking(call, words)
    found = listing(looking, page_number(), per_page=PER_PAGE)
    own = own_teams(current_actor(), call)
    asked: dict[str, Any] = {"code": call.code, "who": who, "q": words or None}
    return page(
        "teams/find.html",
        call=call,
        found=found,
        shown=[_shown(call, row) for row in found.rows],
        who=who,
        words=words,
        own=own,
        leads=[team for team in own if may(Action.TEAM_LEAD, team)],
        address=lambda number: url_for(".find", page=number, **asked),
    )


def _shown(call: Call, row: Any) -> dict[str, Any]:
    """A row of either list."""
    if isinstance(row, Registration):
        account = row.account
        return {"person": row, "account": account, "home": home_of(account), "face": initials(account.name)}
    found = findings_of(row, call.bases.team)
    return {
        "team": row,
        "size": found[0].count,
        "free": free_words(found[0].free),
        "needs": [finding_words(each).text for each in found[1:] if not each.is_met],
    }
