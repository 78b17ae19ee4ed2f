"""What the jurors of a panel write to one another about a proposal, and how far each has read."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.db import Base, link
from thinkia.jury.models.jury import Juror
from thinkia.submissions.models import Submission


class DeliberationNote(Base):
    """What a juror said to the panel. Rows are only ever added (a trigger).

    ``form`` names the form that it was written in: sent twice, it is one note.
    """

    __tablename__ = "deliberation_note"
    __table_args__ = (UniqueConstraint("juror_id", "form"), CheckConstraint("text <> ''", name="text"))

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"))
    round: Mapped[int] = mapped_column(default=0, server_default="0")  # of the call, in which it was written
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    form: Mapped[str] = mapped_column(String(24))

    submission: Mapped[Submission] = link()
    juror: Mapped[Juror] = link()


class DeliberationReading(Base):
    """Up to which note a juror says to have read what is said about a proposal. No row: nothing yet."""

    __tablename__ = "deliberation_reading"

    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("deliberation_note.id"))
