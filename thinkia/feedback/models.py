"""Which of the jury's comments the teams may read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.db import Base


class CommentCheck(Base):
    """An organiser has looked over what a juror wrote to a team, as it stood at that version of the review.

    The text itself stays the juror's. A review that changes afterwards has a comment nobody has looked over.
    """

    __tablename__ = "comment_check"
    __table_args__ = (CheckConstraint("is_shown = (reason = '')", name="reason"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    version: Mapped[int]
    is_shown: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")  # why it is held back: the chair reads it
    checked_at: Mapped[datetime]
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the team reads a comment, as it stood at that version of its review; if not, why."""

    version: int
    is_shown: bool
    reason: str = ""


class Show(StrEnum):
    """Which comments a list shows."""

    WAITING = "waiting"
    SHOWN = "shown"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many comments there are, and what was decided about them."""

    total: int
    shown: int
    held: int

    @property
    def checked(self) -> int:
        return self.shown + self.held

    @property
    def waiting(self) -> int:
        return self.total - self.checked
