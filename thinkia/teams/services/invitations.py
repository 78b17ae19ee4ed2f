"""Invitations: to one address, used once there alone; or a link, for many, until it is revoked or lapses.

The secret is in the letter, or shown once; only its hash stays. Reading a link changes nothing: people
accept with a button.
"""

import secrets
from datetime import datetime, timedelta

from thinkia.accounts.models import Account
from thinkia.accounts.queries import account_by_email, account_by_id, hashed
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.formation import places_left
from thinkia.domain.lifecycle import InvitationState
from thinkia.domain.reasons import Reason, Refused
from thinkia.outside.mail import post
from thinkia.policy import Actor
from thinkia.registration.models import Registration
from thinkia.teams import emails
from thinkia.teams.models import Invitation, JoinRequest, Team
from thinkia.teams.queries import (
    OF_INVITATION,
    has_member_with,
    member_of,
    open_invitation_to,
    open_invitations,
    registration_code_of,
    representative_of,
    size_of,
)
from thinkia.teams.services.places import admit, hold, note
from thinkia.teams.services.requests import ask

LASTS = timedelta(days=7)
AT_ONCE = 30
"""How many invitations of a team may wait for an answer: enough for people, few for a machine."""


@atomic
def invite(team: Team, email: str, actor: Actor, now: datetime) -> Invitation:
    """Write to an address, whether or not Thinkia knows it. A second time is a resending."""
    return _invite(team, email.strip().lower(), None, actor, now)


@atomic
def invite_person(team: Team, person: Registration, actor: Actor, now: datetime) -> Invitation:
    """Write to somebody who looks for a team. The team learns the name, not the address."""
    if person.call_id != team.call_id:
        raise Refused(Reason.OTHER_CALL)
    if not person.is_looking or person.withdrawn_at is not None:
        raise Refused(Reason.NOT_LOOKING)
    return _invite(team, person.account.email, person.account, actor, now)


@atomic
def resend(invitation: Invitation, actor: Actor, now: datetime) -> None:
    """A new letter with a new secret; the old one opens nothing any more."""
    hold(invitation.team)
    _hold_open(invitation)
    _send(invitation, invitation.team, actor, now)
    note("team.invited_again", invitation.team, actor, now)


@atomic
def make_link(team: Team, actor: Actor, now: datetime, *, needs_approval: bool = False) -> str:
    """A link for many, in place of the one before. Its secret is returned here and nowhere else."""
    hold(team)
    before = open_invitation_to(team, None)
    if before is not None:
        before.state, before.answered_at = InvitationState.REVOKED, now
        db.session.flush()
    token = secrets.token_urlsafe(32)
    db.session.add(
        Invitation(
            team_id=team.id,
            needs_approval=needs_approval,
            token_hash=hashed(token),
            created_at=now,
            expires_at=now + LASTS,
            invited_by_id=actor.account_id,
        )
    )
    db.session.flush()
    note("team.link_made", team, actor, now, {"needs_approval": needs_approval})
    return token


@atomic
def revoke(invitation: Invitation, actor: Actor, now: datetime) -> None:
    """Take an invitation back, or end the link. Once more changes nothing."""
    hold(invitation.team)
    if lock(invitation, *OF_INVITATION).state == InvitationState.REVOKED:
        return
    _hold_open(invitation)
    invitation.state, invitation.answered_at = InvitationState.REVOKED, now
    note("team.invitation_revoked", invitation.team, actor, now)


@atomic
def accept(invitation: Invitation, actor: Actor, now: datetime) -> JoinRequest | None:
    """Join the team; or, where the link asks for approval, the request that now waits. Twice is once."""
    team = hold(invitation.team)
    lock(invitation, *OF_INVITATION)
    if member_of(team, actor.account_id):
        return None
    account = _addressee(invitation, actor, now)
    if invitation.needs_approval:
        return ask(team, "", actor, now)
    member = admit(team, account.id, actor, now)
    if invitation.email is not None:
        invitation.state, invitation.accepted_by_id = InvitationState.ACCEPTED, account.id
        invitation.answered_at = now
    how = "link" if invitation.email is None else "invitation"
    note("team.joined", team, actor, now, {"how": how, "person": registration_code_of(member)})
    post(emails.joined(team, representative_of(team).account, account), now)
    return None


@atomic
def decline(invitation: Invitation, actor: Actor, now: datetime) -> None:
    """Say no to an invitation that was for oneself. A link is nobody's to decline."""
    hold(invitation.team)
    lock(invitation, *OF_INVITATION)
    if invitation.email is None:
        raise Refused(Reason.INVITATION_GONE)
    _addressee(invitation, actor, now)
    invitation.state, invitation.answered_at = InvitationState.DECLINED, now
    note("team.invitation_declined", invitation.team, actor, now)


def _invite(team: Team, email: str, person: Account | None, actor: Actor, now: datetime) -> Invitation:
    hold(team)
    if has_member_with(team, email):
        raise Refused(Reason.MEMBER_ALREADY)
    rules = team.call.bases.team
    if places_left(rules, size_of(team)) == 0:
        raise Refused(Reason.TEAM_FULL, max=rules.max)
    invitation = open_invitation_to(team, email)
    if invitation is None:
        if len(open_invitations(team)) >= AT_ONCE:
            raise Refused(Reason.TOO_MANY_INVITATIONS, max=AT_ONCE)
        invitation = Invitation(team_id=team.id, email=email, invitee_id=person.id if person else None)
    note("team.invited", team, actor, now)
    _send(invitation, team, actor, now)
    return invitation


def _send(invitation: Invitation, team: Team, actor: Actor, now: datetime) -> None:
    """A fresh secret and its letter. The inviter's language serves those whom nobody knows."""
    if invitation.email is None:
        raise Refused(Reason.INVITATION_GONE)
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.invited_by_id = hashed(token), actor.account_id or 0
    invitation.created_at, invitation.expires_at = now, now + LASTS
    db.session.add(invitation)
    db.session.flush()
    known = account_by_email(invitation.email)
    language = known.language if known else actor.language or "es"
    post(emails.invitation(team, invitation, actor.name, language=language, token=token), now)


def _hold_open(invitation: Invitation) -> None:
    if lock(invitation, *OF_INVITATION).state != InvitationState.OPEN:
        raise Refused(Reason.INVITATION_GONE)


def _addressee(invitation: Invitation, actor: Actor, now: datetime) -> Account:
    """Who answers, when the invitation still stands and is for that person."""
    account = account_by_id(actor.account_id or 0)
    if account is None or not invitation.is_open(now):
        raise Refused(Reason.INVITATION_GONE)
    if invitation.email is not None and invitation.email != account.email:
        raise Refused(Reason.OTHER_ADDRESS)
    return account
