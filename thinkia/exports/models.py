"""The log of exports."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.accounts.models import Account
from thinkia.db import Base, link


class Export(Base):
    """What left the platform, when, by whom and, where it held e-mail addresses, what for."""

    __tablename__ = "export"
    __table_args__ = (CheckConstraint("NOT with_emails OR purpose <> ''", name="purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    style: Mapped[str] = mapped_column(String(8))
    tables: Mapped[list[str]] = mapped_column(JSON)
    rows: Mapped[int]
    with_emails: Mapped[bool]
    purpose: Mapped[str] = mapped_column(Text, default="")
    read_at: Mapped[datetime]  # the moment that the data are of
    sha256: Mapped[str] = mapped_column(String(64))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    made_by: Mapped[Account | None] = link()
