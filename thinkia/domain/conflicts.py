"""When a juror must not judge, and what only looks like it.

A conflict is somebody's word: about one proposal, a team, or an institution. What the platform sees by
itself (a shared institution, a shared mail domain, a team of an earlier call) is a hint for people to look
at, and decides nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from thinkia.domain.formation import alike
from thinkia.domain.mail_providers import PUBLIC

LONGEST_KEY = 200
# What people write who belong to none.
NONE = frozenset(
    {
        "ninguna",
        "ninguno",
        "na",
        "n/a",
        "noaplica",
        "notiene",
        "independiente",
        "particular",
        "sininstitucion",
    }
    | {"none", "no", "independent", "freelance", "personal", "estudiante", "student"}
)


class ConflictScope(StrEnum):
    """How far a conflict reaches. ``institution``: every team that has somebody of it, now or later."""

    SUBMISSION = "submission"
    TEAM = "team"
    INSTITUTION = "institution"


class HintKind(StrEnum):
    INSTITUTION = "institution"
    MAIL_DOMAIN = "mail_domain"
    FORMER_TEAM = "former_team"


class Hint(NamedTuple):
    """Something that joins a juror and a team. ``what``: the institution, the domain; empty for a team."""

    kind: HintKind
    what: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a juror, or of a member of a team: whatever names institutions, and an address."""

    id: int
    institutions: tuple[str, ...] = ()
    email: str = ""


def institution_key(name: str) -> str:
    """The same for two spellings that a reader takes for one institution; empty where none is named."""
    key = alike(name)[:LONGEST_KEY]
    return key if any(letter.isalnum() for letter in key) and key not in NONE else ""


def mail_domain(email: str) -> str:
    """The domain of an address that says where somebody belongs; empty where anybody may have one."""
    domain = email.rpartition("@")[2].strip().lower()
    return "" if not domain or domain in PUBLIC else domain


Member = tuple[int, Known]  # team id, person


def hints(
    jurors: Iterable[Known], members: Iterable[Member], former: Collection[tuple[int, int]] = ()
) -> dict[tuple[int, int], list[Hint]]:
    """(juror id, team id) → what joins them; only pairs that have something.

    ``former`` are (juror id, person's id) of two who sat in one team of an earlier call. A sub-domain and
    the domain above it belong together.
    """
    people = list(members)
    found: dict[tuple[int, int], dict[Hint, None]] = defaultdict(dict)
    by_name, by_domain = _named(people), _addressed(people)
    for juror in jurors:
        for team, hint in (*_shared_names(juror, by_name), *_shared_domains(juror, by_domain)):
            found[juror.id, team][hint] = None
    teams = defaultdict(set)
    for team, person in people:
        teams[person.id].add(team)
    for juror_id, account in former:
        for team in teams.get(account, ()):
            found[juror_id, team][Hint(HintKind.FORMER_TEAM)] = None
    return {pair: list(those) for pair, those in found.items()}


def _named(members: Iterable[Member]) -> dict[str, list[int]]:
    """Institution's key → the teams that have somebody of it."""
    found = defaultdict(list)
    for team, person in members:
        for key in filter(None, map(institution_key, person.institutions)):
            found[key].append(team)
    return found


def _addressed(members: Iterable[Member]) -> dict[str, list[tuple[int, str]]]:
    """A domain, or one above it → (team, the domain itself)."""
    found = defaultdict(list)
    for team, person in members:
        domain = mail_domain(person.email)
        for above in _with_those_above(domain):
            found[above].append((team, domain))
    return found


def _shared_names(juror: Known, by_name: dict[str, list[int]]) -> Iterator[tuple[int, Hint]]:
    for key, name in {institution_key(name): name for name in juror.institutions}.items():
        for team in by_name.get(key, ()) if key else ():
            yield team, Hint(HintKind.INSTITUTION, name)


def _shared_domains(juror: Known, by_domain: dict[str, list[tuple[int, str]]]) -> Iterator[tuple[int, Hint]]:
    own = mail_domain(juror.email)
    for domain in _with_those_above(own):
        for team, theirs in by_domain.get(domain, ()):
            if domain in {own, theirs}:
                yield team, Hint(HintKind.MAIL_DOMAIN, domain)


def _with_those_above(domain: str) -> Iterator[str]:
    """``est.ups.edu.ec`` → itself, ``ups.edu.ec``, ``edu.ec``. Nobody has an address at the last ones."""
    parts = domain.split(".") if domain else []
    for start in range(max(0, len(parts) - 1)):
        yield ".".join(parts[start:])
