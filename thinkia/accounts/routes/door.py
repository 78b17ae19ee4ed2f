"""What the pages of this feature share: the browser that asks, and where people go once they are in."""

import hashlib
from typing import Any

from flask import Blueprint, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from thinkia.accounts.models import Token
from thinkia.accounts.queries import hashed
from thinkia.web.devices import browser, here
from thinkia.web.kept import kept_here, kept_text
from thinkia.web.pages import page
from thinkia.web.security import admit, limiter, local_path

__all__ = ["bp", "browser", "here"]

bp = Blueprint("accounts", __name__)


def asked_for(link: Token) -> bool:
    """Whether this browser is the one that asked for the letter."""
    return link.browser_hash == hashed(session.get("browser", ""))


def onward() -> str:
    """Where somebody wanted to go before being asked to sign in."""
    return local_path(request.args.get("next")) or local_path(session.get("next")) or url_for("home.desk")


def enter(token: str) -> ResponseReturnValue:
    """Open the session of a sign-in and go on; to what was being written, where that is carried along."""
    there, kept = onward(), kept_here()
    admit(token)
    if kept is None:
        return redirect(there)
    g.pop("csrf_token", None)  # of the session before
    return page("accounts/go_on.html", kept=kept)


def sent_page(template: str, *, status: int = 200, **context: Any) -> ResponseReturnValue:
    """Say that a letter is on its way, to whatever address was typed."""
    folder = url_for("development.letters") if "development.letters" in current_app.view_functions else ""
    to = session.get("sent_to", "")
    return page(template, status=status, to=to, folder=folder, kept=kept_text(), **context)


def gone_page(*, signs_in: bool = False) -> ResponseReturnValue:
    """Say that a link of a letter was used or lapsed, and where the next one comes from."""
    return page("accounts/link_gone.html", status=409, signs_in=signs_in)


def _asked() -> str:
    return hashlib.sha256(request.form.get("email", "").strip().lower().encode()).hexdigest()


# Letters are asked for by anybody: few for one address, more from one place, where a school may sit.
few_letters = limiter.limit("20 per hour", key_func=_asked, methods=["POST"])
some_letters_from_here = limiter.limit("60 per hour", methods=["POST"])
tries_from_here = limiter.limit("100 per 15 minutes", methods=["POST"])
