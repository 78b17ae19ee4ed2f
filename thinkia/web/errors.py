"""What goes wrong, in the reader's words, with pages that need no database."""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from flask import Flask, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from thinkia.domain.reasons import Reason, Refused
from thinkia.policy import Denied
from thinkia.web.kept import has_ended_meanwhile, keep
from thinkia.web.pages import page
from thinkia.web.security import SessionEndedError, forget_actor

log = logging.getLogger(__name__)
_sentences: dict[Reason, Any] = {}
PAGES = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500, 503})


def tell(sentences: Mapping[Reason, Any]) -> None:
    """Register a feature's sentences for its refusals: lazy strings with ``%(name)s`` of the details."""
    _sentences.update(sentences)


def sentence(refused: Refused) -> str:
    """A refusal as one sentence that says what to do, in the reader's language."""
    words = _sentences[refused.reason]
    return str(words) % refused.details if refused.details else str(words)


def told() -> frozenset[Reason]:
    """The refusals that have a sentence."""
    return frozenset(_sentences)


def error_page(status: int, *, message: str = "", reference: str = "") -> ResponseReturnValue:
    """The page of an error code."""
    known = status if status in PAGES else 400 if status < 500 else 500
    try:
        return page(f"errors/{known}.html", status=status, message=message, reference=reference)
    except OperationalError as error:
        return _unavailable(error)


def _unavailable(error: OperationalError) -> ResponseReturnValue:
    """The database does not answer: say so without it, and when to come back."""
    log.error("the database did not answer %s: %s", request.path, error.args[0])
    forget_actor()
    response = make_response(page("errors/503.html", status=503))
    response.headers["Retry-After"] = "30"
    return response


def _session_ended(_error: Exception) -> ResponseReturnValue:
    """To the sign-in page, with what was typed where something was."""
    kept = keep()
    if not kept:
        return redirect(url_for("accounts.sign_in"))
    return page("errors/session_ended.html", status=401, kept=kept)


def _token_wrong(error: CSRFError) -> ResponseReturnValue:
    """The token is of a session that is over; otherwise nobody knows where the form came from."""
    return _session_ended(error) if has_ended_meanwhile() else error_page(400)


def init_errors(app: Flask) -> None:
    """Wire the pages of refusals, denials, HTTP errors and bugs."""

    @app.errorhandler(Denied)
    def _denied(denied: Denied) -> ResponseReturnValue:
        log.info("denied %s by %s", denied.action, denied.rule_name)
        return error_page(404 if denied.hidden else 403)

    app.register_error_handler(SessionEndedError, _session_ended)
    app.register_error_handler(CSRFError, _token_wrong)

    @app.errorhandler(Refused)
    def _refused(refused: Refused) -> ResponseReturnValue:
        return error_page(409, message=sentence(refused))

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error
        return error_page(error.code)

    app.register_error_handler(OperationalError, _unavailable)

    @app.errorhandler(Exception)
    def _bug(error: Exception) -> ResponseReturnValue:
        reference = secrets.token_hex(4)
        log.error("%s %s failed (%s)", request.method, request.path, reference, exc_info=error)
        forget_actor()
        return error_page(500, reference=reference)
