"""Gunicorn's settings: ``gunicorn -c python:thinkia.outside.gunicorn wsgi:app``.

Without a variable that production needs it does not start: workers that cannot would be started again
for ever. The relay of the outbox starts in the worker, after the fork, and stops with it.
"""

from typing import Any

from config import Settings
from thinkia.outside.queue import Relay

worker_class = "gthread"
threads = 8
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 0
accesslog = None
control_socket_disable = True  # two servers of one user would share it; systemd does its work

_relays: list[Relay] = []


def on_starting(_server: Any) -> None:
    """Say in one line what is missing, and do not start."""
    Settings.from_env().stop_if_missing()


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
