"""Who is due a certificate, and which that were given no longer say what is so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class CertificateKind(StrEnum):
    PARTICIPATION = "participation"
    WINNER = "winner"
    JUROR = "juror"


class Standing(Protocol):
    """A certificate that was given and not revoked."""

    account_id: int
    kind: CertificateKind
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Due:
    """What a certificate would say. ``details`` is the same as JSON keeps it: lists, texts and numbers."""

    account_id: int
    name: str
    kind: CertificateKind
    details: Mapping[str, Any] = field(default_factory=dict)


def for_teams(entries: Iterable[tuple[int, str, Mapping[str, Any]]], *, won: bool) -> list[Due]:
    """One a person: of (account, name, proposal) entries, each with every proposal of that person."""
    names: dict[int, str] = {}
    works: dict[int, list[Mapping[str, Any]]] = {}
    for account_id, name, work in entries:
        names[account_id] = name
        works.setdefault(account_id, []).append(work)
    kind = CertificateKind.WINNER if won else CertificateKind.PARTICIPATION
    return [Due(account_id, name, kind, {"works": works[account_id]}) for account_id, name in names.items()]


def missing(due: Iterable[Due], standing: Iterable[Standing]) -> list[Due]:
    """Those due that nobody has yet: a person has one of a kind."""
    known = {(each.account_id, each.kind) for each in standing}
    return [each for each in due if (each.account_id, each.kind) not in known]


def unfounded(due: Iterable[Due], standing: Iterable[Standing]) -> list[Any]:
    """Those given that say something else than what is due now: after a corrected result, say.

    A name is not looked at: it stays as it was when the certificate was given.
    """
    wanted = {(each.account_id, each.kind): dict(each.details) for each in due}
    return [each for each in standing if wanted.get((each.account_id, each.kind)) != each.details]
