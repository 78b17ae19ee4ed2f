"""Asking to join: the person asks, which is his or her acceptance; the representative decides."""

from datetime import datetime

from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.formation import places_left
from thinkia.domain.lifecycle import RequestState
from thinkia.domain.reasons import Reason, Refused
from thinkia.outside.mail import post
from thinkia.policy import Actor
from thinkia.teams import emails
from thinkia.teams.models import JoinRequest, Team
from thinkia.teams.queries import (
    OF_REQUEST,
    open_request,
    registration_code_of,
    representative_of,
    size_of,
    teams_of_person,
)
from thinkia.teams.services.places import admit, hold, hold_registration, note, takes_changes


@atomic
def ask(team: Team, message: str, actor: Actor, now: datetime) -> JoinRequest:
    """Ask to join. Asking again changes the message and writes no second letter."""
    hold(team)
    registration = hold_registration(team.call_id, actor.account_id)
    if not takes_changes.holds(actor, team, now):
        raise Refused(Reason.TEAM_CLOSED)
    rules = team.call.bases.team
    own = teams_of_person(team.call_id, actor.account_id)
    if team in own or (own and rules.one_team_per_person):
        raise Refused(Reason.ALREADY_IN_TEAM)
    if places_left(rules, size_of(team)) == 0:
        raise Refused(Reason.TEAM_FULL, max=rules.max)
    request = open_request(team, actor.account_id)
    if request is not None:
        request.message = message or request.message
        return request
    request = JoinRequest(
        team_id=team.id,
        account_id=registration.account_id,
        registration_id=registration.id,
        message=message,
        created_at=now,
    )
    db.session.add(request)
    db.session.flush()
    note("team.asked", team, actor, now, {"person": registration.code})
    post(emails.request_received(team, representative_of(team).account, actor.name), now)
    return request


@atomic
def accept_request(request: JoinRequest, actor: Actor, now: datetime) -> None:
    """Let in who asked, if there is a place and he or she is in no other team by now."""
    team = hold(request.team)
    hold_registration(team.call_id, request.account_id)
    _hold_open(request)
    request.state, request.answered_at = RequestState.ACCEPTED, now
    member = admit(team, request.account_id, actor, now)
    note("team.joined", team, actor, now, {"how": "request", "person": registration_code_of(member)})
    post(emails.request_accepted(team, request.account), now)


@atomic
def decline_request(request: JoinRequest, actor: Actor, now: datetime) -> None:
    """Say no, which the person is told kindly."""
    team = hold(request.team)
    _hold_open(request)
    request.state, request.answered_at = RequestState.DECLINED, now
    note("team.request_declined", team, actor, now)
    post(emails.request_declined(team, request.account), now)


@atomic
def withdraw_request(request: JoinRequest, actor: Actor, now: datetime) -> None:
    """Take back what one asked. Once more changes nothing."""
    team = hold(request.team)
    if lock(request, *OF_REQUEST).state == RequestState.WITHDRAWN:
        return
    _hold_open(request)
    request.state, request.answered_at = RequestState.WITHDRAWN, now
    note("team.request_withdrawn", team, actor, now)


def _hold_open(request: JoinRequest) -> None:
    if lock(request, *OF_REQUEST).state != RequestState.OPEN:
        raise Refused(Reason.REQUEST_GONE)
