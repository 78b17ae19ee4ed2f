"""Every SELECT about calls, saying what it loads."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import defer, joinedload

from thinkia.calls.models import BasesVersion, Call, CallWindow, Challenge
from thinkia.db import db
from thinkia.domain.bases import WindowKind
from thinkia.domain.lifecycle import CallState
from thinkia.organisations.models import Host
from thinkia.policy import Actor, TieKind

WITH_BASES = (joinedload(Call.version), joinedload(Call.host))


def call_by_code(code: str) -> Call | None:
    """A call with its host and the bases in force."""
    return db.session.scalar(select(Call).where(Call.code == code).options(*WITH_BASES))


def call_by_id(call_id: int) -> Call | None:
    """A call with its host and the bases in force."""
    return db.session.scalar(select(Call).where(Call.id == call_id).options(*WITH_BASES))


def is_open(kind: WindowKind, now: datetime) -> ColumnElement[bool]:
    """In SQL, what ``phases.open_windows`` says of one window: opening included, closing not."""
    return exists().where(
        CallWindow.call_id == Call.id,
        CallWindow.kind == kind,
        CallWindow.opens <= now,
        CallWindow.closes > now,
    )


def closing_of_submissions() -> ColumnElement[datetime]:
    """When a call stops taking submissions: what lists order by."""
    return (
        select(CallWindow.closes)
        .where(CallWindow.call_id == Call.id, CallWindow.kind == WindowKind.SUBMISSION)
        .scalar_subquery()
    )


def open_calls(now: datetime) -> Select[tuple[Call]]:
    """Published calls that people can enter or answer now, the next to close first. With host and bases."""
    takes_people = is_open(WindowKind.REGISTRATION, now) | is_open(WindowKind.SUBMISSION, now)
    return (
        select(Call)
        .where(Call.state == CallState.PUBLISHED, takes_people, Call.results_published_at.is_(None))
        .options(*WITH_BASES)
        .order_by(closing_of_submissions(), Call.id)
    )


def calls_under_way(now: datetime) -> Select[tuple[Call]]:
    """Published calls that take nobody now and have no result: announced, in evaluation, being decided."""
    takes_people = is_open(WindowKind.REGISTRATION, now) | is_open(WindowKind.SUBMISSION, now)
    return (
        select(Call)
        .where(Call.state == CallState.PUBLISHED, ~takes_people, Call.results_published_at.is_(None))
        .options(*WITH_BASES)
        .order_by(Call.published_at.desc(), Call.id.desc())
    )


def calls_with_results() -> Select[tuple[Call]]:
    """Calls whose result is public, the newest first."""
    return (
        select(Call)
        .where(Call.results_published_at.is_not(None))
        .options(*WITH_BASES)
        .order_by(Call.results_published_at.desc(), Call.id.desc())
    )


def public_calls() -> Select[tuple[Call]]:
    """Every call that the public may know, cancelled ones too, the newest first."""
    return (
        select(Call)
        .where(Call.state != CallState.DRAFT)
        .options(*WITH_BASES)
        .order_by(Call.published_at.desc(), Call.id.desc())
    )


def every_call() -> list[Call]:
    """All calls of the installation, for its operators."""
    return list(db.session.scalars(select(Call).options(*WITH_BASES).order_by(Call.code)))


def calls_of_staff(actor: Actor) -> Select[tuple[Call]]:
    """Every call of the hosts that the actor works for, newest first. With host and bases."""
    return (
        select(Call)
        .where(Call.host_id.in_(actor.places(TieKind.STAFF)))
        .options(*WITH_BASES)
        .order_by(Call.created_at.desc(), Call.id.desc())
    )


def calls_of_host(host: Host) -> list[Call]:
    """A host's calls, newest first, to start another one from."""
    statement = select(Call).where(Call.host_id == host.id).options(*WITH_BASES)
    return list(db.session.scalars(statement.order_by(Call.created_at.desc(), Call.id.desc()).limit(50)))


def draft_version(call: Call) -> BasesVersion | None:
    """The unpublished version: a draft call's bases, or the change being prepared."""
    return db.session.scalar(
        select(BasesVersion).where(BasesVersion.call_id == call.id, BasesVersion.published_at.is_(None))
    )


def version_to_edit(call: Call) -> BasesVersion | None:
    """What an editor starts from: the change being prepared, or the bases as they are."""
    return draft_version(call) or call.version


def published_versions(call: Call) -> list[BasesVersion]:
    """Every version that was ever in force, newest first, without its text."""
    return list(
        db.session.scalars(
            select(BasesVersion)
            .where(BasesVersion.call_id == call.id, BasesVersion.published_at.is_not(None))
            .options(defer(BasesVersion.content))
            .order_by(BasesVersion.number.desc())
        )
    )


def published_version(code: str, number: int) -> BasesVersion | None:
    """One version that was in force, with its call."""
    return db.session.scalar(
        select(BasesVersion)
        .join(Call, Call.id == BasesVersion.call_id)
        .where(Call.code == code, BasesVersion.number == number, BasesVersion.published_at.is_not(None))
        .options(
            joinedload(BasesVersion.call).joinedload(Call.version),
            joinedload(BasesVersion.call).joinedload(Call.host),
        )
    )


def version_by_id(version_id: int) -> BasesVersion | None:
    """A version with its call."""
    return db.session.scalar(
        select(BasesVersion)
        .where(BasesVersion.id == version_id)
        .options(joinedload(BasesVersion.call).joinedload(Call.version))
    )


def version_before(version: BasesVersion) -> BasesVersion | None:
    """The version that was in force until this one was."""
    return db.session.scalar(
        select(BasesVersion)
        .where(
            BasesVersion.call_id == version.call_id,
            BasesVersion.number < version.number,
            BasesVersion.published_at.is_not(None),
        )
        .order_by(BasesVersion.number.desc())
        .limit(1)
    )


def last_number(call: Call) -> int:
    """The number of the newest version, published or not; 0 when there is none."""
    newest = select(func.max(BasesVersion.number)).where(BasesVersion.call_id == call.id)
    return db.session.scalar(newest) or 0


def challenges_of(call: Call) -> list[Challenge]:
    """The challenges, open or closed, in the order of the bases."""
    statement = (
        select(Challenge).where(Challenge.call_id == call.id).order_by(Challenge.position, Challenge.id)
    )
    return list(db.session.scalars(statement))
