"""Every SELECT about teams, saying what it loads."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, or_, select, update
from sqlalchemy.orm import joinedload, selectinload

from thinkia.accounts.models import Account
from thinkia.accounts.queries import hashed, tie_columns, ties
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.formation import alike
from thinkia.domain.lifecycle import InvitationState, RequestState
from thinkia.journal.models import Entry, Pseudonym
from thinkia.policy import Actor, TieKind
from thinkia.policy.actor import MemberRole
from thinkia.registration.models import Registration
from thinkia.teams.models import Invitation, JoinRequest, Member, Team

WITH_CALL = (
    joinedload(Team.call).joinedload(Call.version),
    joinedload(Team.call).joinedload(Call.host),
)
WITH_MEMBERS = selectinload(Team.members).options(joinedload(Member.account), joinedload(Member.registration))
OF_INVITATION = (joinedload(Invitation.team).options(*WITH_CALL), joinedload(Invitation.invitee))
OF_REQUEST = (joinedload(JoinRequest.team).options(*WITH_CALL), joinedload(JoinRequest.account))
HISTORY = 40


@ties
def member_ties() -> Select[Any]:
    return tie_columns(Member.account_id, TieKind.MEMBER, Member.team_id, cast(Member.role, String))


def team_by_code(code: str) -> Team | None:
    """A team with its call, the bases, and its members with account and registration."""
    return db.session.scalar(select(Team).where(Team.code == code).options(*WITH_CALL, WITH_MEMBERS))


def team_of_key(call_id: int, key: str) -> Team | None:
    """The team that has this name in the call."""
    return db.session.scalar(select(Team).where(Team.call_id == call_id, Team.name_key == key))


def teams_of_person(call_id: int, account_id: int | None) -> list[Team]:
    """The teams of a call that a person belongs to. Loads nothing else."""
    return list(
        db.session.scalars(
            select(Team)
            .join(Member, Member.team_id == Team.id)
            .where(Team.call_id == call_id, Member.account_id == account_id)
            .order_by(Member.joined_at, Member.id)
        )
    )


def own_teams(actor: Actor, call: Call | None = None) -> list[Team]:
    """The reader's teams, of one call or of all, the last one joined first. With call, bases, members."""
    statement = (
        select(Team)
        .join(Member, Member.team_id == Team.id)
        .where(Member.account_id == actor.account_id)
        .options(*WITH_CALL, WITH_MEMBERS)
        .order_by(Member.joined_at.desc(), Member.id.desc())
    )
    if call is not None:
        statement = statement.where(Team.call_id == call.id)
    return list(db.session.scalars(statement))


def size_of(team: Team) -> int:
    """How many members there are now."""
    return db.session.scalar(select(func.count(Member.id)).where(Member.team_id == team.id)) or 0


def member_of(team: Team, account_id: int | None) -> Member | None:
    """A person's place in a team, with the account."""
    return db.session.scalar(
        select(Member)
        .where(Member.team_id == team.id, Member.account_id == account_id)
        .options(joinedload(Member.account))
    )


def has_member_with(team: Team, email: str) -> bool:
    """Whether somebody of the team has this address."""
    found = exists().where(Member.team_id == team.id, Member.account_id == Account.id, Account.email == email)
    return bool(db.session.scalar(select(found)))


def representative_of(team: Team) -> Member:
    """Who represents the team, with the account."""
    return db.session.scalars(
        select(Member)
        .where(Member.team_id == team.id, Member.role == MemberRole.REPRESENTATIVE)
        .options(joinedload(Member.account))
    ).one()


def member_in(code: str, person: str) -> Member | None:
    """The member of a team who has this registration, with account, team, call and bases."""
    return db.session.scalar(
        select(Member)
        .join(Member.team)
        .join(Member.registration)
        .where(Team.code == code, Registration.code == person)
        .options(joinedload(Member.account), joinedload(Member.team).options(*WITH_CALL))
    )


def person_looking(call_id: int, person: str) -> Registration | None:
    """Somebody registered in the call, with the account."""
    return db.session.scalar(
        select(Registration)
        .where(
            Registration.call_id == call_id,
            Registration.code == person,
            Registration.withdrawn_at.is_(None),
        )
        .options(joinedload(Registration.account))
    )


