"""SELECTs of exports: what left here, what the tables hold in the modules beside."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import selectinload

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.exports.models import Export
from thinkia.journal.models import Entry

AT_ONCE = 500


def streamed(statement: Select[Any]) -> Iterator[Row[Any]]:
    """The rows of one SELECT, some hundreds at a time, so that memory does not grow with the call."""
    yield from db.session.execute(statement.execution_options(yield_per=AT_ONCE))


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
        .where(Export.call_id == call.id)
        .options(selectinload(Export.purposes))
        .order_by(Export.id.desc())
    )
