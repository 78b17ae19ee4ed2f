"""An act that waits for a second person, or had one."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.db.conditions import unique_where
from thinkia.domain.lifecycle import AgreementState


class SecondRole(StrEnum):
    """What makes somebody a possible second person. Never stored."""

    STAFF = "staff"
    CHAIR = "chair"
    SECRETARY = "secretary"
    NAMED = "named"


class Agreement(Base):
    """What one officer asked for and another one confirms, refuses, or lets lapse.

    ``kind`` names the act (``hooks.act``), ``object_ref`` what it is done to, as the journal does;
    ``arguments`` are what the act needs beside it, ``label`` a code for lists. It lapses by the calendar:
    ``standing`` says how it stands at a moment.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("(state IN ('asked', 'lapsed')) = (decided_by_id IS NULL)", name="decided"),
        CheckConstraint("(decided_by_id IS NULL) = (decided_at IS NULL)", name="moment"),
        CheckConstraint("state = 'withdrawn' OR decided_by_id <> asked_by_id", name="two_persons"),
        CheckConstraint("state <> 'withdrawn' OR decided_by_id = asked_by_id", name="withdrawn"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("asked_at < expires_at", name="expires"),
        Index("ix_agreement_call_id_asked_at", "call_id", "asked_at"),
        unique_where("uq_agreement_asked", "kind", "object_ref", where="state = 'asked'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    kind: Mapped[str] = mapped_column(String(40))
    object_ref: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(String(40), default="")
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[AgreementState] = mapped_column(default=AgreementState.ASKED)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str] = mapped_column(Text, default="")

    call: Mapped[Call] = link()
    asked_by: Mapped[Account] = link(foreign_keys=[asked_by_id])
    decided_by: Mapped[Account | None] = link(foreign_keys=[decided_by_id])

    # Accounts that may not decide this one, as the act's feature says: whoever loads it fills it in.
    barred = frozenset[int]()

    def standing(self, now: datetime) -> AgreementState:
        """The state that a person decided, or that it has lapsed since."""
        if self.state is AgreementState.ASKED and now >= self.expires_at:
            return AgreementState.LAPSED
        return self.state


def ref_in_round(call: Call, ref: str) -> str:
    """``ref`` as an object of the round that a call is in. In the next one the same may be asked for anew."""
    return f"{ref}:round-{call.round}" if call.round else ref
