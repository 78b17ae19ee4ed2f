"""Who acts: an account and what ties it to hosts, calls, teams and juries. Frozen, loaded once a request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Self


class TieKind(StrEnum):
    STAFF = "staff"  # place: a host
    REGISTERED = "registered"  # place: a call
    MEMBER = "member"  # place: a team
    JUROR = "juror"  # place: a call
    SECOND = "second"  # place: a host of others, whose acts one may confirm


class StaffRole(StrEnum):
    OWNER = "owner"  # everything an organiser may, and who else is staff
    ORGANISER = "organiser"
    READER = "reader"  # sees everything, changes nothing


class MemberRole(StrEnum):
    REPRESENTATIVE = "representative"
    MEMBER = "member"


class JurorRole(StrEnum):
    CHAIR = "chair"
    MEMBER = "member"
    SECRETARY = "secretary"  # voice, no vote


class Tie(NamedTuple):
    """One thing that binds an account to a place, in a role."""

    kind: str
    place: int
    role: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at the door. ``account_id`` is ``None`` for a visitor and for the system itself."""

    account_id: int | None = None
    name: str = ""
    language: str = ""
    ties: frozenset[Tie] = frozenset()
    is_system: bool = False
    sign_in_id: int | None = None
    signed_in_at: datetime | None = None

    @classmethod
    def anonymous(cls) -> Self:
        return cls()

    @classmethod
    def system(cls) -> Self:
        """Commands and tasks: they act for the installation, not for a person."""
        return cls(is_system=True)

    @classmethod
    def of(cls, account_id: int, ties: Iterable[Tie] = (), **rest: object) -> Self:
        return cls(account_id=account_id, ties=frozenset(ties), **rest)  # type: ignore[arg-type]

    @property
    def is_anonymous(self) -> bool:
        return self.account_id is None and not self.is_system

    def role(self, kind: TieKind, place: int) -> str | None:
        """The role in which the actor is tied to a place, or ``None``."""
        return next((tie.role for tie in self.ties if tie.kind == kind and tie.place == place), None)

    def places(self, kind: TieKind) -> frozenset[int]:
        return frozenset(tie.place for tie in self.ties if tie.kind == kind)