def invitation_in(code: str, invitation: str) -> Invitation | None:
    """An invitation of a team, with team, call, bases and the invited person."""
    return db.session.scalar(
        select(Invitation)
        .join(Invitation.team)
        .where(Team.code == code, Invitation.code == invitation)
        .options(*OF_INVITATION)
    )


def invitation_by_token(token: str) -> Invitation | None:
    """What a link leads to, whatever became of it: with who invites, team, members, call and bases."""
    return db.session.scalar(_invitation_to_read().where(Invitation.token_hash == hashed(token)))


def invitation_opened(token: str, actor: Actor) -> Invitation | None:
    """The same; or, by the invitation's code, to the one reader whose proved address it was sent to: being
    signed in with it says as much as having the letter.
    """
    addressee = select(Account.email).where(Account.id == actor.account_id, Account.verified_at.is_not(None))
    return invitation_by_token(token) or db.session.scalar(
        _invitation_to_read().where(Invitation.code == token, Invitation.email == addressee.scalar_subquery())
    )


def _invitation_to_read() -> Select[tuple[Invitation]]:
    return select(Invitation).options(
        joinedload(Invitation.team).options(*WITH_CALL, WITH_MEMBERS), joinedload(Invitation.invited_by)
    )


def open_invitation_to(team: Team, email: str | None) -> Invitation | None:
    """The standing invitation to an address, or the standing link."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.team_id == team.id,
            Invitation.email.is_(None) if email is None else Invitation.email == email,
            Invitation.state == InvitationState.OPEN,
        )
    )


def open_invitations(team: Team) -> list[Invitation]:
    """What was given away and not answered, lapsed ones too; the link last. With the invited person."""
    return list(
        db.session.scalars(
            select(Invitation)
            .where(Invitation.team_id == team.id, Invitation.state == InvitationState.OPEN)
            .options(joinedload(Invitation.invitee))
            .order_by(Invitation.email.is_(None), Invitation.created_at, Invitation.id)
        )
    )


def request_in(code: str, request: str) -> JoinRequest | None:
    """A request to join a team, with who asks, team, call and bases."""
    return db.session.scalar(
        select(JoinRequest)
        .join(JoinRequest.team)
        .where(Team.code == code, JoinRequest.code == request)
        .options(*OF_REQUEST)
    )


def open_request(team: Team, account_id: int | None) -> JoinRequest | None:
    """What a person asked of a team and waits for."""
    return db.session.scalar(
        select(JoinRequest).where(
            JoinRequest.team_id == team.id,
            JoinRequest.account_id == account_id,
            JoinRequest.state == RequestState.OPEN,
        )
    )


def open_requests(team: Team) -> list[JoinRequest]:
    """Who waits for an answer, first come first. With account and registration."""
    return list(
        db.session.scalars(
            select(JoinRequest)
            .where(JoinRequest.team_id == team.id, JoinRequest.state == RequestState.OPEN)
            .options(joinedload(JoinRequest.account), joinedload(JoinRequest.registration))
            .order_by(JoinRequest.created_at, JoinRequest.id)
        )
    )


def closing_requests(call_id: int, account_id: int, now: datetime) -> Any:
    """Takes back what a person asked of every team of the call."""
    teams = select(Team.id).where(Team.call_id == call_id)
    return (
        update(JoinRequest)
        .where(
            JoinRequest.account_id == account_id,
            JoinRequest.state == RequestState.OPEN,
            JoinRequest.team_id.in_(teams),
        )
        .values(state=RequestState.WITHDRAWN, answered_at=now)
    )


def _in_a_team(call: Call) -> ColumnElement[bool]:
    return exists().where(Member.call_id == call.id, Member.account_id == Registration.account_id)


def _members() -> Any:
    return select(func.count(Member.id)).where(Member.team_id == Team.id).scalar_subquery()


def teams_looking(call: Call, words: str = "") -> Select[tuple[Team]]:
    """Teams that look for people and have a place left, the newest first. With members and registrations."""
    statement = select(Team).where(Team.call_id == call.id, Team.is_looking)
    maximum = call.bases.team.max
    if maximum is not None:
        statement = statement.where(_members() < maximum)
    if words:
        named = Team.name_key.contains(alike(words), autoescape=True)
        statement = statement.where(or_(named, Team.about.icontains(words, autoescape=True)))
    return statement.options(WITH_MEMBERS).order_by(Team.created_at.desc(), Team.id.desc())


def people_looking(call: Call, words: str = "") -> Select[tuple[Registration]]:
    """Registered people who look for a team, the newest first. With the account."""
    statement = (
        select(Registration)
        .join(Registration.account)
        .where(Registration.call_id == call.id, Registration.is_looking, Registration.withdrawn_at.is_(None))
    )
    if call.bases.team.one_team_per_person:
        statement = statement.where(~_in_a_team(call))
    if words:
        fields = (Account.name, Account.skills, Registration.about)
        statement = statement.where(or_(*(field.icontains(words, autoescape=True) for field in fields)))
    return statement.options(joinedload(Registration.account)).order_by(
        Registration.registered_at.desc(), Registration.id.desc()
    )


def teams_of_call(call: Call, words: str = "") -> Select[tuple[Team]]:
    """Every team of a call by name, with members and registrations; ``words`` search in the name."""
    statement = select(Team).where(Team.call_id == call.id)
    if words:
        statement = statement.where(Team.name_key.contains(alike(words), autoescape=True))
    return statement.options(WITH_MEMBERS).order_by(Team.name_key, Team.id)


def people_of_call(call: Call, words: str = "") -> Select[Any]:
    """Who is registered, by name: name, province, since when, and the team's name and code."""
    statement = (
        select(
            Account.name,
            Account.province,
            Registration.registered_at,
            Team.name.label("team"),
            Team.code.label("team_code"),
        )
        .select_from(Registration)
        .join(Account, Account.id == Registration.account_id)
        .outerjoin(Member, Member.registration_id == Registration.id)
        .outerjoin(Team, Team.id == Member.team_id)
        .where(Registration.call_id == call.id, Registration.withdrawn_at.is_(None))
    )
    if words:
        statement = statement.where(Team.name_key.contains(alike(words), autoescape=True))
    return statement.order_by(Account.name, Registration.id, Team.id)


