"""The mail that was sent, at ``/_mail``: where people develop, letters go to a folder instead of a server."""

from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from flask import Blueprint, Flask, abort, current_app
from flask.typing import ResponseReturnValue

from thinkia.web.pages import page
from thinkia.web.security import public

bp = Blueprint("development", __name__)
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Delivered:
    """One letter of the folder."""

    name: str
    to: str
    subject: str
    language: str
    date: str
    paragraphs: tuple[str, ...]


def init_development(app: Flask) -> None:
    """Show the folder where there is one, and never in production."""
    settings = app.config["SETTINGS"]
    if not settings.production and not settings.smtp_url:
        app.register_blueprint(bp)


@bp.get("/_mail")
@public("letters that went to a folder, for those who develop")
def letters() -> ResponseReturnValue:
    newest = sorted(_folder().glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return page("development/mails.html", letters=[_read(file) for file in newest[:SHOWN]])


@bp.get("/_mail/<name>")
@public("letters that went to a folder, for those who develop")
def letter(name: str) -> ResponseReturnValue:
    found = next((file for file in _folder().glob("*.eml") if file.stem == name), None)
    if found is None:
        abort(404)
    return page("development/mail.html", letter=_read(found))


def _folder() -> Path:
    return Path(current_app.config["SETTINGS"].data) / "mail"


def _read(file: Path) -> Delivered:
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(file.read_bytes())
    body = message.get_body(("plain",))
    text = body.get_content() if body else ""
    paragraphs = tuple(part.strip() for part in text.split("\n\n") if part.strip())
    language = message["Content-Language"] or "es"
    return Delivered(
        file.stem, message["To"] or "", message["Subject"] or "", language, message["Date"] or "", paragraphs
    )
