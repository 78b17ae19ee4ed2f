"""Asking for exports that take a while, and writing down what left the platform."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import joinedload

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.db.transaction import atomic, lock
from thinkia.exports.models import Export, ExportPurpose, Wanted
from thinkia.exports.queries import last_asked
from thinkia.journal.services import record
from thinkia.outside.outbox import enqueue
from thinkia.policy import Actor

MAKE = "exports.make"  # stand in the outbox: never renamed
FORGET = "exports.forget"
KEPT = timedelta(hours=24)
ONE_CLICK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Left:
    """What left in an export."""

    wanted: Wanted
    rows: int
    sha256: str


@atomic
def note_export(call: Call, left: Left, actor: Actor, now: datetime) -> Export:
    """Add an export to the log; what it was for is in the log and not in the journal."""
    row = _new(call, left.wanted, "", actor, now)
    row.rows, row.read_at, row.sha256 = left.rows, now, left.sha256
    db.session.add(row)
    data = {**_told(row), "rows": left.rows, "sha256": left.sha256}
    record("results.exported", f"call:{call.code}", actor=actor, now=now, call_id=call.id, data=data)
    return row


@atomic
def ask(call: Call, wanted: Wanted, language: str, actor: Actor, now: datetime) -> Export:
    """Have an export made in the background, for this person alone. A second click asks for nothing more."""
    call = lock(call)
    row, last = _new(call, wanted, language, actor, now), last_asked(call, actor)
    if last is not None and not last.has_failed and now - last.asked_at < ONE_CLICK and _alike(last, row):
        return last
    task = enqueue(MAKE, now, dedupe_key=f"{MAKE}:{row.code}", code=row.code)
    row.outbox_id = task.id
    db.session.add(row)
    db.session.flush()
    data = {**_told(row), "export": row.code}
    record("exports.asked", f"call:{call.code}", actor=actor, now=now, call_id=call.id, data=data)
    return row


@atomic
def note_file(export: Export, sha256: str) -> None:
    """Write down which file is about to be kept: whatever happens then, it can be found and removed."""
    lock(export).sha256 = sha256


@atomic
def finish(export: Export, left: Left, name: str, size: int, read_at: datetime, now: datetime) -> None:
    """The file is there: it can be had for a day, then it is deleted. The first to finish counts."""
    row = lock(export, joinedload(Export.call))
    if row.rows is not None:
        return
    row.rows, row.read_at, row.sha256 = left.rows, read_at, left.sha256
    row.name, row.size, row.kept_until = name, size, now + KEPT
    enqueue(FORGET, now, run_at=row.kept_until, dedupe_key=f"{FORGET}:{row.code}", code=row.code)
    data: dict[str, Any] = {"export": row.code, "rows": left.rows, "sha256": left.sha256}
    about, by = f"call:{row.call.code}", Actor.system()
    record("results.exported", about, actor=by, now=now, call_id=row.call_id, data=data)


def _new(call: Call, wanted: Wanted, language: str, actor: Actor, now: datetime) -> Export:
    writing = wanted.writing
    return Export(
        code=new_code(),
        call_id=call.id,
        style=str(wanted.style),
        tables=list(wanted.tables),
        options={"bom": writing.bom, "semicolons": writing.semicolons, "language": language},
        purposes=[ExportPurpose(group=group, purpose=purpose) for group, purpose in wanted.purposes.items()],
        asked_at=now,
        made_by_id=actor.account_id,
    )


def _told(row: Export) -> dict[str, Any]:
    """What the journal says of it: no purpose, for words about people may stand there."""
    groups = sorted(str(each.group) for each in row.purposes)
    return {"style": row.style, "tables": list(row.tables), "groups": groups}


def _alike(one: Export, other: Export) -> bool:
    return (one.style, one.tables, one.options, _purposes(one)) == (
        *(other.style, other.tables, other.options),
        _purposes(other),
    )


def _purposes(row: Export) -> dict[str, str]:
    return {str(each.group): each.purpose for each in row.purposes}
