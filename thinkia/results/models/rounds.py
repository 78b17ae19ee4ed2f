"""Rounds that are closed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.calls.models import Call
from thinkia.db import Base, link


class RoundClosing(Base):
    """A round was closed by the order that the chair confirmed: who went on, who waited, who did not.

    ``content`` is what ``domain.ranking.fates.written`` makes, as it was decided then; who moved up since is
    worked out from it. People who named them by hand did so in the agreement.
    """

    __tablename__ = "round_closing"
    __table_args__ = (UniqueConstraint("call_id", "number"), CheckConstraint("number >= 0", name="number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    number: Mapped[int]  # of the round, from 0
    ranking_id: Mapped[int] = mapped_column(ForeignKey("ranking.id"), unique=True)
    closed_at: Mapped[datetime]
    closed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
    content: Mapped[str] = mapped_column(Text)

    call: Mapped[Call] = link()
