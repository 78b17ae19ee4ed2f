"""SELECTs of exports: what left here, what the tables hold in the modules beside."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.exports.models import Export
from thinkia.journal.models import Entry
from thinkia.jury.models import Mark, Review
from thinkia.outside.mail import Mail
from thinkia.policy import Actor
from thinkia.registration.models import Registration
from thinkia.submissions.models import Submission
from thinkia.teams.models import Member

AT_ONCE = 500
OWN = 10
LONG: Mapping[str, Any] = {
    "registrations": Registration,
    "members": Member,
    "submissions": Submission,
    "panels": Review,
    "reviews_wide": Review,
    "mails": Mail,
}
WITH_ALL = (
    joinedload(Export.call).joinedload(Call.version),
    joinedload(Export.call).joinedload(Call.host),
    joinedload(Export.outbox),
    selectinload(Export.purposes),
)


def streamed(statement: Select[Any]) -> Iterator[Row[Any]]:
    """The rows of one SELECT, some hundreds at a time, so that memory does not grow with the call. What
    belongs to rounds is there of every round.
    """
    yield from db.session.execute(statement.execution_options(yield_per=AT_ONCE, **EVERY_ROUND))


def last_entry(call: Call) -> Row[Any] | None:
    """(seq, hash) of the journal's last line about a call."""
    return db.session.execute(
        select(Entry.seq, Entry.hash).where(Entry.call_id == call.id).order_by(Entry.seq.desc()).limit(1)
    ).first()


def exports_so_far(call: Call) -> Select[tuple[Any, ...]]:
    """(Export, name of who made it), newest first, with what personal data left for."""
    return (
        select(Export, Account.name)
        .outerjoin(Account, Account.id == Export.made_by_id)
        .where(Export.call_id == call.id, Export.rows.is_not(None))
        .options(selectinload(Export.purposes))
        .order_by(Export.id.desc())
    )


def export_in_call(code: str, export: str) -> Export | None:
    """An export of a call by their codes, with the call, its host and bases."""
    statement = select(Export).join(Call, Call.id == Export.call_id)
    return db.session.scalar(statement.where(Call.code == code, Export.code == export).options(*WITH_ALL))


def export_by_code(code: str) -> Export | None:
    """The same by its code, for the background."""
    statement = select(Export).where(Export.code == code).options(*WITH_ALL)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def own_exports(call: Call, actor: Actor, since: datetime) -> Sequence[Export]:
    """What this person asked to have made in the background, newest first; those kept no longer left out."""
    return db.session.scalars(
        select(Export)
        .where(
            *(Export.call_id == call.id, Export.made_by_id == actor.account_id),
            *(Export.outbox_id.is_not(None), Export.asked_at > since),
        )
        .options(joinedload(Export.outbox))
        .order_by(Export.id.desc())
        .limit(OWN)
    ).all()


def last_asked(call: Call, actor: Actor) -> Export | None:
    """What this person asked for last."""
    return db.session.scalar(
        select(Export)
        .where(
            *(Export.call_id == call.id, Export.made_by_id == actor.account_id),
            Export.outbox_id.is_not(None),
        )
        .options(joinedload(Export.outbox), selectinload(Export.purposes))
        .order_by(Export.id.desc())
        .limit(1)
    )


def is_needed(export: Export, now: datetime) -> bool:
    """Whether another export still keeps, or is about to keep, the same file."""
    others = select(Export.id).where(
        *(Export.sha256 == export.sha256, Export.id != export.id, Export.outbox_id.is_not(None)),
        or_(Export.kept_until > now, Export.rows.is_(None)),
    )
    return db.session.scalar(others.limit(1)) is not None


def rows_of(call: Call, tables: Collection[str]) -> int:
    """About how many rows these tables have: those that grow with the call."""
    counts = [
        select(func.count()).select_from(model).where(model.call_id == call.id).scalar_subquery()
        for name, model in LONG.items()
        if name in tables
    ]
    if "reviews" in tables:
        marks = select(func.count()).select_from(Mark).join(Review, Review.id == Mark.review_id)
        counts.append(marks.where(Review.call_id == call.id).scalar_subquery())
    return sum(db.session.execute(select(*counts), execution_options=EVERY_ROUND).one()) if counts else 0
