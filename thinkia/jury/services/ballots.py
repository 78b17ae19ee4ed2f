"""Ballots are printed: one juror's at once, everybody's in the background."""

from datetime import datetime, timedelta

from thinkia.calls.models import Call
from thinkia.db.codes import new_code
from thinkia.db.transaction import atomic, lock
from thinkia.journal.services import record
from thinkia.jury.models import Juror
from thinkia.jury.queries.paper import PRINT, last_print
from thinkia.outside.outbox import OutboxTask, TaskState, enqueue
from thinkia.policy import Actor

FORGET = "jury.forget_ballots"
KEPT = timedelta(days=3)  # the archive of all ballots


@atomic
def print_all(call: Call, actor: Actor, now: datetime) -> OutboxTask:
    """Ask for everybody's ballots. While they are being made, asking again is the same."""
    call = lock(call)
    last = last_print(call.id)
    if last is not None and last.state in {TaskState.WAITING, TaskState.RUNNING}:
        return last
    key = f"{PRINT}:{call.id}:{new_code()}"
    asked = enqueue(PRINT, now, dedupe_key=key, call_id=call.id, key=key)
    enqueue(FORGET, now, run_at=now + KEPT, key=key)
    record("jury.ballots_printed", f"call:{call.code}", actor=actor, now=now, call_id=call.id)
    return asked


@atomic
def note_print(juror: Juror, count: int, actor: Actor, now: datetime) -> None:
    """One juror's ballots were made."""
    about = f"juror:{juror.code}"
    data = {"ballots": count}
    record("jury.ballots_printed", about, actor=actor, now=now, call_id=juror.call_id, data=data)
