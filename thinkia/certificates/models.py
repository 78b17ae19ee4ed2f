"""A certificate as it was given."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.db.codes import new_code
from thinkia.db.conditions import unique_where
from thinkia.domain.certificates import CertificateKind

CODE_LENGTH = 20


class Certificate(Base):
    """What one person did in one call, of one kind, as it was when it was given. Never changed afterwards.

    ``code`` is in its address and nobody guesses it; ``number`` counts within the call and is printed.
    ``details`` is what it says beside name and call: proposals with team, place and prizes, or the seat. The
    files are kept under their hashes, one a language, once they are drawn.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("call_id", "number"),
        CheckConstraint("(es_sha256 IS NULL) = (en_sha256 IS NULL)", name="drawn"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason IS NULL)", name="revoked"),
        unique_where("uq_certificate_standing", "call_id", "account_id", "kind", where="revoked_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True, default=lambda: new_code(CODE_LENGTH))
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[CertificateKind]
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    issued_at: Mapped[datetime]
    es_sha256: Mapped[str | None] = mapped_column(String(64))
    en_sha256: Mapped[str | None] = mapped_column(String(64))
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str | None] = mapped_column(Text)

    call: Mapped[Call] = link()
    account: Mapped[Account] = link()

    @property
    def printed_number(self) -> str:
        """As it stands on the sheet."""
        return f"{self.call.code.upper()}-{self.number:04d}"

    def sha256(self, language: str) -> str | None:
        """The file in a language; ``None`` in one that there is none in."""
        return {"es": self.es_sha256, "en": self.en_sha256}.get(language)
