"""A publication that was given an hour."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.db import Base, link
from thinkia.db.conditions import unique_where
from thinkia.domain.lifecycle import PublicationState
from thinkia.results.models.orders import Ranking


class Publication(Base):
    """An order that is to become public at an hour, or was; or that did not, and why (``refusal``: a code).

    Moving the hour ends one and begins another, so the work that waits for the first finds nothing to do.
    """

    __tablename__ = "publication"
    __table_args__ = (
        CheckConstraint("asked_at < goes_at", name="hour"),
        CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("(state = 'refused') = (refusal <> '')", name="refusal"),
        unique_where("uq_publication_waiting", "call_id", where="state = 'waiting'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    ranking_id: Mapped[int] = mapped_column(ForeignKey("ranking.id"))
    state: Mapped[PublicationState] = mapped_column(default=PublicationState.WAITING)
    goes_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    refusal: Mapped[str] = mapped_column(String(40), default="")

    ranking: Mapped[Ranking] = link()

    def end(self, state: PublicationState, by: int | None, now: datetime) -> None:
        """It waits no more; ``by`` is an account, or nobody where the hour itself came."""
        self.state, self.ended_at, self.ended_by_id = state, now, by
