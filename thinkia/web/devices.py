"""The thing a person sits at: what he or she calls it ("Firefox, Android", a guess), and how it is known."""

import secrets

from flask import Response, current_app, request, session

REMEMBERED = 60 * 24 * 3600  # seconds: longer than an evaluation

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device() -> str:
    """The device of this request, in two words; empty when it does not say."""
    agent = request.user_agent.string
    words = (next((name for mark, name in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS))
    return ", ".join(word for word in words if word)


def browser() -> str:
    """A secret that only this browser has, so that codes and links know where they were asked for."""
    if "browser" not in session:
        session["browser"] = secrets.token_urlsafe(24)
    known: str = session["browser"]
    return known


def remembered() -> str:
    """The secret by which this browser is known again after its sessions; empty where there is none."""
    return request.cookies.get(_cookie(), "")[:100]


def remember(response: Response, secret: str) -> Response:
    """Let this browser be known again by a secret."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        _cookie(), secret, max_age=REMEMBERED, path="/", secure=secure, httponly=True, samesite="Lax"
    )
    return response


def here() -> str:
    """Where the request comes from."""
    return request.remote_addr or ""


def _cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-known"
