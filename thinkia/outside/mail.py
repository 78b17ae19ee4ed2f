"""Letters: written in the reader's language, kept as a row, delivered by the outbox.

A feature's ``emails.py`` returns a ``Letter``; ``post`` renders it and asks for its delivery in the
transaction under way. Text comes first; the HTML is the same text, paragraph by paragraph, in one layout.
The row is the log: to whom, when, whether it arrived at the server. A letter with a secret link forgets
its body once delivered.
"""

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from thinkia import clock
from thinkia.db import Base, db
from thinkia.db.transaction import transaction
from thinkia.outside.outbox import asked, enqueue, task


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one reader. ``template`` is text with paragraphs; ``subject`` may be lazy."""

    to: str
    language: str
    subject: Any
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    call_id: int | None = None
    secret: bool = False


class Mail(Base):
    """A letter as it was written, and whether it was delivered."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(String(320), index=True)
    language: Mapped[str] = mapped_column(String(2))
    template: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    secret: Mapped[bool]
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"), index=True)
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_task.id"))
    written_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]


def address(endpoint: str, **values: Any) -> str:
    """The full public address of a page, also where there is no request."""
    base = current_app.config["SETTINGS"].base_url or "http://127.0.0.1:8000"
    return base.rstrip("/") + str(current_app.url_map.bind("localhost").build(endpoint, values))


def rendered(letter: Letter) -> tuple[str, str, str]:
    """Subject, text and HTML in the reader's language."""
    with force_locale(letter.language):
        subject = " ".join(str(letter.subject).split())
        text = _render(letter.template, letter.context).strip() + "\n"
        paragraphs = [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]
        parts = {"subject": subject, "paragraphs": paragraphs, "language": letter.language}
        return subject, text, _render("mail.html", parts)


def _render(template: str, context: Mapping[str, Any]) -> str:
    """Without what pages know: a letter has its reader, not the one who makes this request."""
    return current_app.jinja_env.get_template(template).render(**context)


def post(letter: Letter, now: datetime, *, dedupe_key: str | None = None) -> Mail:
    """Write the letter down and ask for its delivery once the transaction is safe.

    The same ``dedupe_key`` writes one letter, for ever.
    """
    if dedupe_key and (known := asked(dedupe_key)):
        return db.session.get_one(Mail, known.args["mail_id"])
    subject, text, html = rendered(letter)
    mail = Mail(
        to=letter.to,
        language=letter.language,
        template=letter.template,
        subject=subject[:300],
        text=text,
        html=html,
        secret=letter.secret,
        message_id=f"<{uuid4()}@thinkia>",
        call_id=letter.call_id,
        written_at=now,
    )
    db.session.add(mail)
    db.session.flush()
    mail.outbox_id = enqueue("mail.deliver", now, dedupe_key=dedupe_key, mail_id=mail.id).id
    return mail


@task("mail.deliver")
def deliver(mail_id: int) -> None:
    """Hand one letter to the mail server, or to the folder. The same letter keeps its Message-ID."""
    mail = db.session.get_one(Mail, mail_id)
    if mail.delivered_at is not None:
        return
    _send(_message(mail))
    with transaction():
        mail = db.session.get_one(Mail, mail_id, populate_existing=True)
        mail.delivered_at = clock.now()
        if mail.secret:
            mail.text = mail.html = ""


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"] = current_app.config["SETTINGS"].mail_from
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.written_at)
    message["Message-ID"] = mail.message_id
    message["Content-Language"] = mail.language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def _send(message: EmailMessage) -> None:
    settings = current_app.config["SETTINGS"]
    if not settings.smtp_url:
        folder = Path(settings.data) / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").split("@")[0]
        (folder / f"{name}.eml").write_bytes(bytes(message))
        return
    with connected(settings.smtp_url) as server:
        server.send_message(message)


@contextmanager
def connected(smtp_url: str) -> Iterator[smtplib.SMTP]:
    """The mail server, greeted and, where the address has a user, signed in."""
    url = urlsplit(smtp_url)
    options = parse_qs(url.query)
    tls = options.get("tls", ["none" if url.scheme == "smtp" else "implicit"])[0]
    context = ssl.create_default_context()
    if tls == "implicit":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            url.hostname or "", url.port or 465, timeout=20, context=context
        )
    else:
        server = smtplib.SMTP(url.hostname or "", url.port or 25, timeout=20)
    with server:
        if tls == "starttls":
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server
