"""Work that must not be lost. A task is a row written in the business transaction; a relay runs it later.

``enqueue`` writes the row. In production the relay hands the id to RQ, embedded a thread of the web
process runs it; both end in ``run_task``. A task takes ids, re-reads state, may run twice without
harm, and may report its progress in the row, so a page can show it in both modes.
"""

import traceback
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String, Text, Update, select, update
from sqlalchemy.orm import Mapped, mapped_column

from thinkia import clock
from thinkia.db import Base, db
from thinkia.db.transaction import afterwards, aside, end_reading, transaction

LEASE = timedelta(minutes=10)
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 2880))

Task = Callable[..., Mapping[str, Any] | None]
_tasks: dict[str, Task] = {}
_wake: list[Callable[[], object]] = []


class TaskState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class OutboxTask(Base):
    """One piece of work to be done after the transaction that asked for it."""

    __tablename__ = "outbox_task"
    __table_args__ = (Index("ix_outbox_task_due", "state", "run_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task: Mapped[str] = mapped_column(String(80))
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    run_at: Mapped[datetime]
    state: Mapped[TaskState] = mapped_column(default=TaskState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    dedupe_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime]


def task(name: str) -> Callable[[Task], Task]:
    """Register what runs under a name. Names are stored, so they never change."""

    def register(function: Task) -> Task:
        _tasks[name] = function
        return function

    return register


def enqueue(
    name: str, now: datetime, *, run_at: datetime | None = None, dedupe_key: str | None = None, **args: Any
) -> OutboxTask:
    """Ask for a task, in the transaction under way. The same ``dedupe_key`` asks once, for ever."""
    if dedupe_key and (known := asked(dedupe_key)):
        return known
    row = OutboxTask(task=name, args=args, run_at=run_at or now, created_at=now, dedupe_key=dedupe_key)
    db.session.add(row)
    db.session.flush()
    for wake in _wake:
        afterwards(wake)
    return row


def asked(dedupe_key: str) -> OutboxTask | None:
    """The task that was asked for under a key, whatever became of it."""
    return db.session.scalar(select(OutboxTask).where(OutboxTask.dedupe_key == dedupe_key))


def try_again(row: OutboxTask, now: datetime) -> None:
    """Let a task that failed for good begin anew, in the transaction under way."""
    if row.state is TaskState.FAILED:
        row.state, row.run_at, row.tries = TaskState.WAITING, now, 0
        for wake in _wake:
            afterwards(wake)


def on_enqueue(wake: Callable[[], object]) -> None:
    """Let a relay know that there may be work. A hint: relays also look by themselves."""
    _wake.append(wake)


def forget_relays() -> None:
    """Stop telling relays: for a process that closes."""
    _wake.clear()


def due(now: datetime, limit: int = 50) -> list[int]:
    """Ids of the tasks that wait, or whose worker was lost, oldest first."""
    waiting = (OutboxTask.state == TaskState.WAITING) & (OutboxTask.run_at <= now)
    lost = (OutboxTask.state == TaskState.RUNNING) & (OutboxTask.lease_until < now)
    order = (OutboxTask.run_at, OutboxTask.id)
    return list(db.session.scalars(select(OutboxTask.id).where(waiting | lost).order_by(*order).limit(limit)))


def run_task(task_id: int, now: Callable[[], datetime]) -> bool:
    """Run one task if it is due and free. ``True`` when it ran to its end, now or before."""
    row = _claim(task_id, now())
    if row is None:
        return False
    try:
        outcome = _tasks[row.task](**row.args)
    except Exception:  # noqa: BLE001 - whatever a task raises is written down and tried again
        end_reading()
        _failed(task_id, traceback.format_exc(limit=8), now())
        return False
    with transaction():
        db.session.execute(
            update(OutboxTask)
            .where(OutboxTask.id == task_id)
            .values(state=TaskState.DONE, outcome=dict(outcome or {}), last_error=None, lease_until=None)
        )
    return True


def report(task_id: int, progress: Mapping[str, Any]) -> None:
    """Write down how far a long task is, for the page that waits for it; the lease starts anew."""
    with transaction():
        db.session.execute(_so_far(task_id, progress))


def report_aside(task_id: int, progress: Mapping[str, Any]) -> None:
    """The same while the task reads in one snapshot, which must not end."""
    with aside() as connection:
        connection.execute(_so_far(task_id, progress))


def _so_far(task_id: int, progress: Mapping[str, Any]) -> Update:
    values = {"outcome": dict(progress), "lease_until": clock.now() + LEASE}
    return update(OutboxTask).where(OutboxTask.id == task_id).values(values)


def _claim(task_id: int, now: datetime) -> OutboxTask | None:
    """Take the task for this worker alone: of several that try, one gets it."""
    free = (OutboxTask.state == TaskState.WAITING) | (
        (OutboxTask.state == TaskState.RUNNING) & (OutboxTask.lease_until < now)
    )
    with transaction():
        claimed = db.session.execute(
            update(OutboxTask)
            .where(OutboxTask.id == task_id, OutboxTask.run_at <= now, free)
            .values(state=TaskState.RUNNING, tries=OutboxTask.tries + 1, lease_until=now + LEASE)
            .execution_options(synchronize_session=False)
            .returning(OutboxTask.id)
        ).one_or_none()
    if claimed is None:
        return None
    return db.session.get(OutboxTask, task_id, populate_existing=True)


def _failed(task_id: int, error: str, now: datetime) -> None:
    with transaction():
        row = db.session.get_one(OutboxTask, task_id, populate_existing=True)
        row.last_error, row.lease_until = error, None
        if row.tries > len(RETRIES):
            row.state = TaskState.FAILED
        else:
            row.state, row.run_at = TaskState.WAITING, now + RETRIES[row.tries - 1]
