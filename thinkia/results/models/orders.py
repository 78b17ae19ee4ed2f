"""Rankings, what people decided for them, and the draw's seed."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.db.conditions import unique_where
from thinkia.db.rounds import OfRound
from thinkia.domain.lifecycle import RankingState


class Ranking(OfRound, Base):
    """An order as it was computed at a moment. A ranking is a proposal; the chair confirms it.

    ``content`` is canonical JSON of the places, scores and the tie chain's steps; ``input_sha256`` is the
    hash of the marks and rules it was computed from, so that a later mark makes it stale.
    """

    __tablename__ = "ranking"
    __table_args__ = (
        UniqueConstraint("call_id", "number"),
        CheckConstraint(
            "state NOT IN ('confirmed', 'published', 'taken_back') OR confirmed_at IS NOT NULL",
            name="confirmed",
        ),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="confirmer"),
        CheckConstraint(
            "(state IN ('published', 'taken_back')) = (published_at IS NOT NULL)", name="published"
        ),
        CheckConstraint("(state = 'taken_back') = (taken_back_at IS NOT NULL)", name="taken_back"),
        CheckConstraint("(taken_back_at IS NULL) = (taken_back_reason = '')", name="reason"),
        unique_where("uq_ranking_published", "call_id", where="state = 'published'"),
        unique_where(
            "uq_ranking_current",
            "call_id",
            where="state IN ('proposed', 'confirmed') AND closed_round IS NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    number: Mapped[int]
    state: Mapped[RankingState] = mapped_column(default=RankingState.PROPOSED)
    bases_version_id: Mapped[int] = mapped_column(ForeignKey("bases_version.id"))
    input_sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
    computed_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_note: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    taken_back_reason: Mapped[str] = mapped_column(Text, default="")

    call: Mapped[Call] = link()


class ChairDecision(OfRound, Base):
    """The chair's recorded order among submissions that the chain's earlier keys left equal."""

    __tablename__ = "chair_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    order: Mapped[list[str]] = mapped_column(JSON)  # submissions' codes, first first
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class PrizeDecision(Base):
    """The chair declares the prize of a place void, or gives it after all: the last one of a place counts."""

    __tablename__ = "prize_decision"
    __table_args__ = (
        CheckConstraint("place >= 1", name="place"),
        CheckConstraint("NOT is_void OR reason <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    place: Mapped[int]
    submissions: Mapped[list[str]] = mapped_column(JSON)  # who stood there, by code
    is_void: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class LotterySeed(OfRound, Base):
    """The seed that the public source gave at the instant the bases name: one a round, by two persons.

    Who asked stands in the agreement; ``recorded_by_id`` typed it again. Early ones had one person alone.
    """

    __tablename__ = "lottery_seed"
    __table_args__ = (
        unique_where("uq_lottery_seed_standing", "call_id", where="closed_round IS NULL"),
        UniqueConstraint("call_id", "closed_round"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    seed: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
