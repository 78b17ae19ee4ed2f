"""Every SELECT about hosts and their staff."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, String, cast, select
from sqlalchemy.orm import joinedload

from thinkia.accounts.models import Account
from thinkia.accounts.queries import tie_columns, ties
from thinkia.db import db
from thinkia.organisations.models import Host, Staff
from thinkia.policy import Actor, TieKind


@ties
def staff_ties() -> Select[Any]:
    return tie_columns(Staff.account_id, TieKind.STAFF, Staff.host_id, cast(Staff.role, String))


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


def every_host() -> Sequence[Host]:
    return db.session.scalars(select(Host).order_by(Host.code)).all()
