"""A team itself: starting it, what it says, leaving it, who represents it."""

import hashlib
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import atomic
from thinkia.domain.formation import alike
from thinkia.domain.lifecycle import InvitationState
from thinkia.domain.reasons import Reason, Refused
from thinkia.outside.mail import post
from thinkia.policy import Actor
from thinkia.policy.actor import MemberRole
from thinkia.teams import emails, hooks
from thinkia.teams.models import Member, Team
from thinkia.teams.queries import (
    member_of,
    open_invitation_to,
    registration_code_of,
    representative_of,
    size_of,
    team_of_key,
    teams_of_person,
)
from thinkia.teams.services.places import admit, hold, hold_registration, note

KEY_LENGTH = 160


@atomic
def create(
    call: Call, name: str, actor: Actor, now: datetime, *, about: str = "", is_looking: bool = False
) -> Team:
    """A new team, represented by who starts it. A double click gives the team of the first one."""
    registration = hold_registration(call.id, actor.account_id)
    key = _key(name)
    own = teams_of_person(call.id, actor.account_id)
    for team in own:
        if team.name_key == key:
            return team
    if own and call.bases.team.one_team_per_person:
        raise Refused(Reason.ALREADY_IN_TEAM)
    if team_of_key(call.id, key):
        raise Refused(Reason.NAME_TAKEN)
    team = Team(
        call_id=call.id,
        call=call,
        name=name,
        name_key=key,
        about=about,
        is_looking=is_looking,
        created_at=now,
    )
    db.session.add(team)
    _flush_name()
    admit(team, registration.account_id, actor, now, role=MemberRole.REPRESENTATIVE)
    note("team.created", team, actor, now)
    return team


@atomic
def edit(team: Team, name: str, actor: Actor, now: datetime, *, about: str, is_looking: bool) -> None:
    """What the team calls itself, says of itself, and whether it looks for people."""
    hold(team)
    other = team_of_key(team.call_id, _key(name))
    if other is not None and other.id != team.id:
        raise Refused(Reason.NAME_TAKEN)
    team.name, team.name_key = name, _key(name)
    team.about, team.is_looking = about, is_looking
    _flush_name()
    note("team.edited", team, actor, now)


@atomic
def leave(team: Team, actor: Actor, now: datetime) -> None:
    """Give up one's place. Who represents others hands over first; who is alone ends the team."""
    hold(team)
    member = member_of(team, actor.account_id)
    if member is None:
        raise Refused(Reason.NOT_A_MEMBER)
    if size_of(team) == 1:
        _end(team, actor, now)
        return
    if member.role == MemberRole.REPRESENTATIVE:
        raise Refused(Reason.HAND_OVER_FIRST)
    _take_out(team, member)
    note("team.left", team, actor, now)
    post(emails.left(team, representative_of(team).account, member.account), now)


@atomic
def remove(team: Team, member: Member, actor: Actor, now: datetime) -> None:
    """Take a member out, who is told. The standing link ends, so that it does not lead back in."""
    hold(team)
    found = member_of(team, member.account_id)
    if found is None:
        raise Refused(Reason.NOT_A_MEMBER)
    if found.role == MemberRole.REPRESENTATIVE:
        raise Refused(Reason.HAND_OVER_FIRST)
    link = open_invitation_to(team, None)
    if link is not None:
        link.state, link.answered_at = InvitationState.REVOKED, now
    person = registration_code_of(found)
    _take_out(team, found)
    note("team.removed", team, actor, now, {"person": person})
    post(emails.removed(team, found.account), now)


@atomic
def offer_representation(team: Team, member: Member, actor: Actor, now: datetime) -> None:
    """Offer the representation to a member, who decides. A second offer takes the place of the first."""
    hold(team)
    found = member_of(team, member.account_id)
    if found is None or found.role == MemberRole.REPRESENTATIVE:
        raise Refused(Reason.NOT_A_MEMBER)
    if team.successor_id == found.account_id:
        return
    team.successor_id = found.account_id
    note("team.representation_offered", team, actor, now, {"person": registration_code_of(found)})
    post(emails.representation_offered(team, found.account, representative_of(team).account), now)


@atomic
def take_over(team: Team, actor: Actor, now: datetime) -> None:
    """Accept the representation: the two change roles, and who represented is told."""
    hold(team)
    successor = member_of(team, actor.account_id)
    if successor is None or team.successor_id != successor.account_id:
        raise Refused(Reason.OFFER_GONE)
    before = representative_of(team)
    before.role = MemberRole.MEMBER
    db.session.flush()  # a team has one representative at every moment: the index counts
    successor.role, team.successor_id = MemberRole.REPRESENTATIVE, None
    note("team.handed_over", team, actor, now)
    post(emails.handed_over(team, before.account, successor.account), now)


@atomic
def drop_offer(team: Team, actor: Actor, now: datetime) -> None:
    """Take the offer of representation back, or say no to it."""
    hold(team)
    member = member_of(team, actor.account_id)
    is_party = member is not None and (
        member.role == MemberRole.REPRESENTATIVE or team.successor_id == member.account_id
    )
    if team.successor_id is None or not is_party:
        raise Refused(Reason.OFFER_GONE)
    team.successor_id = None
    note("team.offer_dropped", team, actor, now)


def _take_out(team: Team, member: Member) -> None:
    if team.successor_id == member.account_id:
        team.successor_id = None
    db.session.delete(member)
    db.session.flush()


def _end(team: Team, actor: Actor, now: datetime) -> None:
    """The last one leaves. Invitations and requests go with the team; the journal remembers."""
    hooks.tell_ending(team, now)
    note("team.ended", team, actor, now)
    db.session.execute(delete(Member).where(Member.team_id == team.id))
    db.session.execute(delete(Team).where(Team.id == team.id))


def _key(name: str) -> str:
    """What makes two names the same; of an endless one, its fingerprint."""
    key = alike(name)
    return key if len(key) <= KEY_LENGTH else hashlib.sha256(key.encode()).hexdigest()


def _flush_name() -> None:
    """Two who choose the same name at once: the database knows the second."""
    try:
        db.session.flush()
    except IntegrityError as clash:
        raise Refused(Reason.NAME_TAKEN) from clash
