"""A place in a team: the last one is given once, and nobody sits in two teams where the bases forbid it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.exc import IntegrityError, NoResultFound

from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.formation import places_left
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import Value, record
from thinkia.policy import Actor
from thinkia.policy.actor import MemberRole
from thinkia.policy.rules import is_live, team_changes_open
from thinkia.registration.models import Registration
from thinkia.registration.queries import entry_of
from thinkia.teams import hooks
from thinkia.teams.models import Member, Team
from thinkia.teams.queries import WITH_CALL, closing_requests, member_of, size_of

takes_changes = is_live & team_changes_open


@atomic
def hold(team: Team) -> Team:
    """The team as it is now, and nobody else's until the transaction ends. With call and bases."""
    try:
        return lock(team, *WITH_CALL)
    except NoResultFound:
        raise Refused(Reason.TEAM_CLOSED) from None


@atomic
def hold_registration(call_id: int, account_id: int | None) -> Registration:
    """A person's standing registration in a call, held: it cannot be withdrawn meanwhile."""
    registration = entry_of(call_id, account_id) if account_id else None
    if registration is None or lock(registration).withdrawn_at is not None:
        raise Refused(Reason.NOT_REGISTERED)
    return registration


@atomic
def admit(
    team: Team, account_id: int | None, actor: Actor, now: datetime, *, role: MemberRole = MemberRole.MEMBER
) -> Member:
    """One member more, who accepted: the only way in.

    Holds the team, then counts: two who want the last place come one after the other. That nobody sits
    in two teams is the database's to say. Other teams that the person asked are told no more.
    """
    hold(team)
    if not takes_changes.holds(actor, team, now):
        raise Refused(Reason.TEAM_CLOSED)
    registration = hold_registration(team.call_id, account_id)
    rules = team.call.bases.team
    if member_of(team, account_id):
        raise Refused(Reason.ALREADY_IN_TEAM)
    if places_left(rules, size_of(team)) == 0:
        raise Refused(Reason.TEAM_FULL, max=rules.max)
    member = Member(
        team_id=team.id,
        call_id=team.call_id,
        account_id=registration.account_id,
        registration_id=registration.id,
        role=role,
        slot=0 if rules.one_team_per_person else team.id,
        joined_at=now,
    )
    db.session.add(member)
    try:
        db.session.flush()
    except IntegrityError as clash:
        raise Refused(Reason.ALREADY_IN_TEAM) from clash
    if rules.one_team_per_person:
        db.session.execute(closing_requests(team.call_id, registration.account_id, now))
    hooks.tell_joining(team, now)
    return member


@atomic
def note(
    action: str, team: Team, actor: Actor, now: datetime, data: Mapping[str, Value] | None = None
) -> None:
    """One line about a team in the journal."""
    record(action, f"team:{team.code}", actor=actor, now=now, call_id=team.call_id, data=data)
