"""What a person decides about work that failed for good."""

from collections.abc import Sequence
from datetime import datetime

from thinkia.db.transaction import atomic
from thinkia.journal.services import record
from thinkia.operations.queries import failed_tasks
from thinkia.outside.outbox import TaskState
from thinkia.policy import Actor


@atomic
def try_again(ids: Sequence[int], actor: Actor, now: datetime) -> list[int]:
    """Let failed tasks run again now, with all their tries: these, or all. Returns which."""
    found = failed_tasks(ids)
    for task in found:
        task.state, task.run_at, task.tries = TaskState.WAITING, now, 0
        record("outbox.tried_again", f"task:{task.id}", actor=actor, now=now)
    return [task.id for task in found]


@atomic
def give_up(ids: Sequence[int], actor: Actor, now: datetime) -> list[int]:
    """Settle these failed tasks without their work being done; the error stays in the row. Returns which."""
    found = failed_tasks(ids) if ids else []
    for task in found:
        task.state, task.outcome = TaskState.DONE, {"given_up": now.isoformat()}
        record("outbox.given_up", f"task:{task.id}", actor=actor, now=now)
    return [task.id for task in found]
