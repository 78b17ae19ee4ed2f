"""Gunicorn's settings for ``make run``: one worker with threads, on this machine only.

The port is ``PORT``, or 8000; when it is taken, the next free one. The secret is made once and kept
beside the data, so that a restart signs nobody out.
"""

import os
import secrets
import socket

from config import Settings
from thinkia.outside.gunicorn import (  # noqa: F401 - settings too
    control_socket_disable,
    on_starting,
    post_worker_init,
    threads,
    worker_class,
    worker_exit,
)


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _first_free(wanted: int) -> int:
    return next((port for port in range(wanted, wanted + 100) if _free(port)), wanted)


def _secret() -> str:
    kept = Settings.from_env().data / "secret"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(32))
    return kept.read_text()


bind = f"127.0.0.1:{_first_free(int(os.environ.get('PORT') or 8000))}"
workers = 1
loglevel = "warning"
os.environ.setdefault("THINKIA_BASE_URL", f"http://{bind}")
os.environ.setdefault("THINKIA_SECRET", _secret())


def when_ready(server: object) -> None:
    """Say where to look, once somebody answers there."""
    del server
    print(f"\n  Thinkia is at http://{bind}/   (Ctrl+C stops it)\n", flush=True)  # noqa: T201 - for a person
