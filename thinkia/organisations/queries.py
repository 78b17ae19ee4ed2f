"""Every SELECT about hosts and their staff."""

from typing import Any

from sqlalchemy import Select, String, cast, select

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
