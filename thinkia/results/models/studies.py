"""The study of an order."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.db import Base, link
from thinkia.outside.outbox import OutboxTask
from thinkia.results.models.orders import Ranking


class RankingStudy(Base):
    """The study of an order, made in the background: information beside it, that nothing official reads.

    ``content`` is what ``study_record`` writes, of this input and seed; none until it is made.
    """

    __tablename__ = "ranking_study"
    __table_args__ = (
        CheckConstraint("(content IS NULL) = (made_at IS NULL)", name="made"),
        CheckConstraint("draws > 0", name="draws"),
    )

    ranking_id: Mapped[int] = mapped_column(ForeignKey("ranking.id"), primary_key=True)
    input_sha256: Mapped[str] = mapped_column(String(64))
    seed: Mapped[int] = mapped_column(BigInteger)
    draws: Mapped[int]
    content: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox_task.id"))

    ranking: Mapped[Ranking] = link()
    outbox: Mapped[OutboxTask] = link()
