"""Every SELECT about acts that two persons decide."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from thinkia.agreements import hooks
from thinkia.agreements.hooks import Second
from thinkia.agreements.models import Agreement, SecondRole
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.lifecycle import AgreementState
from thinkia.organisations.models import Host, Staff
from thinkia.organisations.models import Second as NamedSecond
from thinkia.organisations.queries import officers_of, seconds_named
from thinkia.policy import Action, Actor, TieKind, allowed

WITH_ALL = (
    joinedload(Agreement.call).joinedload(Call.version),
    joinedload(Agreement.call).joinedload(Call.host),
    joinedload(Agreement.asked_by),
    joinedload(Agreement.decided_by),
)
SHOWN = 50  # on a desk


def agreement_by_code(code: str) -> Agreement | None:
    """An act that waits or was decided, with its call, its people, and who may not decide it."""
    found = db.session.scalar(select(Agreement).where(Agreement.code == code).options(*WITH_ALL))
    if found is not None:
        hooks.bar([found])
    return found


def agreement_by_id(agreement_id: int) -> Agreement | None:
    """The same by its number, for work that is done later."""
    return db.session.scalar(select(Agreement).where(Agreement.id == agreement_id).options(*WITH_ALL))


def asked_for(kind: str, object_ref: str) -> Agreement | None:
    """The one that was asked for, lapsed or not, that nobody has decided."""
    return db.session.scalar(
        select(Agreement).where(
            Agreement.kind == kind,
            Agreement.object_ref == object_ref,
            Agreement.state == AgreementState.ASKED,
        )
    )


def waiting_about(refs: Sequence[str], now: datetime) -> dict[str, Agreement]:
    """Object → what waits for a second person about it now: for pages that show the objects."""
    rows = db.session.scalars(select(Agreement).where(Agreement.object_ref.in_(refs), *_waits(now)))
    return {row.object_ref: row for row in rows}


def agreements_of(call: Call) -> Select[tuple[Agreement]]:
    """Everything that was ever asked for in a call, the newest first, with its people."""
    return (
        select(Agreement)
        .where(Agreement.call_id == call.id)
        .options(joinedload(Agreement.asked_by), joinedload(Agreement.decided_by))
        .order_by(Agreement.asked_at.desc(), Agreement.id.desc())
    )


def how_many_wait(call: Call, now: datetime) -> int:
    """How many acts of a call wait for a second person."""
    return (
        db.session.scalar(
            select(func.count()).where(Agreement.call_id == call.id, *_waits(now)).select_from(Agreement)
        )
        or 0
    )


def waiting_for(actor: Actor, now: datetime) -> list[Agreement]:
    """What this person could confirm now, the first to lapse first. With call, bases and who asked."""
    hosts = actor.places(TieKind.STAFF) | actor.places(TieKind.SECOND)
    mine = or_(Call.host_id.in_(hosts), Call.id.in_(actor.places(TieKind.JUROR)))
    found = db.session.scalars(
        select(Agreement)
        .join(Call, Call.id == Agreement.call_id)
        .where(mine, Agreement.asked_by_id != actor.account_id, *_waits(now))
        .options(*WITH_ALL)
        .order_by(Agreement.expires_at, Agreement.id)
        .limit(SHOWN)
    ).all()
    hooks.bar(found)
    return [each for each in found if allowed(Action.AGREEMENT_DECIDE, actor, each, now)]


def seconds_of(call: Call) -> list[Second]:
    """Everybody who may be second in this call, each once, as the host says. The call comes with its host."""
    known: dict[int, Second] = {}
    for second in (*_officers(call.host), *_seated(call), *_named(call.host)):
        known.setdefault(second.account_id, second)
    return list(known.values())


def _officers(host: Host) -> list[Second]:
    if not host.second_by_staff:
        return []
    return [_second(row, SecondRole.STAFF) for row in officers_of(host)]


def _seated(call: Call) -> list[Second]:
    wanted = set()
    if call.host.second_by_chair:
        wanted.add(SecondRole.CHAIR)
    if call.host.second_by_secretary:
        wanted.add(SecondRole.SECRETARY)
    return [second for second in hooks.seats_of(call) if second.role in wanted] if wanted else []


def _named(host: Host) -> list[Second]:
    return [_second(row, SecondRole.NAMED) for row in seconds_named(host)]


def _second(row: Staff | NamedSecond, role: SecondRole) -> Second:
    """Somebody of a host, or named by one, as who may confirm."""
    person = row.account
    return Second(row.account_id, person.name, person.email, person.language, role, row.since)


def _waits(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Agreement.state == AgreementState.ASKED, Agreement.expires_at > now
