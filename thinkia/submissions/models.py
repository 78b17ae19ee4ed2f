"""A submission, its answers and files, every attempt to hand it in, and its receipts."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import rfc8785
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.accounts.models import Account
from thinkia.calls.call_file import bases_of
from thinkia.calls.models import BasesVersion, Call, Challenge
from thinkia.db import Base, link
from thinkia.db.conditions import unique_where
from thinkia.domain.answers import TITLE, Line, asked, sheet
from thinkia.domain.bases import Question
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.receipts import content
from thinkia.policy import Actor
from thinkia.teams.models import Team


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Submission(Base):
    """A team's proposal to a challenge. One per team and challenge.

    A draft follows the bases in force; what was handed in keeps the version of its receipt. ``receipt`` is
    the one that counts: the last. Its content is what juries read; ``answers`` and ``files`` are the team's
    working copy. ``title`` is the last title that was valid and in time.
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("challenge_id", "team_id"),
        CheckConstraint("state IN ('draft', 'withdrawn') OR receipt_id IS NOT NULL", name="receipt"),
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

    @property
    def values(self) -> dict[str, Any]:
        """What counts of the working copy, by question: answers in time, and files."""
        files = {file.question: file.described for file in self.files if file.replaced_at is None}
        answers = {answer.question: answer.value for answer in self.answers if not answer.is_late}
        return {TITLE.code: self.title, **answers, **files}

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the bases in force ask of this submission, the title apart."""
        return asked(self.call.bases.questions, self.challenge.code)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The working copy under the bases in force: the title first, then every question."""
        return sheet((TITLE, *self.questions), self.values)

    @property
    def content(self) -> str:
        """The working copy as a receipt would keep it: canonical JSON of what counts."""
        title, *lines = self.lines
        return rfc8785.dumps(content(title.value or "", self.challenge.code, lines)).decode()

    @property
    def is_changed(self) -> bool:
        """Something counts now that was not handed in."""
        return self.receipt is not None and sha256_of(self.content) != self.receipt.content_sha256


class Answer(Base):
    """What the team wrote to one question. A value saved after the deadline is kept apart, as evidence.

    ``version`` settles two people who edit at once. ``saved_from`` names the open page that saved last: its
    own next save is no conflict, even when the answer to the one before was lost on the way.
    """

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
    saved_from: Mapped[str] = mapped_column(String(16), default="")

    submission: Mapped[Submission] = link(back_populates="answers")
    saved_by: Mapped[Account] = link()


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
    saved_by: Mapped[Account] = link()

    @property
    def described(self) -> dict[str, Any]:
        """The file as the value of an answer, and in receipts."""
        return {
            "id": str(self.id),
            "name": self.name,
            "sha256": self.sha256,
            "size": self.size,
            "pages": self.pages,
            "media_type": self.media_type,
        }

    @property
    def call(self) -> Call:
        """What the policy reads, with the team and the state: a file is where its submission is."""
        return self.submission.call

    @property
    def team_id(self) -> int:
        return self.submission.team_id

    @property
    def state(self) -> SubmissionState:
        return self.submission.state


class PagesFault(StrEnum):
    """Why the pages of a file are not shown."""

    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"
    LOST = "lost"  # its content is not in the storage


class PagedFile(Base):
    """A PDF whose pages are drawn, once for a content whoever handed it in. Waits until ``drawn_at``.

    ``pages`` is how many the file has; of a long one only the first are drawn.
    """

    __tablename__ = "paged_file"
    __table_args__ = (
        CheckConstraint("drawn_at IS NOT NULL OR (fault IS NULL AND pages IS NULL)", name="drawn"),
        CheckConstraint("drawn_at IS NULL OR (fault IS NULL) = (pages IS NOT NULL)", name="fault"),
        CheckConstraint("pages > 0", name="pages"),
    )

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    asked_at: Mapped[datetime]
    drawn_at: Mapped[datetime | None]
    fault: Mapped[PagesFault | None]
    pages: Mapped[int | None]

    drawings: Mapped[list["FilePage"]] = link(order_by="FilePage.number")


