"""Jurors, conflicts, plans of panels, reviews and marks."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.db.conditions import unique_where
from thinkia.domain.lifecycle import JurorState, PlanState, ReviewState
from thinkia.policy.actor import JurorRole
from thinkia.submissions.models import Receipt, Submission


class Juror(Base):
    """A seat on a call's jury, for a sector. The account is there once the invitation was accepted."""

    __tablename__ = "juror"
    __table_args__ = (
        UniqueConstraint("call_id", "email"),
        UniqueConstraint("call_id", "account_id"),
        CheckConstraint("state <> 'accepted' OR account_id IS NOT NULL", name="account"),
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity"),
        unique_where(
            "uq_juror_chair", "call_id", where="role = 'chair' AND state IN ('invited', 'accepted')"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(200))
    sector: Mapped[str] = mapped_column(String(20))
    institution: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[JurorRole] = mapped_column(default=JurorRole.MEMBER)
    capacity: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(2), default="es")
    state: Mapped[JurorState] = mapped_column(default=JurorState.INVITED)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(Text, default="")
    statement_at: Mapped[datetime | None]  # confidentiality and conflicts stated

    call: Mapped[Call] = link()
    account: Mapped[Account | None] = link()

    @property
    def juror_account_id(self) -> int | None:
        """What the policy reads."""
        return self.account_id

    @property
    def juror_state(self) -> JurorState:
        return self.state


class Conflict(Base):
    """A juror must not judge a submission. Nothing is erased: taking it back is a date."""

    __tablename__ = "conflict"
    __table_args__ = (
        unique_where("uq_conflict_standing", "juror_id", "submission_id", where="withdrawn_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    by_organiser: Mapped[bool] = mapped_column(default=False)
    declared_at: Mapped[datetime]
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None]

    juror: Mapped[Juror] = link()
    submission: Mapped[Submission] = link()


class Plan(Base):
    """Panels as the platform proposed them, with the certificate; applied once, or discarded."""

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("(state = 'applied') = (applied_at IS NOT NULL)", name="applied"),
        unique_where("uq_plan_proposed", "call_id", where="state = 'proposed'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    state: Mapped[PlanState] = mapped_column(default=PlanState.PROPOSED)
    seed: Mapped[int]
    input_sha256: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(20))
    value: Mapped[int]
    upper_bound: Mapped[int]
    is_certified: Mapped[bool]
    is_connected: Mapped[bool]
    pairs: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # submission, juror (codes), sector
    shortfall: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # submission, sector, reason
    made_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]

    call: Mapped[Call] = link()


class Review(Base):
    """A juror reads a submission, sitting for a sector. ``version`` settles two tabs."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("juror_id", "submission_id"),
        CheckConstraint("(state = 'final') = (finished_at IS NOT NULL)", name="finished"),
        CheckConstraint("state NOT IN ('excused', 'recused') OR closed_reason IS NOT NULL", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    sector: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.ASSIGNED)
    version: Mapped[int] = mapped_column(default=1)
    feedback: Mapped[str] = mapped_column(Text, default="")  # the team reads it after publication
    note: Mapped[str] = mapped_column(Text, default="")  # the jury reads it
    assigned_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    closed_reason: Mapped[str | None] = mapped_column(Text)

    call: Mapped[Call] = link()
    juror: Mapped[Juror] = link()
    submission: Mapped[Submission] = link()
    receipt: Mapped[Receipt] = link()
    marks: Mapped[list["Mark"]] = link(back_populates="review", cascade="all, delete-orphan")

    @property
    def juror_account_id(self) -> int | None:
        """What the policy reads."""
        return self.juror.account_id

    @property
    def juror_state(self) -> JurorState:
        return self.juror.state

    @property
    def statement_signed(self) -> bool:
        return self.juror.statement_at is not None


class Mark(Base):
    """A mark on one criterion, exact. No row: not marked. A 0 is a mark."""

    __tablename__ = "mark"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[Decimal]
    items: Mapped[list[int] | None] = mapped_column(JSON)  # a checklist's items that are met
    reason: Mapped[str] = mapped_column(Text, default="")

    review: Mapped[Review] = link(back_populates="marks")
