"""What a juror's browser needs to keep pages: the worker, and the page that stands in for all others."""

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from thinkia.jury.routes.door import bp
from thinkia.web.pages import page
from thinkia.web.security import public


@bp.get("/jury-worker.js")
@public("a script without data, which browsers look at again by themselves")
def worker() -> Response:
    """At the root, so that it may serve reviews and desks; pages name these two as its reach."""
    answer = Response(current_app.extensions["shelf"]["jury-worker.js"].body, mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/jury-offline")
@public("what is shown where there is no connection says nothing about anybody")
def offline() -> ResponseReturnValue:
    return page("jury/offline.html")
