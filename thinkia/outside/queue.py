"""Who drains the outbox: a thread of this process, or RQ workers."""

import logging
import threading
from typing import TYPE_CHECKING

from flask import Flask
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer
from sqlalchemy.exc import OperationalError, ProgrammingError

from thinkia import clock
from thinkia.db.transaction import end_reading
from thinkia.outside import outbox

if TYPE_CHECKING:
    from config import Settings

log = logging.getLogger(__name__)
QUEUE = "thinkia"
# What RQ remembers of a job keeps the same task from being handed over again. The outbox is the memory:
# RQ forgets a job that is done at once, and one that failed (a worker killed, no database) after a minute.
JOB = {"job_timeout": int(outbox.LEASE.total_seconds()), "result_ttl": 0, "failure_ttl": 60}


def drain(app: Flask, limit: int = 50) -> int:
    """Run what is due in this process, now. Returns how many tasks ran to their end."""
    with app.app_context():
        return sum(outbox.run_task(task_id, clock.now) for task_id in _due(limit))


def hand_over(app: Flask, connection: "Redis", limit: int = 50) -> int:
    """Give RQ the ids of what is due. A job of the same id is already on its way: that is success."""
    queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)
    handed = 0
    with app.app_context():
        for task_id in _due(limit):
            try:
                queue.enqueue(run_in_worker, task_id, job_id=f"ob-{task_id}", unique=True, **JOB)
            except DuplicateJobError:
                continue
            handed += 1
    return handed


def run_in_worker(task_id: int) -> bool:
    """What an RQ worker runs: the same ``run_task`` as everywhere, in an application of its own."""
    from wsgi import app  # noqa: PLC0415 - the worker's application exists only in the worker

    with app.app_context():
        return outbox.run_task(task_id, clock.now)


def _due(limit: int) -> list[int]:
    ids = outbox.due(clock.now(), limit)
    end_reading()
    return ids


class Relay:
    """A thread that looks for work when told, and every few seconds anyway."""

    def __init__(self, app: Flask, settings: "Settings", *, pause: float = 5.0) -> None:
        self.app, self.pause = app, pause
        self.redis = Redis.from_url(settings.redis_url) if settings.redis_url else None
        self.wake = threading.Event()
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, name="outbox-relay", daemon=True)

    def start(self) -> None:
        outbox.on_enqueue(self.wake.set)
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.wake.set()
        self.thread.join(timeout=10)
        outbox.forget_relays()

    def _run(self) -> None:
        while not self.stopping.is_set():
            self.wake.clear()
            try:
                while self._once():
                    pass
            except (OperationalError, ProgrammingError, RedisError) as error:
                log.warning("the relay could not look for work and will try again: %s", error.args[0])
            except Exception:
                log.exception("the relay stumbled and will try again")
            self.wake.wait(self.pause)

    def _once(self) -> int:
        return hand_over(self.app, self.redis) if self.redis else drain(self.app)
