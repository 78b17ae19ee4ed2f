"""The door. Every route is ``@permit(Action…)`` or ``@public("why")``; every answer has the same headers."""

import inspect
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_login.mixins import AnonymousUserMixin
from flask_wtf import CSRFProtect

from thinkia import clock
from thinkia.policy import OPEN_TO_ALL, Action, Actor, Denied, allowed, check
from thinkia.policy.lifetimes import is_over

View = TypeVar("View", bound=Callable[..., Any])

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, headers_enabled=False)
login_manager = LoginManager()

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'; worker-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SEEN_EVERY = timedelta(minutes=1)  # how exactly the cookie knows when somebody was last here


class SessionEndedError(Exception):
    """Somebody sent a form and is not signed in any more: what was typed must not be lost."""


class SignedIn(UserMixin):
    """What Flask-Login carries: the actor, and the sign-in's token as its id, so that it can be revoked."""

    def __init__(self, actor: Actor, token: str) -> None:
        self.actor, self.token = actor, token

    def get_id(self) -> str:
        return self.token


class Visitor(AnonymousUserMixin):
    """Nobody has signed in."""

    actor = Actor.anonymous()


def current_actor() -> Actor:
    """Who makes this request. One query, once, when a page first asks."""
    if "actor" not in g:
        g.actor = current_user.actor
    actor: Actor = g.actor
    return actor


def forget_actor() -> None:
    """Go on as if nobody had signed in: for pages that must not ask the database."""
    g.actor = Actor.anonymous()


def now() -> datetime:
    """When this request arrived, before its body was read. Every decision of the request uses it."""
    moment: datetime = request.environ["thinkia.received_at"]
    return moment


def permit(
    action: Action, load: Callable[..., Any] | None = None, *, otherwise: Callable[..., Any] | None = None
) -> Callable[[View], View]:
    """Let in who may do ``action`` to what ``load`` finds; the view gets it first.

    Who may see the thing and may not do this gets the bare 403, or what ``otherwise`` says about the thing.

    ``load`` takes the parts of the address that it names (and ``actor`` if it asks for it); the view gets
    the rest by name. What is not there, and what the actor may not know of, answer the same 404.
    """
    names = tuple(inspect.signature(load).parameters) if load else ()

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**parts: Any) -> Any:
            actor = current_actor()
            if actor.is_anonymous and action not in OPEN_TO_ALL:
                return to_sign_in()
            if load is None:
                check(action, actor, None, now())
                return view(**parts)
            thing = load(**{name: actor if name == "actor" else parts.pop(name) for name in names})
            if thing is None:
                abort(404)
            try:
                check(action, actor, thing, now())
            except Denied as denied:
                if denied.hidden or otherwise is None:
                    raise
                return otherwise(thing)
            return view(thing, **parts)

        guarded.__permit__ = action  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def public(why: str) -> Callable[[View], View]:
    """Open to everybody, with the reason."""

    def decorate(view: View) -> View:
        view.__public__ = why  # type: ignore[attr-defined]
        return view

    return decorate


def may(action: str, thing: Any = None) -> bool:
    """Whether who reads this page may do that: the same table as the routes'."""
    return allowed(Action(action), current_actor(), thing, now())


def to_sign_in() -> Response:
    """To the sign-in page, and back afterwards. A script that saves is told so instead: it would take the
    page at the end of the redirect for a success.
    """
    if request.method not in SAFE_METHODS:
        if "HX-Request" in request.headers:
            abort(401)
        raise SessionEndedError
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))  # type: ignore[return-value]


def local_path(asked: str | None) -> str | None:
    """An address of this site that somebody wants to go to, or ``None`` for any other."""
    if not asked or not asked.startswith("/") or asked.startswith("//") or not asked.isprintable():
        return None
    parts = urlsplit(asked)
    return None if parts.scheme or parts.netloc or "\\" in asked else asked


def admit(token: str) -> None:
    """Let in who holds this fresh sign-in. The session begins anew: only the language stays."""
    language = session.get("lang")
    session.clear()
    if language:
        session["lang"] = language
    _note_presence()
    login_user(_finder()(token))
    g.pop("actor", None)


def dismiss() -> None:
    """End the session in this browser. The row of the sign-in is its service's to revoke."""
    language = session.get("lang")
    logout_user()
    session.clear()
    if language:
        session["lang"] = language
    g.pop("actor", None)


def _signed_in(token: str) -> SignedIn | None:
    """Who holds the token, unless that person stayed away too long: the last visit is in the cookie alone."""
    found = _finder()(token)
    if found is None:
        return None
    began = found.actor.signed_in_at or now()
    seen = datetime.fromtimestamp(session["seen"], UTC) if "seen" in session else began
    if is_over(found.actor, seen, now()):
        return None
    if "seen" not in session or now() - seen >= SEEN_EVERY:
        _note_presence()
    return found


def _note_presence() -> None:
    session["seen"] = int(now().timestamp())


def _finder() -> Callable[[str], SignedIn | None]:
    finder: Callable[[str], SignedIn | None] = current_app.extensions["signed_in"]
    return finder


class ReceivedAt:
    """The outermost middleware: writes down when a request arrived, before its body is read."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        environ["thinkia.received_at"] = clock.now()
        return self.app(environ, start_response)


def set_headers(response: Response) -> Response:
    """The same set on every route and error."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SETTINGS"].production:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if session.modified or ("actor" in g and not g.actor.is_anonymous):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def init_security(app: Flask, signed_in: Callable[[str], SignedIn | None]) -> None:
    """Wire sign-in, CSRF, limits and headers. ``signed_in`` finds who holds a token."""
    app.wsgi_app = ReceivedAt(app.wsgi_app)  # type: ignore[method-assign]
    csrf.init_app(app)
    limiter.init_app(app)
    app.extensions["signed_in"] = signed_in
    login_manager.init_app(app, add_context_processor=False)
    login_manager.user_loader(_signed_in)
    login_manager.anonymous_user = Visitor
    login_manager.session_protection = None  # phones change networks; sign-ins are revocable rows instead
    app.after_request(set_headers)
