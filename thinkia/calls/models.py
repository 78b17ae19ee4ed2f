"""A call, the versions of its bases, and what the database itself must know of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.accounts.models import Account
from thinkia.calls.call_file import bases_in_round, bases_of
from thinkia.db import Base, link
from thinkia.db.conditions import unique_where
from thinkia.domain.bases import Bases, Calendar, Round, WindowKind
from thinkia.domain.lifecycle import CallState
from thinkia.organisations.models import Host


class Call(Base):
    """A call of a host. ``version`` is the version of the bases in force; a draft call has only its draft."""

    __tablename__ = "call"
    __table_args__ = (
        CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published"),
        CheckConstraint("round >= 0", name="round"),
        CheckConstraint("results_published_at IS NULL OR published_at IS NOT NULL", name="results"),
        CheckConstraint(
            "results_published_at IS NULL OR results_taken_back_at IS NULL", name="results_taken_back"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host.id"), index=True)
    state: Mapped[CallState] = mapped_column(default=CallState.DRAFT)
    round: Mapped[int] = mapped_column(default=0, server_default="0")  # the one it is in, from 0
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("bases_version.id", use_alter=True, name="fk_call_version_id_bases_version")
    )
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    results_published_at: Mapped[datetime | None]
    results_taken_back_at: Mapped[datetime | None]  # until a corrected one is public
    cancelled_reason: Mapped[str | None] = mapped_column(Text)

    host: Mapped[Host] = link()
    version: Mapped["BasesVersion | None"] = link(foreign_keys=[version_id], post_update=True)

    @property
    def announced(self) -> Bases:
        """The bases that a reader sees: those in force, or a draft call's draft, with all their rounds."""
        return bases_of(self._text)

    @property
    def bases(self) -> Bases:
        """What applies now: of several rounds, the rules of the one that the call is in."""
        return bases_in_round(self._text, self.round)

    def bases_in(self, closed_round: int | None) -> Bases:
        """What applied in a round that is closed, by its number; without one, what applies now."""
        return self.bases if closed_round is None else bases_in_round(self._text, closed_round)

    @property
    def own_round(self) -> Round | None:
        """The round that it is in; none, where it is judged once."""
        rounds = self.announced.rounds
        return rounds[self.round] if rounds else None

    @property
    def advances_by_hand(self) -> bool:
        """Whether people name who goes on from the round that it is in."""
        rule = self.own_round.advance if self.own_round else None
        return rule is not None and rule.by_hand

    @property
    def closes_rounds(self) -> bool:
        """Whether its order decides who goes on, and is not the result: a round follows the one it is in."""
        return self.round + 1 < len(self.announced.rounds)

    @property
    def _text(self) -> str:
        if self.version is None:
            raise LookupError(f"call {self.code} was loaded without its bases")
        return self.version.content

    @property
    def calendar(self) -> Calendar:
        return self.bases.calendar

    @property
    def will_hide_names(self) -> bool:
        """Whether its jury reads without names now, or in a round that is still to come."""
        left = [*self.announced.each_round.values()][self.round :]
        return self.results_published_at is None and any(one.jury.blind for one in left)

    @property
    def hides_names(self) -> bool:
        """Whether its jury reads without the names of those who apply, still. Nothing else decides it."""
        return self.bases.jury.blind and self.results_published_at is None


class BasesVersion(Base):
    """One version of a call's bases: a canonical call file. Published ones never change.

    A call has at most one unpublished version: its draft, or the change being prepared.
    """

    __tablename__ = "bases_version"
    __table_args__ = (
        UniqueConstraint("call_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("(published_at IS NULL) = (published_by_id IS NULL)", name="published"),
        unique_where("uq_bases_version_draft", "call_id", where="published_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    call: Mapped[Call] = link(foreign_keys=[call_id])
    published_by: Mapped[Account | None] = link()


class CallWindow(Base):
    """A window of a published call, as the lists ask for it. Always a copy of the bases in force."""

    __tablename__ = "call_window"
    __table_args__ = (CheckConstraint("opens < closes", name="order"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[WindowKind] = mapped_column(primary_key=True)
    opens: Mapped[datetime] = mapped_column(index=True)
    closes: Mapped[datetime] = mapped_column(index=True)


class Challenge(Base):
    """A challenge that submissions answer. Its words are in the bases; the row is what they refer to."""

    __tablename__ = "challenge"
    __table_args__ = (UniqueConstraint("call_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(64))
    position: Mapped[int]
    is_open: Mapped[bool] = mapped_column(default=True)

    call: Mapped[Call] = link()
