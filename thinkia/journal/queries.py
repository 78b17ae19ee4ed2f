"""What the journal answers."""

from sqlalchemy import Select, select

from thinkia.db import db
from thinkia.journal.models import Entry, Pseudonym


def pseudonym(scope: str, account_id: int) -> Pseudonym | None:
    return db.session.get(Pseudonym, (scope, account_id))


def entries_of_call(call_id: int) -> Select[tuple[Entry]]:
    """A call's lines, newest first. Loads nothing else."""
    return select(Entry).where(Entry.call_id == call_id).order_by(Entry.seq.desc())


def entries_about(object_ref: str) -> Select[tuple[Entry]]:
    """The lines about one object, oldest first."""
    return select(Entry).where(Entry.object_ref == object_ref).order_by(Entry.seq)
