"""Static files under addresses that change with their content.

``static_url('thinkia.css')`` carries a piece of the file's SHA-256, so that browsers may keep the file
for a year and never show an old one. Text goes out compressed (brotli or gzip); each file is read and
compressed once, at its first use, and kept in memory: together they weigh less than a photograph.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import brotli
from flask import Blueprint, Flask, Request, Response, abort, current_app, request, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.datastructures import Accept

from thinkia.web.security import public

bp = Blueprint("assets", __name__, url_prefix="/static")

_TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".css": "text/css", ".json": "application/json"}
_TEXT = ("text/", "image/svg+xml", "application/json")
_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file: its bytes, and what follows from them."""

    name: str
    body: bytes

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:12]

    @cached_property
    def mimetype(self) -> str:
        suffix = Path(self.name).suffix
        return _TYPES.get(suffix) or mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @cached_property
    def brotli(self) -> bytes:
        small: bytes = brotli.compress(self.body)
        return small

    @cached_property
    def gzip(self) -> bytes:
        return gzip.compress(self.body, compresslevel=9, mtime=0)

    def encoded(self, accepted: Accept) -> tuple[str, bytes]:
        """The smallest form that the browser takes: ``("br", bytes)``, ``("gzip", …)`` or ``("", …)``."""
        if self.mimetype.startswith(_TEXT):
            if accepted.quality("br"):
                return "br", self.brotli
            if accepted.quality("gzip"):
                return "gzip", self.gzip
        return "", self.body


class Shelf:
    """The files of one folder. Only what lies in it can be asked for."""

    def __init__(self, root: Path, *, watch: bool = False) -> None:
        self._root = root
        self._watch = watch
        self._kept: dict[str, tuple[int, Asset]] = {}
        self._names = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}

    def __getitem__(self, name: str) -> Asset:
        """The file of that name, or ``KeyError``. With ``watch``, as it is on the disk now."""
        if name not in self._names:
            raise KeyError(name)
        kept = self._kept.get(name)
        if kept and not self._watch:
            return kept[1]
        changed = (self._root / name).stat().st_mtime_ns
        if not kept or kept[0] != changed:
            kept = self._kept[name] = (changed, Asset(name, (self._root / name).read_bytes()))
        return kept[1]


class Sessions(SecureCookieSessionInterface):
    """No session for files: they are the same for everybody. ``Vary: Cookie`` would make browsers fetch
    them again at each sign-in, and reading who asks would cost a query a file.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return None if request.path.startswith("/static/") else super().open_session(app, request)


def init_assets(app: Flask) -> None:
    """Serve ``thinkia/static`` and give templates ``static_url``."""
    root = Path(__file__).resolve().parent.parent / "static"
    app.session_interface = Sessions()
    app.extensions["shelf"] = Shelf(root, watch=app.debug)
    app.jinja_env.globals["static_url"] = static_url
    app.register_blueprint(bp)


def static_url(name: str) -> str:
    """The address of a static file, changing whenever the file does. An unknown name is a bug and rises."""
    return url_for("assets.file", digest=_shelf()[name].digest, name=name)


@bp.get("/<digest>/<path:name>")
@public("style, script and pictures of every page")
def file(digest: str, name: str) -> Response:
    try:
        found = _shelf()[name]
    except KeyError:
        abort(404)
    encoding, body = found.encoded(request.accept_encodings)
    response = Response(body, mimetype=found.mimetype)
    response.headers["Vary"] = "Accept-Encoding"
    # An old page may ask for an old address: it gets what there is, but is told not to keep it.
    response.headers["Cache-Control"] = _A_YEAR if digest == found.digest else "no-cache"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.set_etag(f"{found.digest}-{encoding}" if encoding else found.digest)
    response.make_conditional(request)
    return response


def _shelf() -> Shelf:
    shelf: Shelf = current_app.extensions["shelf"]
    return shelf
