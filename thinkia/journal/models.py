"""The journal and the pseudonyms under which people appear in it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.db import Base


class Entry(Base):
    """One line: a canonical body (RFC 8785), without personal data. INSERT and SELECT only (a trigger).

    ``previous_hash`` and ``hash`` are for the chain, which seals the body.
    """

    __tablename__ = "journal"
    __table_args__ = (
        CheckConstraint("(hash IS NULL) = (previous_hash IS NULL)", name="chained"),
        Index("ix_journal_call_id_seq", "call_id", "seq"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(60))
    actor_ref: Mapped[str] = mapped_column(String(40))
    object_ref: Mapped[str] = mapped_column(String(80), index=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))
    body: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str | None] = mapped_column(String(64))
    hash: Mapped[str | None] = mapped_column(String(64), unique=True)


class Pseudonym(Base):
    """A random name for an account within one scope: a call, or the site."""

    __tablename__ = "pseudonym"

    scope: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    ref: Mapped[str] = mapped_column(String(40), unique=True)
