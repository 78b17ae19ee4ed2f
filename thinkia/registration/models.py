"""Who entered which call, with what the call's team rules ask of people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.db.codes import new_code
from thinkia.domain.conflicts import LONGEST_KEY, institution_key

CONSENT_VERSION = "2026-11"
"""Which text of consent a person reads now; whoever changes the text changes this too."""


class Registration(Base):
    """A person entered a call. ``attributes`` holds only what the team rules of the bases ask for.

    Withdrawing is a date and empties what was said; entering again takes up the same row.
    """

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("call_id", "account_id"),
        Index("ix_registration_call_id_institution_key", "call_id", "institution_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True, default=new_code)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    attributes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    institution_key: Mapped[str] = mapped_column(
        String(LONGEST_KEY),
        default=lambda row: _key_of(row.get_current_parameters().get("attributes")),
    )  # of the institution that was named, if one was: what conflicts of interest are matched by
    is_looking: Mapped[bool] = mapped_column(default=False)
    about: Mapped[str] = mapped_column(String(500), default="")
    consent_version: Mapped[str] = mapped_column(String(20), default=CONSENT_VERSION)
    registered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    call: Mapped[Call] = link()
    account: Mapped[Account] = link()

    @validates("attributes")
    def _fold(self, _name: str, attributes: Mapping[str, Any]) -> Mapping[str, Any]:
        self.institution_key = _key_of(attributes)
        return attributes


def _key_of(attributes: Mapping[str, Any] | None) -> str:
    return institution_key((attributes or {}).get("institution") or "")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person says when entering a call. ``born`` and ``province`` complete an account without them."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    is_looking: bool = False
    about: str = ""
    born: date | None = None
    province: str | None = None
