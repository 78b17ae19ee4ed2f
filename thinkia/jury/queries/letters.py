"""SELECTs about letters to jurors: their words, and what was sent to whom."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import joinedload

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.jury.models import Juror, JurorLetter, LetterKind, LetterText
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import OutboxTask


def letter_text(call: Call, kind: LetterKind, language: str) -> LetterText | None:
    """The organisers' own words for a letter; ``None``: ours."""
    return db.session.scalar(
        select(LetterText).where(
            LetterText.call_id == call.id, LetterText.kind == kind, LetterText.language == language
        )
    )


def letter_texts(call: Call) -> dict[tuple[LetterKind, str], LetterText]:
    """All of a call's own words."""
    rows = db.session.scalars(select(LetterText).where(LetterText.call_id == call.id))
    return {(row.kind, row.language): row for row in rows}


def letters_sent(call: Call) -> Select[Any]:
    """(letter, juror, mail, task, by whom), the newest first."""
    return (
        select(JurorLetter, Juror, Mail, OutboxTask, Account.name.label("by"))
        .join(Juror, Juror.id == JurorLetter.juror_id)
        .join(Mail, Mail.id == JurorLetter.mail_id)
        .outerjoin(OutboxTask, OutboxTask.id == Mail.outbox_id)
        .outerjoin(Account, Account.id == JurorLetter.sent_by_id)
        .where(Juror.call_id == call.id)
        .order_by(JurorLetter.sent_at.desc(), JurorLetter.id.desc())
    )


def letters_to(juror: Juror) -> Sequence[Row[Any]]:
    """The same, of one juror."""
    return db.session.execute(letters_sent(juror.call).where(Juror.id == juror.id)).all()


def letter_by_code(code: str, letter: str) -> JurorLetter | None:
    """One letter, with its juror, the call, its bases and host."""
    return db.session.scalar(
        select(JurorLetter)
        .join(Juror, Juror.id == JurorLetter.juror_id)
        .join(Call, Call.id == Juror.call_id)
        .where(Call.code == code, JurorLetter.code == letter)
        .options(
            joinedload(JurorLetter.juror).joinedload(Juror.call).joinedload(Call.version),
            joinedload(JurorLetter.juror).joinedload(Juror.call).joinedload(Call.host),
        )
    )


def task_of(letter: JurorLetter) -> OutboxTask | None:
    """The task that delivers a letter."""
    return db.session.scalar(
        select(OutboxTask).join(Mail, Mail.outbox_id == OutboxTask.id).where(Mail.id == letter.mail_id)
    )


def is_kept(mail: Mail) -> bool:
    """Whether a letter stands in the log already."""
    known = select(JurorLetter.id).where(JurorLetter.mail_id == mail.id).limit(1)
    return db.session.scalar(known) is not None
