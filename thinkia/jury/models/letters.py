"""Letters to jurors: the organisers' own words for them, and what was sent to whom."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.jury.models.jury import Juror
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import OutboxTask, TaskState


class LetterKind(StrEnum):
    """What a letter asks for. The organisers may write each in their own words."""

    INVITATION = "invitation"
    ANSWER = "answer"  # a reminder to whoever has not answered
    SIGN = "sign"  # the statement waits
    READING = "reading"  # proposals wait


class SentKind(StrEnum):
    """What a letter in the log was: one that asks for something, or one that tells of something done."""

    INVITATION = "invitation"
    ANSWER = "answer"
    SIGN = "sign"
    READING = "reading"
    ASSIGNMENT = "assignment"  # new proposals to read
    ACCESS = "access"  # a new link to the desk
    REOPENED = "reopened"  # a final review was given back
    FROM_PAPER = "from_paper"  # marks were entered from a ballot on paper
    CHAIR = "chair"  # presides from now on
    REVOKED = "revoked"  # the seat was taken back
    IMPORTED = "imported"  # marks given elsewhere were brought in


class LetterText(Base):
    """The words that a call's organisers chose for a kind of letter, in a language. No row: ours."""

    __tablename__ = "letter_text"
    __table_args__ = (UniqueConstraint("call_id", "kind", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    kind: Mapped[LetterKind]
    language: Mapped[str] = mapped_column(String(2))
    body: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]


class Sending(StrEnum):
    """How far a letter is."""

    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"


class JurorLetter(Base):
    """A letter to a juror, by whom and when. How far it is stands in the outbox, and is never copied."""

    __tablename__ = "juror_letter"
    __table_args__ = (Index("ix_juror_letter_juror_id_sent_at", "juror_id", "sent_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"))
    kind: Mapped[SentKind]
    mail_id: Mapped[int] = mapped_column(ForeignKey("mail.id"), unique=True)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[datetime]

    juror: Mapped[Juror] = link()
    mail: Mapped[Mail] = link()
    sent_by: Mapped[Account | None] = link()

    @property
    def call(self) -> Call:
        """What the policy reads."""
        return self.juror.call


def sending(mail: Mail, task: OutboxTask | None) -> Sending:
    """How far a letter is, from its delivery and its task."""
    if mail.delivered_at is not None:
        return Sending.SENT
    return Sending.FAILED if task is None or task.state is TaskState.FAILED else Sending.WAITING
