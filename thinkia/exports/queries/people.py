"""SELECTs of the tables of people: who registered, teams and their members, jurors, letters."""

from typing import Any

from sqlalchemy import Select, func, select

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.jury.models import Juror
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import OutboxTask
from thinkia.policy.actor import MemberRole
from thinkia.registration.models import Registration
from thinkia.teams.models import Member, Team


def registration_rows(call: Call) -> Select[Any]:
    """Everybody who entered the call, also who withdrew, with the team there is."""
    return (
        select(
            *(Registration.code, Registration.registered_at, Registration.withdrawn_at),
            *(Registration.consent_version, Registration.is_looking, Team.code.label("team")),
            *(Account.name, Account.sector, Account.institution, Account.province, Account.canton),
            *(Registration.about, Account.email, Account.birth_date, Registration.attributes),
        )
        .join(Account, Account.id == Registration.account_id)
        .outerjoin(Member, Member.registration_id == Registration.id)
        .outerjoin(Team, Team.id == Member.team_id)
        .where(Registration.call_id == call.id)
        .order_by(Registration.code, Team.code)
    )


def team_rows(call: Call) -> Select[Any]:
    """(code, name, about, created_at, members, representative), by code."""
    count = select(func.count(Member.id)).where(Member.team_id == Team.id).scalar_subquery()
    representative = (
        select(Account.name)
        .join(Member, Member.account_id == Account.id)
        .where(Member.team_id == Team.id, Member.role == MemberRole.REPRESENTATIVE)
        .scalar_subquery()
    )
    return (
        select(Team.code, Team.name, Team.about, Team.created_at, count, representative)
        .where(Team.call_id == call.id)
        .order_by(Team.code)
    )


def member_rows(call: Call) -> Select[Any]:
    """A person in a team each, with the e-mail address: whoever writes the table leaves it out or not."""
    return (
        select(
            Team.code,
            Team.name.label("team"),
            Account.name.label("person"),
            Member.role,
            Account.sector,
            Account.institution,
            Account.province,
            Account.canton,
            Member.joined_at,
            Account.email,
        )
        .join(Team, Team.id == Member.team_id)
        .join(Account, Account.id == Member.account_id)
        .where(Member.call_id == call.id)
        .order_by(Team.code, Member.joined_at, Member.id)
    )


def juror_rows(call: Call) -> Select[Any]:
    """(code, name, sector, institution, role, state, email), by code."""
    return (
        select(
            *(Juror.code, Juror.name, Juror.sector, Juror.evaluators, Juror.institution, Juror.role),
            *(Juror.state, Juror.email),
        )
        .where(Juror.call_id == call.id)
        .order_by(Juror.code)
    )


def mail_rows(call: Call) -> Select[Any]:
    """Every letter about the call, without what it says."""
    return (
        select(
            *(Mail.template, Mail.language, Mail.written_at, Mail.delivered_at, OutboxTask.state),
            *(Mail.subject, Mail.to),
        )
        .outerjoin(OutboxTask, OutboxTask.id == Mail.outbox_id)
        .where(Mail.call_id == call.id)
        .order_by(Mail.id)
    )
