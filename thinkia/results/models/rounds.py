"""Rounds that are closed."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.domain.ranking.fates import read
from thinkia.domain.ranking.rounds import ClosedRound, after_withdrawals


class RoundClosing(Base):
    """A round was closed by the order that the chair confirmed: who went on, who waited, who did not.

    ``content`` is what ``domain.ranking.fates.written`` makes, as it was decided then. ``gone`` are the codes
    of those who had left when seats were filled last: what came of it is ``fates``. People who named by hand
    did so in the agreement.
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
    gone: Mapped[list[str]] = mapped_column(JSON, default=list)

    call: Mapped[Call] = link()

    @property
    def decided(self) -> ClosedRound:
        """What the end of the round was for everybody, as it was decided."""
        return read(self.content)

    @property
    def fates(self) -> ClosedRound:
        """The same with the seats that were filled since."""
        return after_withdrawals(self.decided, frozenset(self.gone))
