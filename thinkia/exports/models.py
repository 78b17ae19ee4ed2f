"""The log of exports, what they may hold, and what for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.db.codes import new_code
from thinkia.outside.outbox import OutboxTask, TaskState
from thinkia.web.export import Style, Writing


class Group(StrEnum):
    """Columns about persons, by what they serve. None leaves without a purpose that somebody wrote."""

    NAMES = "names"
    PROFILE = "profile"  # sector, institution, territory, what a person says of himself or herself
    CONTACT = "contact"
    BIRTH = "birth"
    REASONS = "reasons"  # why a juror does not read something
    FILES = "files"  # what teams handed in as files: nobody here knows what stands in them


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for. ``purposes``: the groups of columns about persons, each with what it is for."""

    style: Style
    tables: Sequence[str]
    purposes: Mapping[Group, str] = field(default_factory=dict)
    with_marks: bool = True
    writing: Writing = field(default_factory=Writing)

    @property
    def has_files(self) -> bool:
        """Whether it holds the files that teams handed in."""
        return Group.FILES in self.purposes and "files" in self.tables and self.style is Style.ZIP


class Export(Base):
    """What left the platform, when and by whom; or what is being made in the background (``outbox``).

    A large one is a file in the storage until ``kept_until``, for the account that asked for it alone. Its
    ``sha256`` is written down before the file is there, so that none is left behind.
    """

    __tablename__ = "export"
    __table_args__ = (
        CheckConstraint("(rows IS NULL) = (read_at IS NULL)", name="made"),
        CheckConstraint("rows IS NULL OR sha256 IS NOT NULL", name="fingerprint"),
        CheckConstraint("rows IS NOT NULL OR outbox_id IS NOT NULL", name="background"),
        CheckConstraint(
            "kept_until IS NULL OR (rows IS NOT NULL AND made_by_id IS NOT NULL AND name IS NOT NULL)",
            name="kept",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True, default=new_code)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    style: Mapped[str] = mapped_column(String(8))
    tables: Mapped[list[str]] = mapped_column(JSON)
    options: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict
    )  # how it is written, and in what language
    asked_at: Mapped[datetime]
    rows: Mapped[int | None]
    read_at: Mapped[datetime | None]  # the moment that the data are of
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    name: Mapped[str | None] = mapped_column(String(200))
    size: Mapped[int | None]
    kept_until: Mapped[datetime | None]
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_task.id"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    call: Mapped[Call] = link()
    made_by: Mapped[Account | None] = link()
    outbox: Mapped[OutboxTask | None] = link()
    purposes: Mapped[list["ExportPurpose"]] = link(
        back_populates="export", order_by="ExportPurpose.group", cascade="all, delete-orphan"
    )

    @property
    def account_id(self) -> int | None:
        """What the policy reads: an export is whose it is."""
        return self.made_by_id

    @property
    def has_failed(self) -> bool:
        return self.rows is None and self.outbox is not None and self.outbox.state is TaskState.FAILED

    def is_kept(self, now: datetime) -> bool:
        """Whether its file can be had."""
        return self.kept_until is not None and now < self.kept_until

    def wanted(self, *, with_marks: bool) -> Wanted:
        """What was asked for, as it is to be made now."""
        return Wanted(
            style=Style(self.style),
            tables=self.tables,
            purposes={each.group: each.purpose for each in self.purposes},
            with_marks=with_marks,
            writing=Writing(self.options["bom"], self.options["semicolons"]),
        )


class ExportPurpose(Base):
    """What for a group of columns about persons left."""

    __tablename__ = "export_purpose"
    __table_args__ = (CheckConstraint("purpose <> ''", name="purpose"),)

    export_id: Mapped[int] = mapped_column(ForeignKey("export.id", ondelete="CASCADE"), primary_key=True)
    group: Mapped[Group] = mapped_column("column_group", primary_key=True)
    purpose: Mapped[str] = mapped_column(Text)

    export: Mapped[Export] = link(back_populates="purposes")
