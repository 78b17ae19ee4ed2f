"""What somebody sent after the session had ended: carried through signing in, so that nothing typed is lost.

The fields travel signed in a hidden field of the pages of signing in, and come back as a filled-in form that
is sent again by hand. Forms with a passphrase and very long ones are not carried; tokens and files are left
out.
"""

from dataclasses import dataclass

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from thinkia.policy import OPEN_TO_ALL
from thinkia.web.security import SAFE_METHODS, current_actor

FIELD = "kept"
RESTORED = "restored"
LASTS = 60 * 60  # seconds
LONGEST = 200_000  # characters of all fields together
LEFT_OUT = frozenset({"csrf_token", FIELD, RESTORED})


@dataclass(frozen=True, slots=True)
class Kept:
    """Where it was sent, and its fields in their order."""

    address: str
    fields: list[tuple[str, str]]


def keep() -> str:
    """The fields of this request, signed; empty when there is nothing to carry, or a passphrase among it."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in LEFT_OUT]
    if (
        any("password" in name for name, _value in fields)
        or not any(value for _name, value in fields)
        or sum(len(value) for _name, value in fields) > LONGEST
    ):
        return ""
    return str(_signer().dumps([request.full_path.rstrip("?"), fields]))


def kept_here() -> Kept | None:
    """What this request carries along, if it is ours and not old."""
    try:
        address, fields = _signer().loads(request.form.get(FIELD, ""), max_age=LASTS)
    except BadData:
        return None
    return Kept(address, [(name, value) for name, value in fields])


def kept_text() -> str:
    """The same as the next page carries it on."""
    return request.form.get(FIELD, "") if kept_here() else ""


def comes_alone() -> bool:
    """Whether nothing but this was sent: the page is asked for, nobody has filled it in yet."""
    return bool(kept_text()) and not set(request.form) - LEFT_OUT


def is_restored() -> bool:
    """Whether this is a form that came back: it is shown as it was, and sent once more by hand."""
    return request.method not in SAFE_METHODS and RESTORED in request.form


def has_ended_meanwhile() -> bool:
    """Whether a token is wrong because nobody is signed in any more, on a page of this site that needs it."""
    view = current_app.view_functions.get(request.endpoint or "")
    needed = getattr(view, "__permit__", None)
    ours = request.headers.get("Origin", "").rstrip("/") == request.host_url.rstrip("/")
    return needed is not None and needed not in OPEN_TO_ALL and ours and current_actor().is_anonymous


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="kept")
