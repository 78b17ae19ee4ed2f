"""How people come to sit on a jury: links that were replaced, and whom others suggest."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.jury.models.jury import Juror


class FormerInvitation(Base):
    """The hash of a link that a newer letter replaced: it opens nothing, and its page can say so."""

    __tablename__ = "former_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ended_at: Mapped[datetime]

    juror: Mapped[Juror] = link()


class Suggestion(Base):
    """Somebody whom a person who declined names in his or her place. Nothing is sent by itself.

    It waits for the organisers until they invite that person or set it aside.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint("name <> '' OR email <> '' OR institution <> ''", name="says_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"))
    sector: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(320), default="")
    institution: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    call: Mapped[Call] = link()
    juror: Mapped[Juror] = link()

    @property
    def told(self) -> str:
        """The person in one line, from what is known of him or her."""
        return ", ".join(part for part in (self.name, self.institution, self.email) if part)
