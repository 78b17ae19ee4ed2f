"""What gunicorn serves here instead of ``wsgi:app``: the same application, and each answer says what it cost.

``X-Queries`` is the number of statements sent to the database, ``X-CPU-ns`` the processor time of the thread
that answered, up to the first byte of the answer (a page is whole by then). ``BARE`` is a Flask route that
does nothing, in the same process and under the same wrapping: the unit of processor time.
"""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from wsgi import app

BARE = "/-bare"
NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")

_sent = threading.local()
_bare = Flask("bare", static_folder=None)


@_bare.get(BARE)
def nothing() -> str:
    return "ok"


@event.listens_for(Engine, "before_cursor_execute")
def _count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if not statement.startswith(NOT_COUNTED):
        _sent.queries = getattr(_sent, "queries", 0) + 1


def _measured(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One request."""
    _sent.queries, began = 0, time.thread_time_ns()

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        spent = time.thread_time_ns() - began
        cost = [("X-Queries", str(_sent.queries)), ("X-CPU-ns", str(spent))]
        return start_response(status, [*headers, *cost], *rest)

    answering = _bare if environ["PATH_INFO"] == BARE else _thinkia
    return answering(environ, start)


_thinkia, app.wsgi_app = app.wsgi_app, _measured