def people_by_province(call: Call) -> list[tuple[str | None, int]]:
    """How many registered people live in each province, most first; ``None`` is who did not say."""
    count = func.count(Registration.id)
    rows = db.session.execute(
        select(Account.province, count)
        .join(Registration, Registration.account_id == Account.id)
        .where(Registration.call_id == call.id, Registration.withdrawn_at.is_(None))
        .group_by(Account.province)
        .order_by(count.desc(), func.coalesce(Account.province, "~"))
    )
    return [(province, number) for province, number in rows]


def numbers_of(call: Call) -> Any:
    """How many people are registered, how many of them have a team, and how many teams there are."""
    registered = select(func.count(Registration.id)).where(
        Registration.call_id == call.id, Registration.withdrawn_at.is_(None)
    )
    return db.session.execute(
        select(
            registered.scalar_subquery().label("registered"),
            registered.where(_in_a_team(call)).scalar_subquery().label("placed"),
            select(func.count(Team.id)).where(Team.call_id == call.id).scalar_subquery().label("teams"),
        )
    ).one()


def history_of(team: Team) -> list[Entry]:
    """The last lines of the journal about a team, newest first."""
    return list(
        db.session.scalars(
            select(Entry)
            .where(Entry.object_ref == f"team:{team.code}")
            .order_by(Entry.seq.desc())
            .limit(HISTORY)
        )
    )


def names_of(call_id: int, refs: Iterable[str], codes: Iterable[str]) -> dict[str, str]:
    """Who stands behind the pseudonyms of a call's journal, and behind registrations' codes."""
    by_pseudonym = (
        select(Pseudonym.ref, Account.name)
        .join(Account, Account.id == Pseudonym.account_id)
        .where(Pseudonym.scope == f"call:{call_id}", Pseudonym.ref.in_(set(refs)))
    )
    by_code = (
        select(Registration.code, Account.name)
        .join(Account, Account.id == Registration.account_id)
        .where(Registration.call_id == call_id, Registration.code.in_(set(codes)))
    )
    return dict(db.session.execute(by_pseudonym.union_all(by_code)).tuples().all())


def registration_code_of(member: Member) -> str:
    """The code under which the journal speaks of a member."""
    return db.session.scalar(select(Registration.code).where(Registration.id == member.registration_id)) or ""
