"""What the organisers' pages of a jury show, counted once: who sits for which sector, and every panel."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from thinkia.domain.assignment import Pair
from thinkia.domain.bases import JuryRules
from thinkia.domain.lifecycle import JurorState
from thinkia.domain.sectors import SECTORS
from thinkia.jury.models import Juror
from thinkia.policy.actor import JurorRole
from thinkia.web.listing import Listing

PER_PAGE = 60  # panels on a page


class Person(NamedTuple):
    """A juror with his or her load."""

    juror: Juror
    load: int
    percent: int

    @property
    def most(self) -> int | None:
        return self.juror.capacity


@dataclass(frozen=True)
class SectorSeats:
    """A sector's people against what the rules ask of each panel."""

    sector: str
    people: tuple[Person, ...]
    least: int
    most: int | None
    also: int = 0  # people of other sectors who accepted and may sit for this one
    group: str = ""  # of evaluators, where the call has any

    @property
    def key(self) -> str:
        """What tells it from the others of a page."""
        return f"{self.group}-{self.sector}" if self.group else self.sector

    def count(self, state: JurorState) -> int:
        return sum(1 for person in self.people if person.juror.state is state and person.juror.votes)

    @property
    def accepted(self) -> int:
        return self.count(JurorState.ACCEPTED)

    @property
    def invited(self) -> int:
        return self.count(JurorState.INVITED)

    @property
    def lacks(self) -> int:
        """How many more have to accept before a panel of this sector can be drawn."""
        return max(0, self.least - self.accepted - self.also)

    @property
    def load(self) -> int:
        return sum(person.load for person in self.people)

    @property
    def node(self) -> str:
        """How the sector stands in the ring."""
        if self.lacks:
            return "missing"
        return "taken" if self.accepted + self.also else "none"


class GroupSeats(NamedTuple):
    """A group of evaluators, whatever their sectors, against its part of a panel."""

    code: str
    size: int
    accepted: int
    invited: int

    @property
    def lacks(self) -> int:
        """How many more have to accept before a panel can be drawn."""
        return max(0, self.size - self.accepted)


@dataclass(frozen=True)
class JuryBoard:
    """The whole jury, by sector in the order of the ring, and by group where evaluators come in groups."""

    sectors: tuple[SectorSeats, ...]
    size: int
    proposals: int
    groups: tuple[GroupSeats, ...] = ()

    @cached_property
    def people(self) -> list[Juror]:
        return [person.juror for sector in self.sectors for person in sector.people]

    @property
    def accepted(self) -> list[Juror]:
        return [juror for juror in self.people if juror.state is JurorState.ACCEPTED]

    @property
    def invited(self) -> list[Juror]:
        return [juror for juror in self.people if juror.state is JurorState.INVITED]

    @property
    def chaired(self) -> bool:
        """Whether somebody presides, or is invited to."""
        return any(juror.role is JurorRole.CHAIR for juror in (*self.accepted, *self.invited))

    @property
    def unsigned(self) -> list[Juror]:
        """Those who accepted, have a vote and have not signed: panels are drawn without them."""
        return [juror for juror in self.accepted if juror.votes and juror.statement_at is None]

    @property
    def ring(self) -> dict[str, str]:
        """Each sector as it stands where it stands worst."""
        order = ("none", "taken", "missing")
        rows = sorted(self.sectors, key=lambda each: order.index(each.node))
        return {row.sector: row.node for row in rows}

    @property
    def lacking(self) -> list[SectorSeats]:
        return [sector for sector in self.sectors if sector.lacks]

    @property
    def asked(self) -> int:
        """How many readings the rules ask for."""
        return self.size * self.proposals


class Seat(NamedTuple):
    """Somebody on a panel, sitting for a sector."""

    sector: str
    juror: str
    name: str
    group: str = ""  # of evaluators, where the call has any


class Panel(NamedTuple):
    """A proposal's panel."""

    code: str
    title: str
    seats: tuple[Seat, ...]
    empty: tuple[Mapping[str, Any], ...]

    @property
    def ring(self) -> dict[str, str]:
        taken = {seat.sector: "taken" for seat in self.seats}
        return {**taken, **{row["sector"]: "missing" for row in self.empty if row["sector"]}}

    @property
    def pattern(self) -> str:
        """The name of this ring among the page's."""
        ring = self.ring
        return "r-" + "".join(
            {"taken": "1", "missing": "0"}.get(ring.get(sector, ""), "x") for sector in SECTORS
        )


