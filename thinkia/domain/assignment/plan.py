"""What comes out: the pairs, the seats left empty with the reason, and how good it is."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from thinkia.domain.assignment.problem import JurorSlot, Pair, PanelRequest, Problem


class ShortfallReason(StrEnum):
    FEW_JURORS = "few_jurors"  # the jury has fewer people (of that sector) than the panel needs
    CONFLICTS = "conflicts"  # enough people, but conflicts and bans keep them from this submission
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
    seed: int
    input_sha256: str


def loads_of(problem: Problem, pairs: Collection[Pair]) -> dict[str, int]:
    """How many submissions each juror reads, nobody left out."""
    counts = Counter(pair.juror for pair in pairs)
    return {slot.juror: counts[slot.juror] for slot in sorted(problem.jurors, key=lambda slot: slot.juror)}


def is_connected(problem: Problem, pairs: Collection[Pair]) -> bool:
    """Whether shared jurors link all submissions, so that severities can be compared."""
    parent = {request.submission: request.submission for request in problem.submissions}

    def root(submission: str) -> str:
        while parent[submission] != submission:
            parent[submission] = parent[parent[submission]]
            submission = parent[submission]
        return submission

    first_of: dict[str, str] = {}
    for pair in pairs:
        parent[root(pair.submission)] = root(first_of.setdefault(pair.juror, pair.submission))
    return len({root(submission) for submission in parent}) <= 1


def empty_seats(problem: Problem, pairs: Collection[Pair]) -> tuple[Shortfall, ...]:
    """The seats these pairs leave empty, each with its reason; sorted by submission and sector."""
    survey = _Survey(problem, pairs)
    rows: list[Shortfall] = []
    for request in problem.submissions:
        required = survey.required(request)
        rows += required + survey.open(request, required=len(required))
    return tuple(sorted(rows, key=lambda row: (row.submission, row.sector or "", row.reason)))


class _Survey:
    """Who sits where, and who still could."""

    def __init__(self, problem: Problem, pairs: Collection[Pair]) -> None:
        self.problem = problem
        self.sectors = problem.sectors
        self.loads = Counter(pair.juror for pair in pairs)
        self.sitting = Counter((pair.submission, pair.sector) for pair in pairs)
        self.panels: dict[str, set[str]] = {}
        for pair in pairs:
            self.panels.setdefault(pair.submission, set()).add(pair.juror)

    def required(self, request: PanelRequest) -> list[Shortfall]:
        rule = self.problem.rule_of(request)
        rows: list[Shortfall] = []
        for sector in self.sectors:
            least, _ = rule.bounds(sector)
            missing = least - self.sitting[request.submission, sector]
            if missing > 0:
                reason = self._why(request, least, {sector})
                rows += [Shortfall(request.submission, sector, reason)] * missing
        return rows

    def open(self, request: PanelRequest, *, required: int) -> list[Shortfall]:
        rule = self.problem.rule_of(request)
        missing = rule.size - len(self.panels.get(request.submission, ())) - required
        if missing <= 0:
            return []
        reason = self._why(request, rule.size, set(self.sectors))
        return [Shortfall(request.submission, None, reason)] * missing

    def _why(self, request: PanelRequest, needed: int, sectors: set[str]) -> ShortfallReason:
        submission, rule = request.submission, self.problem.rule_of(request)
        panel = self.panels.get(submission, set())
        people = [slot for slot in self.problem.jurors if sectors.intersection(slot.sectors)]
        allowed = [slot for slot in people if not self.problem.forbids(submission, slot.juror)]
        below = {s for s in sectors if self.sitting[submission, s] < rule.bounds(s)[1]}
        absent = [slot for slot in allowed if slot.juror not in panel]
        seatable = [slot for slot in absent if below.intersection(slot.sectors)]
        verdicts = (
            (len(panel) >= rule.size, ShortfallReason.NO_ROOM),
            (len(people) < needed, ShortfallReason.FEW_JURORS),
            (len(allowed) < needed, ShortfallReason.CONFLICTS),
            (any(self._has_capacity(slot) for slot in seatable), ShortfallReason.AVAILABLE),
            (not seatable and any(self._has_capacity(slot) for slot in absent), ShortfallReason.MAXIMUM),
        )
        return next((reason for holds, reason in verdicts if holds), ShortfallReason.CAPACITY)

    def _has_capacity(self, slot: JurorSlot) -> bool:
        return slot.capacity is None or self.loads[slot.juror] < slot.capacity
