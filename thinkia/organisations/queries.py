"""Every SELECT about hosts and their staff."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, literal, select
from sqlalchemy.orm import aliased, joinedload

from thinkia.accounts.models import Account
from thinkia.accounts.queries import tie_columns, ties
from thinkia.db import db
from thinkia.organisations.models import Host, Second, Staff
from thinkia.policy import Actor, TieKind
from thinkia.policy.actor import StaffRole


@ties
def staff_ties() -> Select[Any]:
    return tie_columns(Staff.account_id, TieKind.STAFF, Staff.host_id, cast(Staff.role, String))


@ties
def second_ties() -> Select[Any]:
    return tie_columns(Second.account_id, TieKind.SECOND, Second.host_id, literal(""))


def host_by_code(code: str) -> Host | None:
    return db.session.scalar(select(Host).where(Host.code == code))


def hosts_of(actor: Actor) -> list[Host]:
    """The hosts that the actor works for."""
    return list(
        db.session.scalars(select(Host).where(Host.id.in_(actor.places(TieKind.STAFF))).order_by(Host.name))
    )


def staff_of(host: Host) -> Sequence[Staff]:
    """Who works for a host, with their accounts, by name."""
    statement = select(Staff).join(Staff.account).where(Staff.host_id == host.id)
    return db.session.scalars(
        statement.options(joinedload(Staff.account)).order_by(Account.name, Account.id)
    ).all()


def staff_by_email(host: Host, email: str) -> Staff | None:
    """The place of this person on a host's staff, with the account."""
    statement = select(Staff).join(Staff.account).where(Staff.host_id == host.id, Account.email == email)
    return db.session.scalar(statement.options(joinedload(Staff.account)))


def seconds_named(host: Host) -> Sequence[Second]:
    """Whom a host names among the officers of other hosts, with their accounts, by name.

    Who works for no other host any more is not among them.
    """
    statement = select(Second).join(Second.account).where(Second.host_id == host.id, _works_elsewhere(host))
    return db.session.scalars(
        statement.options(joinedload(Second.account)).order_by(Account.name, Account.id)
    ).all()


def second_by_email(host: Host, email: str) -> Second | None:
    """Somebody whom a host names, whether still an officer of another host or not, with the account."""
    statement = select(Second).join(Second.account).where(Second.host_id == host.id, Account.email == email)
    return db.session.scalar(statement.options(joinedload(Second.account)))


def officer_elsewhere(host: Host, email: str) -> Account | None:
    """The account of an address, if it can sign in and decides for a host other than this one."""
    proved = (Account.email == email, Account.verified_at.is_not(None))
    return db.session.scalar(select(Account).where(*proved, _works_elsewhere(host)))


def officers_of(host: Host) -> Sequence[Staff]:
    """Who decides for a host and can sign in, with their accounts, by name."""
    statement = select(Staff).join(Staff.account)
    statement = statement.where(Staff.host_id == host.id, _decides(Staff), Account.verified_at.is_not(None))
    return db.session.scalars(
        statement.options(joinedload(Staff.account)).order_by(Account.name, Account.id)
    ).all()


def _works_elsewhere(host: Host) -> ColumnElement[bool]:
    other = aliased(Staff)
    return exists().where(other.account_id == Account.id, other.host_id != host.id, _decides(other))


def _decides(staff: Any) -> ColumnElement[bool]:
    decides: ColumnElement[bool] = staff.role.in_((StaffRole.OWNER, StaffRole.ORGANISER))
    return decides


def every_host() -> Sequence[Host]:
    return db.session.scalars(select(Host).order_by(Host.code)).all()
