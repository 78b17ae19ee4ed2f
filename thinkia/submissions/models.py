"""A submission, its answers and files, every attempt to hand it in, and its receipts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.calls.models import BasesVersion, Call, Challenge
from thinkia.db import Base, link
from thinkia.db.conditions import unique_where
from thinkia.domain.lifecycle import SubmissionState
from thinkia.teams.models import Team


class Submission(Base):
    """A team's proposal to a challenge. One per team and challenge, under the bases it began with."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("challenge_id", "team_id"),
        CheckConstraint("state NOT IN ('submitted', 'excluded') OR receipt_id IS NOT NULL", name="receipt"),
        CheckConstraint("(state = 'excluded') = (excluded_at IS NOT NULL)", name="excluded"),
        CheckConstraint("(excluded_at IS NULL) = (excluded_reason IS NULL)", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    bases_version_id: Mapped[int] = mapped_column(ForeignKey("bases_version.id"))
    title: Mapped[str] = mapped_column(String(150), default="")
    state: Mapped[SubmissionState] = mapped_column(default=SubmissionState.DRAFT)
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    receipt_id: Mapped[int | None] = mapped_column(
        ForeignKey("receipt.id", use_alter=True, name="fk_submission_receipt_id_receipt")
    )
    excluded_at: Mapped[datetime | None]
    excluded_reason: Mapped[str | None] = mapped_column(Text)
    excluded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    call: Mapped[Call] = link()
    challenge: Mapped[Challenge] = link()
    team: Mapped[Team] = link()
    bases_version: Mapped[BasesVersion] = link()
    answers: Mapped[list["Answer"]] = link(back_populates="submission")
    files: Mapped[list["SubmittedFile"]] = link(back_populates="submission")
    receipt: Mapped["Receipt | None"] = link(foreign_keys=[receipt_id], post_update=True)


class Answer(Base):
    """What the team wrote to one question. A value saved after the deadline is kept apart, as evidence."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("submission_id", "question", "is_late"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(String(64))
    is_late: Mapped[bool] = mapped_column(default=False)
    value: Mapped[Any] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    submission: Mapped[Submission] = link(back_populates="answers")


class SubmittedFile(Base):
    """A file given as the answer to a question, and the hash that finds its content."""

    __tablename__ = "submitted_file"
    __table_args__ = (
        CheckConstraint("size > 0", name="size"),
        unique_where("uq_submitted_file_current", "submission_id", "question", where="replaced_at IS NULL"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    pages: Mapped[int | None]
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    in_grace: Mapped[bool] = mapped_column(default=False)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    replaced_at: Mapped[datetime | None]

    submission: Mapped[Submission] = link(back_populates="files")


class Attempt(Base):
    """Somebody pressed "Enviar": what came of it. The team sees its own log."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(60))  # "submitted" or the refusal's reason
    missing: Mapped[list[str]] = mapped_column(JSON, default=list)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class Receipt(Base):
    """Proof that a content was handed in: number, moment, hash, and the content itself as it counts.

    Handing in the same content twice gives the same receipt.
    """

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("submission_id", "content_sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    bases_version_id: Mapped[int] = mapped_column(ForeignKey("bases_version.id"))
    received_at: Mapped[datetime]
    in_grace: Mapped[bool] = mapped_column(default=False)
    content: Mapped[str] = mapped_column(Text)  # canonical JSON: answers, and files by hash
    content_sha256: Mapped[str] = mapped_column(String(64))

    submission: Mapped[Submission] = link(foreign_keys=[submission_id])
