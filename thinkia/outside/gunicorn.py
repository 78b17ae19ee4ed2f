"""Gunicorn's settings: ``gunicorn -c python:thinkia.outside.gunicorn wsgi:app``.

The relay of the outbox starts in the worker, after the fork, and stops with it.
"""

from typing import Any

from thinkia.outside.queue import Relay

worker_class = "gthread"
threads = 8
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 0
accesslog = None

_relays: list[Relay] = []


def post_worker_init(worker: Any) -> None:
    """Start the relay of this worker."""
    app = worker.app.wsgi()
    settings = app.config["SETTINGS"]
    if settings.relay:
        relay = Relay(app, settings)
        relay.start()
        _relays.append(relay)


def worker_exit(_server: Any, _worker: Any) -> None:
    """Let the task under way end, then stop."""
    for relay in _relays:
        relay.stop()