@dataclass(frozen=True)
class PanelBoard:
    """Every panel of a plan, or of the reviews that stand; those with an empty seat first."""

    panels: tuple[Panel, ...]
    jury: JuryBoard
    number: int = 1

    @property
    def complete(self) -> int:
        return sum(1 for panel in self.panels if not panel.empty)

    @property
    def assigned(self) -> int:
        """How many of the readings that the rules ask for somebody has; extra ones are none of these."""
        return sum(len(panel.seats) for panel in self.panels) - self.extra

    @property
    def asked(self) -> int:
        return self.jury.size * len(self.panels)

    @property
    def extra(self) -> int:
        """How many read in seats above the size of a panel."""
        return sum(max(0, len(each.seats) + len(each.empty) - self.jury.size) for each in self.panels)

    @property
    def highest_load(self) -> int:
        return max((person.load for sector in self.jury.sectors for person in sector.people), default=0)

    @property
    def lowest_load(self) -> int:
        return min(self.reading_loads, default=0)

    @property
    def reading_loads(self) -> list[int]:
        """How many each of those who read has; nobody left out."""
        return [p.load for sector in self.jury.sectors for p in sector.people if _reads(p.juror)]

    @property
    def fewest_readers(self) -> int:
        """How many read the proposal that is served worst."""
        return min((len(panel.seats) for panel in self.panels), default=0)

    @property
    def most_readers(self) -> int:
        return max((len(panel.seats) for panel in self.panels), default=0)

    @property
    def listing(self) -> Listing:
        """The panels of the page in hand."""
        start = (self.number - 1) * PER_PAGE
        return Listing(self.panels[start : start + PER_PAGE], len(self.panels), self.number, PER_PAGE)

    @property
    def patterns(self) -> dict[str, dict[str, str]]:
        """Each ring that the page draws, once."""
        return {panel.pattern: panel.ring for panel in self.listing.rows}


def jury_board(
    rules: JuryRules, jurors: Sequence[Juror], loads: Mapping[int, int], proposals: int
) -> JuryBoard:
    """The jury against its rules. The five sectors always; others where a rule or a juror names them. Where
    evaluators come in groups, that of each group; last, those who are in none.
    """
    sectors = [
        replace(_sector(sector, part, people, loads), group=code)
        for code, part, people in by_group(rules, jurors)
        for sector in dict.fromkeys((*SECTORS, *part.sectors, *(juror.sector for juror in people)))
    ]
    groups = tuple(_group(code, one.size, jurors) for code, one in rules.groups.items())
    return JuryBoard(tuple(sectors), rules.size, proposals, groups)


def panel_board(
    rules: JuryRules,
    jurors: Sequence[Juror],
    submissions: Sequence[Any],
    pairs: Iterable[Pair],
    shortfall: Iterable[Mapping[str, Any]],
    *,
    number: int = 1,
) -> PanelBoard:
    """Panels as pairs make them, with the loads that follow."""
    pairs, known = tuple(pairs), {juror.code: juror for juror in jurors}
    loads = Counter(known[pair.juror].id for pair in pairs if pair.juror in known)
    in_none = rules.groups and {juror.id for juror in jurors if juror.evaluators not in rules.groups}
    reading = [one for one in jurors if (_reads(one) and one.id not in in_none) or loads[one.id]]
    seats: dict[str, list[Seat]] = {}
    order = list(rules.groups)
    for pair in pairs:
        seats.setdefault(pair.submission, []).append(_seat(pair, known.get(pair.juror), order))
    for panel in seats.values():
        panel.sort(
            key=lambda seat: (order.index(seat.group) if seat.group else -1, _place(seat.sector), seat.name)
        )
    empty: dict[str, list[Mapping[str, Any]]] = {}
    for row in shortfall:
        empty.setdefault(row["submission"], []).append(row)
    panels = [
        Panel(row.code, row.title, tuple(seats.get(row.code, ())), tuple(empty.get(row.code, ())))
        for row in submissions
    ]
    panels.sort(key=lambda panel: (not panel.empty, panel.code))
    return PanelBoard(tuple(panels), jury_board(rules, reading, loads, len(panels)), number)


def by_group(rules: JuryRules, jurors: Sequence[Juror]) -> Iterator[tuple[str, JuryRules, Sequence[Juror]]]:
    """Each group of evaluators with its rules and people, last who is in none; without groups, everybody."""
    if not rules.groups:
        yield "", rules, jurors
        return
    for code, part in rules.parts.items():
        yield code, part, [juror for juror in jurors if juror.evaluators == code]
    if rest := [juror for juror in jurors if juror.evaluators not in rules.groups]:
        yield "", replace(rules, groups={}), rest


def _seat(pair: Pair, juror: Juror | None, groups: Sequence[str]) -> Seat:
    group = juror.evaluators if juror and juror.evaluators in groups else ""
    return Seat(pair.sector, pair.juror, juror.name if juror else "", group)


def _group(code: str, size: int, jurors: Sequence[Juror]) -> GroupSeats:
    states = Counter(juror.state for juror in jurors if juror.evaluators == code and juror.votes)
    return GroupSeats(code, size, states[JurorState.ACCEPTED], states[JurorState.INVITED])


def _sector(code: str, rules: JuryRules, jurors: Sequence[Juror], loads: Mapping[int, int]) -> SectorSeats:
    quota = rules.sectors.get(code)
    people = tuple(_person(juror, loads.get(juror.id, 0)) for juror in jurors if juror.sector == code)
    also = sum(code in each.other_sectors and each.votes for each in jurors if _accepted(each))
    return SectorSeats(code, people, quota.min if quota else 0, quota.max if quota else None, also)


def _person(juror: Juror, load: int) -> Person:
    percent = round(100 * load / juror.capacity) if juror.capacity else 100 * bool(load)
    return Person(juror, load, percent)


def _accepted(juror: Juror) -> bool:
    return juror.state is JurorState.ACCEPTED


def _reads(juror: Juror) -> bool:
    return _accepted(juror) and juror.votes and juror.statement_at is not None


def _place(sector: str) -> int:
    return SECTORS.index(sector) if sector in SECTORS else len(SECTORS)