class FilePage(Base):
    """A page as an image, kept by the hash of its content, with what is written on it.

    A page that could not be drawn has no image.
    """

    __tablename__ = "file_page"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint(
            "(image_sha256 IS NULL) = (width IS NULL) AND (width IS NULL) = (height IS NULL)", name="image"
        ),
        CheckConstraint("width > 0 AND height > 0", name="size"),
    )

    file_sha256: Mapped[str] = mapped_column(
        ForeignKey("paged_file.sha256", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    image_sha256: Mapped[str | None] = mapped_column(String(64))
    width: Mapped[int | None]
    height: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text, default="")


class Attempt(Base):
    """Somebody pressed "Enviar": what came of it. The team sees its own log.

    Without an account it was nobody: the draft was to be handed in by itself, and the attempt is dated at the
    close. That happens once for each close.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        unique_where("uq_attempt_by_itself", "submission_id", "at", where="account_id IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(60))  # "submitted" or the refusal's reason
    missing: Mapped[list[str]] = mapped_column(JSON, default=list)  # codes of questions
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    account: Mapped[Account | None] = link()
    receipt: Mapped["Receipt | None"] = link()


class Receipt(Base):
    """Proof that a content was handed in: number, moment, hash, and the content itself as it counts.

    Handing in the same content twice gives the same receipt. ``by_itself``: nobody pressed anything;
    the bases have complete drafts handed in at the close, and it is dated then.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("submission_id", "content_sha256"),
        CheckConstraint("NOT (in_grace AND by_itself)", name="when"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    bases_version_id: Mapped[int] = mapped_column(ForeignKey("bases_version.id"))
    received_at: Mapped[datetime]
    in_grace: Mapped[bool] = mapped_column(default=False)
    by_itself: Mapped[bool] = mapped_column(default=False)
    content: Mapped[str] = mapped_column(Text)  # canonical JSON: answers, and files by hash
    content_sha256: Mapped[str] = mapped_column(String(64))

    submission: Mapped[Submission] = link(foreign_keys=[submission_id])
    bases_version: Mapped[BasesVersion] = link()

    @property
    def call(self) -> Call:
        """What the policy reads, with the team and the state: a receipt is where its submission is."""
        return self.submission.call

    @property
    def team_id(self) -> int:
        return self.submission.team_id

    @property
    def state(self) -> SubmissionState:
        return self.submission.state

    @property
    def handed_in(self) -> dict[str, Any]:
        """The content: title, challenge, answers and files by question."""
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def lines(self) -> tuple[Line, ...]:
        """What was handed in, under the bases of that moment, without the title."""
        given = self.handed_in
        questions = asked(bases_of(self.bases_version.content).questions, given.get("challenge", ""))
        return sheet(questions, {**given.get("answers", {}), **given.get("files", {})})


@dataclass(frozen=True, slots=True)
class Seen:
    """What an open page shows: the versions it was drawn from, and the page's own name.

    It travels with the form as text, and is no secret: whoever changes it only harms his own text.
    """

    version: int = 0
    late_version: int = 0
    page: str = ""

    def __str__(self) -> str:
        return f"{self.version}.{self.late_version}.{self.page}"

    @classmethod
    def read(cls, text: str) -> "Seen":
        """From the form. Anything else was seen by nobody and loses against what is there."""
        version, _, rest = text.partition(".")
        late, _, page = rest.partition(".")
        return cls(_number(version), _number(late), page[:16])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of pressing "Enviar": the attempt as logged, and a receipt or why there is none."""

    attempt: Attempt
    receipt: Receipt | None = None
    refused: Refused | None = None


EDITABLE = frozenset({SubmissionState.DRAFT, SubmissionState.SUBMITTED})


def demand_editable(submission: Submission) -> None:
    """Raise unless answers and files may still change it."""
    if submission.state not in EDITABLE:
        raise Refused(Reason.NOT_EDITABLE)


def account_of(actor: Actor) -> int:
    """Answers and files are people's, never the system's."""
    if actor.account_id is None:
        raise Refused(Reason.NOT_EDITABLE)
    return actor.account_id
