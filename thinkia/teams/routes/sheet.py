"""What the pages of a team show, put together from rows."""

import json
from typing import Any, NamedTuple

from flask import session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from thinkia.domain.bases import TeamRules, WindowKind
from thinkia.domain.formation import Finding, findings, places_left
from thinkia.domain.phases import windows
from thinkia.journal.models import Entry
from thinkia.policy.actor import MemberRole
from thinkia.registration.wording import home_of
from thinkia.teams import hooks
from thinkia.teams.forms import AskForm
from thinkia.teams.models import Invitation, Team
from thinkia.teams.queries import (
    history_of,
    names_of,
    open_invitations,
    open_request,
    open_requests,
    teams_of_person,
)
from thinkia.teams.wording import (
    Check,
    checks,
    free_words,
    history_words,
    initials,
    lead,
    rules_title,
    time_left,
)
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now

SEATS = 12
LINKS = "team_links"


class Place(NamedTuple):
    """A seat of the team as the page draws it: taken by a member, held for somebody, or free."""

    state: str
    name: str = ""
    under: str = ""
    initials: str = ""
    is_you: bool = False
    person: str = ""
    is_representative: bool = False


def findings_of(team: Team, rules: TeamRules) -> tuple[Finding, ...]:
    """What the rules find in a team that was loaded with its members."""
    return findings(rules, [member.registration.attributes for member in team.members])


def outline(team: Team) -> dict[str, Any]:
    """What everybody who may see the team sees of it: places and rules."""
    bases, found = team.call.bases, findings_of(team, team.call.bases.team)
    closes = windows(bases.calendar)[WindowKind.TEAM_FORMATION].closes
    lines, free = checks(bases, found), places_left(bases.team, len(team.members))
    return {
        "team": team,
        "call": team.call,
        "bases": bases,
        "lines": lines,
        "rules": rules_title(lines),
        "lead": lead(found, bases.team.max, is_over=now() >= bases.calendar.submission.closes),
        "free": free,
        "free_words": free_words(free),
        "closes": closes,
        "time_left": time_left(closes, now()),
    }


def inside(team: Team) -> dict[str, Any]:
    """What only members see: people, who is invited, who asks, what happened."""
    invitations = open_invitations(team)
    held = [each for each in invitations if each.email is not None and each.is_open(now())]
    known = outline(team)
    places = _places(team, held, known["free"])
    return {
        **known,
        "places": places,
        "invitations": [each for each in invitations if each.email is not None],
        "link": next((each for each in invitations if each.email is None), None),
        "link_address": shown_link(team),
        "requests": open_requests(team),
        "history": _history(team),
        "successor": next((each for each in team.members if each.account_id == team.successor_id), None),
        "me": current_actor().account_id,
        "initials": initials,
        "parts": hooks.page_parts(team, now()),
    }


def outside(team: Team, form: AskForm, status: int = 200) -> ResponseReturnValue:
    """The page of a team for those who may ask to join."""
    known, reader = outline(team), current_actor().account_id
    # What is missing, without what there is: who is in the team is the team's to tell.
    known["missing"] = [Check(line.state, line.text) for line in known["lines"] if line.state == "missing"]
    known["own"] = teams_of_person(team.call_id, reader)
    known["waiting"] = open_request(team, reader)
    return page("teams/outside.html", status=status, form=form, **known)


def addressed_to(invitation: Invitation) -> str:
    """As the team reads it: the name of who was found on the platform, else the address that was written."""
    return invitation.invitee.name if invitation.invitee else invitation.email or ""


def remember_link(team: Team, token: str) -> None:
    """Keep a new link's secret in the session of who made it: to be shown there, and nowhere else."""
    session[LINKS] = {team.code: token}


def forget_link(team: Team) -> None:
    if team.code in session.get(LINKS, {}):
        session.pop(LINKS)


def shown_link(team: Team) -> str:
    """The address of the link that the reader made, as long as he or she stays signed in."""
    token = session.get(LINKS, {}).get(team.code)
    return url_for("teams.invitation", token=token, _external=True) if token else ""


def _places(team: Team, held: list[Invitation], free: int | None) -> list[Place]:
    taken = [
        Place(
            "taken",
            member.account.name,
            home_of(member.account),
            initials(member.account.name),
            is_you=member.account_id == current_actor().account_id,
            person=member.registration.code,
            is_representative=member.role == MemberRole.REPRESENTATIVE,
        )
        for member in team.members
    ]
    open_places = 1 if free is None else free
    reserved = [
        Place("held", under=addressed_to(each), initials=initials(addressed_to(each)))
        for each in held[:open_places]
    ]
    rest = max(0, min(open_places - len(reserved), SEATS - len(taken) - len(reserved)))
    return [*taken, *reserved, *[Place("free")] * rest]


def _history(team: Team) -> list[tuple[Entry, Markup]]:
    """The journal's lines about the team in words, with names where they are still known."""
    entries = history_of(team)
    said = [json.loads(entry.body)["data"] for entry in entries]
    people = [str(data.get("person", "")) for data in said]
    names = names_of(team.call_id, (entry.actor_ref for entry in entries), people)
    lines = []
    for entry, data, person in zip(entries, said, people, strict=True):
        who, whom = names.get(entry.actor_ref, ""), names.get(person, "")
        words = history_words(entry.action, str(data.get("how", "")), who, whom)
        if words is not None:
            lines.append((entry, words))
    return lines
