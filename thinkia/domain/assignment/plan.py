"""What comes out: the pairs, the seats left empty with the reason, and how good it is."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from thinkia.domain.assignment.filters import barrier
from thinkia.domain.assignment.problem import Pair, PanelRequest, PanelRule, Problem

BY_HAND = "by hand"
"""The version of a plan that no solver made."""


class ShortfallReason(StrEnum):
    FEW_JURORS = "few_jurors"  # the jury has fewer people (of that sector) than the panel needs
    CONFLICTS = "conflicts"  # enough people, but conflicts and bans keep them from this submission
    FILTERS = "filters"  # the language, the track or their own institution keeps the others from it
    COLLEAGUES = "colleagues"  # those with capacity left are of institutions that already sit here
    CAPACITY = "capacity"  # those who could read it have no capacity left
    MAXIMUM = "maximum"  # those with capacity left sit for sectors that are full on this panel
    NO_ROOM = "no_room"  # fixed pairs, or the rule itself, fill the panel before this sector sits
    AVAILABLE = "available"  # somebody could take it: nobody has been asked yet


@dataclass(frozen=True, slots=True, order=True)
class Shortfall:
    """One empty seat: of a sector the rule requires, or (``None``) open to any sector."""

    submission: str
    sector: str | None
    reason: ShortfallReason
    group: str = ""  # of evaluators, where the problem has any


@dataclass(frozen=True, slots=True)
class Plan:
    """Panels, and the proof that there are none better.

    Better means, in this order: fewer required seats empty, fewer seats empty,
    a higher ``value`` (``affinity_value`` less the cost of loads). ``upper_bound``
    is the most that any plan with as few empty seats can be worth, computed from
    ``prices`` without the solver; ``certified`` says that the bound is reached,
    so that no plan is better in any of the three.
    """

    pairs: tuple[Pair, ...]
    shortfall: tuple[Shortfall, ...]
    value: int
    affinity_value: int
    upper_bound: int
    certified: bool
    loads: Mapping[str, int]
    prices: Mapping[str, int]
    connected: bool
    version: str
    problem: Problem = field(repr=False, compare=False)

    @property
    def seed(self) -> int:
        """What chose among equally good plans."""
        return self.problem.seed

    @property
    def input_sha256(self) -> str:
        """The fingerprint of everything the plan was made from."""
        return self.problem.fingerprint()


def loads_of(problem: Problem, pairs: Collection[Pair]) -> dict[str, int]:
    """How many submissions each juror reads, nobody left out."""
    counts = Counter(pair.juror for pair in pairs)
    return {slot.juror: counts[slot.juror] for slot in sorted(problem.jurors, key=lambda slot: slot.juror)}


def empty_seats(problem: Problem, pairs: Collection[Pair]) -> tuple[Shortfall, ...]:
    """The seats these pairs leave empty, each with its reason; sorted by submission and sector."""
    survey = _Survey(problem, pairs)
    rows: list[Shortfall] = []
    for request in survey.incomplete():
        required = survey.required(request)
        rows += required + survey.open(request, required=len(required))
    return tuple(sorted(rows, key=lambda row: (row.submission, row.sector or "", row.reason)))


class _Survey:
    """Who sits where, and who still could."""

    def __init__(self, problem: Problem, pairs: Collection[Pair]) -> None:
        self.problem = problem
        self.panels: dict[str, list[Pair]] = {}
        for pair in pairs:
            self.panels.setdefault(pair.submission, []).append(pair)
        self.required_of: dict[int, list[tuple[str, int]]] = {}
        self.still: _StillFree | None = None
        self.pairs = pairs

    def incomplete(self) -> list[PanelRequest]:
        """Submissions whose panel lacks somebody."""
        lacking = []
        known: dict[
            tuple[int, tuple[str, ...]], bool
        ] = {}  # panels of one rule and the same sectors are alike
        for request in self.problem.submissions:
            rule = request.rule or self.problem.rule
            sitting = tuple([pair.sector for pair in self.panels.get(request.submission, ())])
            key = (id(rule), sitting)
            if key not in known:
                missing = any(sitting.count(sector) < least for sector, least in self._minimums(rule))
                known[key] = missing or len(sitting) < rule.size
            if known[key]:
                lacking.append(request)
        return lacking

    def _sitting(self, submission: str, sector: str) -> int:
        return sum(pair.sector == sector for pair in self.panels.get(submission, ()))

    def _minimums(self, rule: PanelRule) -> list[tuple[str, int]]:
        """The sectors that a rule requires, sorted, each with its minimum."""
        known = self.required_of.get(id(rule))
        if known is None:
            bounds = [(quota.sector, rule.bounds(quota.sector)[0]) for quota in rule.quotas]
            known = self.required_of[id(rule)] = sorted(each for each in bounds if each[1])
        return known

    def required(self, request: PanelRequest) -> list[Shortfall]:
        rule = self.problem.rule_of(request)
        rows: list[Shortfall] = []
        for sector, least in self._minimums(rule):
            missing = least - self._sitting(request.submission, sector)
            if missing > 0:
                reason = self._why(request, least, {sector})
                rows += [Shortfall(request.submission, sector, reason)] * missing
        return rows

    def open(self, request: PanelRequest, *, required: int) -> list[Shortfall]:
        rule = self.problem.rule_of(request)
        missing = rule.size - len(self.panels.get(request.submission, ())) - required
        if missing <= 0:
            return []
        reason = self._why(request, rule.size, set(self.problem.sectors))
        return [Shortfall(request.submission, None, reason)] * missing

    def _why(self, request: PanelRequest, needed: int, sectors: set[str]) -> ShortfallReason:
        submission, rule = request.submission, self.problem.rule_of(request)
        self.still = self.still or _StillFree(self.problem, self.pairs)
        panel, still = {pair.juror for pair in self.panels.get(submission, ())}, self.still
        people = still.of_sectors(sectors)
        allowed = people - still.kept_away[submission]
        fit = allowed - still.unfit(request)
        absent = fit - panel
        below = {s for s in sectors if self._sitting(submission, s) < rule.bounds(s)[1]}
        seatable = absent & still.of_sectors(below)
        verdicts = (
            (len(panel) >= rule.size, ShortfallReason.NO_ROOM),
            (len(people) < needed, ShortfallReason.FEW_JURORS),
            (len(allowed) < needed, ShortfallReason.CONFLICTS),
            (len(fit) < needed, ShortfallReason.FILTERS),
            (seatable & still.with_capacity - still.colleagues(panel), ShortfallReason.AVAILABLE),
            (seatable & still.with_capacity, ShortfallReason.COLLEAGUES),
            (not seatable and absent & still.with_capacity, ShortfallReason.MAXIMUM),
        )
        return next((reason for holds, reason in verdicts if holds), ShortfallReason.CAPACITY)


class _StillFree:
    """Sets of jurors: of a sector, kept from a submission, with capacity left."""

    def __init__(self, problem: Problem, pairs: Collection[Pair]) -> None:
        loads = Counter(pair.juror for pair in pairs)
        self.slots = problem.jurors
        self.with_capacity = {
            s.juror for s in self.slots if s.capacity is None or loads[s.juror] < s.capacity
        }
        self.kept_away: dict[str, set[str]] = defaultdict(set)
        for submission, juror in (*problem.conflicts, *problem.bans):
            self.kept_away[submission].add(juror)
        self._sectors: dict[str, set[str]] = defaultdict(set)
        self._institutions: dict[str, set[str]] = defaultdict(set)
        self._unfit: dict[tuple[str, str, str], set[str]] = {}
        for slot in self.slots:
            for sector in slot.sectors:
                self._sectors[sector].add(slot.juror)
            if slot.institution:
                self._institutions[slot.institution.casefold()].add(slot.juror)

    def of_sectors(self, sectors: Collection[str]) -> set[str]:
        found: set[str] = set()
        return found.union(*(self._sectors[sector] for sector in sectors))

    def unfit(self, request: PanelRequest) -> set[str]:
        """Those whom language, track or their own institution keeps from it."""
        kind = (request.language, request.track, request.institution)
        if kind not in self._unfit:
            self._unfit[kind] = {slot.juror for slot in self.slots if barrier(request, slot)}
        return self._unfit[kind]

    def colleagues(self, panel: Collection[str]) -> set[str]:
        """Everybody of the institutions that sit on this panel."""
        found: set[str] = set()
        return found.union(*(people for people in self._institutions.values() if people & set(panel)))
