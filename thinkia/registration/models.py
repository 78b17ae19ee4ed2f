"""Registrations: a person in a call."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.db import Base, link


class Registration(Base):
    """A person entered a call. ``attributes`` holds only what the team rules of the bases ask for."""

    __tablename__ = "registration"
    __table_args__ = (UniqueConstraint("call_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    attributes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    is_looking: Mapped[bool] = mapped_column(default=False)
    about: Mapped[str] = mapped_column(String(500), default="")
    registered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    call: Mapped[Call] = link()
    account: Mapped[Account] = link()
