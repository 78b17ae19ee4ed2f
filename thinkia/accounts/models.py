"""Accounts, sign-ins, one-time tokens and consents."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, validates

from thinkia.db import Base, link
from thinkia.db.conditions import unique_where
from thinkia.domain.conflicts import LONGEST_KEY, institution_key


class Account(Base):
    """A person who can sign in. ``email`` is kept in lower case; it is verified or it can do nothing."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("language IN ('es', 'en')", name="language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="es")
    birth_date: Mapped[date | None] = mapped_column(Date)
    sector: Mapped[str | None] = mapped_column(String(20))
    institution: Mapped[str] = mapped_column(String(200), default="")
    institution_key: Mapped[str] = mapped_column(
        String(LONGEST_KEY),
        index=True,
        default=lambda row: institution_key(row.get_current_parameters().get("institution") or ""),
    )  # what conflicts of interest are matched by; follows the name
    province: Mapped[str | None] = mapped_column(String(2))
    canton: Mapped[str | None] = mapped_column(String(4))
    skills: Mapped[str] = mapped_column(Text, default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    password_changed_at: Mapped[datetime | None]

    @validates("institution")
    def _fold(self, _name: str, institution: str) -> str:
        self.institution_key = institution_key(institution or "")
        return institution

    @property
    def account_id(self) -> int:
        """What the policy reads: an account is its own."""
        return self.id


class SignIn(Base):
    """One device that is signed in. Only the hash of its token is kept; revoking is a date."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_account_id_created_at", "account_id", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    account: Mapped[Account] = link()

    @property
    def code(self) -> str:
        """Its name in addresses: a piece of the hash, which opens nothing."""
        return self.token_hash[:16]


class TokenPurpose(StrEnum):
    VERIFY = "verify"
    RESET = "reset"
    CODE = "code"


class Token(Base):
    """A secret sent by e-mail, used once. Only its hash is kept. ``tries`` counts wrong answers.

    ``browser_hash`` names the browser that asked: a code works there alone, so that nobody else can use
    up its tries, and a link that was opened there need not ask for the passphrase again.
    """

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[TokenPurpose]
    token_hash: Mapped[str] = mapped_column(String(64), index=True)
    browser_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)

    account: Mapped[Account] = link()


class Purpose(StrEnum):
    """What a person may agree to, each on its own."""

    PARTICIPATION = "participation"  # needed to take part
    NEWS = "news"  # to be told of new calls
    FINDABLE = "findable"  # to be shown to teams that look for people


CONSENT_TEXT = "2026-11"  # the version of what `wording.py` says about each purpose


class Consent(Base):
    """A yes to one purpose, with the version of the text read. Taking it back is a date, never a deletion."""

    __tablename__ = "consent"
    __table_args__ = (
        unique_where("uq_consent_standing", "account_id", "purpose", where="withdrawn_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose]
    text_version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class FailedSignIn(Base):
    """A try that did not succeed, so that the next one waits longer. Old rows mean nothing.

    ``key_hash`` stands for an e-mail address alone, or for one together with where the try came from.
    """

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index("ix_failed_sign_in_key_hash_at", "key_hash", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
