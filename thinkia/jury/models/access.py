"""A juror's way in for the whole of an evaluation: links, browsers that are known, and each use."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.domain.lifecycle import JurorState
from thinkia.jury.models.jury import Juror


class AccessLink(Base):
    """A link to the desk that a letter carried. Only the hash of its secret is kept; ending it is a date.

    Alone it opens nothing: it takes a browser that is known, or a code sent to the juror's address.
    """

    __tablename__ = "access_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    juror: Mapped[Juror] = link()


class KnownBrowser(Base):
    """A browser in which the juror once wrote a code: with a link it opens the desk. A cookie names it."""

    __tablename__ = "known_browser"
    __table_args__ = (UniqueConstraint("juror_id", "token_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"))
    token_hash: Mapped[str] = mapped_column(String(64), index=True)
    device: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    juror: Mapped[Juror] = link()

    @property
    def call(self) -> Call:
        """What the policy reads."""
        return self.juror.call

    @property
    def juror_account_id(self) -> int | None:
        return self.juror.account_id

    @property
    def juror_state(self) -> JurorState:
        return self.juror.state


class Proof(StrEnum):
    """What was asked for beside the link."""

    BROWSER = "browser"
    CODE = "code"


class AccessUse(Base):
    """One time that a link opened the desk."""

    __tablename__ = "access_use"

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    at: Mapped[datetime]
    device: Mapped[str] = mapped_column(String(200), default="")
    proof: Mapped[Proof]

    juror: Mapped[Juror] = link()
