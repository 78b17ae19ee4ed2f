"""Hosts and their staff."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.accounts.models import Account
from thinkia.db import Base, link
from thinkia.policy.actor import StaffRole


class Host(Base):
    """An organisation that runs calls. Another host's staff cannot tell that its drafts exist."""

    __tablename__ = "host"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    sector: Mapped[str] = mapped_column(String(20), default="public")
    contact_email: Mapped[str] = mapped_column(String(320), default="")
    second_by_staff: Mapped[bool] = mapped_column(default=True)  # who may be second, where two persons decide
    second_by_chair: Mapped[bool] = mapped_column(default=True)
    second_by_secretary: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    @property
    def host_id(self) -> int:
        """What the policy reads: a host is its own host."""
        return self.id


class Staff(Base):
    """An account that works for a host, in a role."""

    __tablename__ = "staff"

    host_id: Mapped[int] = mapped_column(ForeignKey("host.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[StaffRole]
    since: Mapped[datetime]

    host: Mapped[Host] = link()
    account: Mapped[Account] = link()


class Second(Base):
    """Somebody of another host who may confirm what this one's officers ask for: the lab itself, say."""

    __tablename__ = "host_second"

    host_id: Mapped[int] = mapped_column(ForeignKey("host.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime]

    host: Mapped[Host] = link()
    account: Mapped[Account] = link()
