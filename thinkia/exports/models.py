"""The log of exports, what they may hold, and what for."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.accounts.models import Account
from thinkia.db import Base, link


class Group(StrEnum):
    """Columns about persons, by what they serve. None leaves without a purpose that somebody wrote."""

    NAMES = "names"
    PROFILE = "profile"  # sector, institution, territory, what a person says of himself or herself
    CONTACT = "contact"
    BIRTH = "birth"
    REASONS = "reasons"  # why a juror does not read something
    FILES = "files"  # what teams handed in as files: nobody here knows what stands in them


class Export(Base):
    """What left the platform, when and by whom."""

    __tablename__ = "export"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    style: Mapped[str] = mapped_column(String(8))
    tables: Mapped[list[str]] = mapped_column(JSON)
    rows: Mapped[int]
    read_at: Mapped[datetime]  # the moment that the data are of
    sha256: Mapped[str] = mapped_column(String(64))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    made_by: Mapped[Account | None] = link()
    purposes: Mapped[list["ExportPurpose"]] = link(
        back_populates="export", order_by="ExportPurpose.group", cascade="all, delete-orphan"
    )


class ExportPurpose(Base):
    """What for a group of columns about persons left."""

    __tablename__ = "export_purpose"
    __table_args__ = (CheckConstraint("purpose <> ''", name="purpose"),)

    export_id: Mapped[int] = mapped_column(ForeignKey("export.id", ondelete="CASCADE"), primary_key=True)
    group: Mapped[Group] = mapped_column("column_group", primary_key=True)
    purpose: Mapped[str] = mapped_column(Text)

    export: Mapped[Export] = link(back_populates="purposes")
