"""What is known before panels are drawn: who is to be read, by whom, under which rules.

Ids are text, and their order on input means nothing: everything downstream
works on sorted ids, so that two people with the same data get the same plan.
"""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from thinkia.domain.assignment.affinities import FULL_AFFINITY, AffinityTable
from thinkia.domain.canonical import fingerprint


@dataclass(frozen=True, slots=True)
class Quota:
    """How many jurors of a sector a panel takes: at least, and at most (``None``: the panel's size)."""

    sector: str
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class PanelRule:
    """The size of a panel and its sector quotas. A sector not listed has 0 to the panel's size.

    ``extra`` are seats above the size for readers whom the jury can spare: taken when every
    seat that can be filled is, spread evenly, and never missed. Maximums hold for them too;
    where none is set, the size and the extra seats are the maximum.
    """

    size: int
    quotas: tuple[Quota, ...] = ()
    extra: int = 0

    def __post_init__(self) -> None:
        if min(self.size, self.extra) < 0 or any(q.least < 0 or (q.most or 0) < 0 for q in self.quotas):
            raise ValueError("A panel's size and quotas are not negative.")
        _refuse_repeats("sector", [quota.sector for quota in self.quotas])

    @property
    def largest(self) -> int:
        """How many jurors a panel can have, extra ones included."""
        return self.size + self.extra

    def bounds(self, sector: str) -> tuple[int, int]:
        """The least and most jurors of a sector that can count on this panel.

        Where a minimum is above its maximum the maximum holds; ``contradictions``
        reports such a rule, and no call should be published with it.
        """
        for quota in self.quotas:
            if quota.sector == sector:
                most = self.largest if quota.most is None else min(quota.most, self.largest)
                return min(quota.least, most, self.size), most
        return 0, self.largest


@dataclass(frozen=True, slots=True)
class PanelRequest:
    """A submission that needs a panel; ``rule`` only where it differs from the call's.

    ``track`` and ``language`` are read by jurors who have them, or have named none;
    nobody of its own ``institution`` reads it. Empty text asks for nothing.
    """

    submission: str
    rule: PanelRule | None = None
    track: str = ""
    language: str = ""
    institution: str = ""


@dataclass(frozen=True, slots=True)
class JurorSlot:
    """A juror, the sectors he or she may sit for, and how many proposals at most (``None``: any number).

    ``least`` is how many he or she should read at the least. ``languages`` and ``tracks``
    are all that he or she reads; none named means any. Of one ``institution`` at most one
    juror sits on a panel.
    """

    juror: str
    sectors: tuple[str, ...]
    capacity: int | None = None
    least: int = 0
    institution: str = ""
    languages: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    group: str = ""  # of evaluators, where the problem has any

    def __post_init__(self) -> None:
        if not self.sectors or (self.capacity or 0) < 0 or self.least < 0:
            raise ValueError(f"Juror {self.juror!r} needs a sector and a capacity that is not negative.")
        _refuse_repeats(f"sector of juror {self.juror!r}", self.sectors)


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """A juror reads a submission, sitting for one sector (in a pin, empty text: for the one that suits)."""

    submission: str
    juror: str
    sector: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the plan depends on.

    ``conflicts`` and ``bans`` are (submission, juror): never together, whatever
    else is asked; ``affinities`` are 0 to 1, 0 where none is given. Rows of the
    three that name nobody here are ignored. ``pins`` are pairs already fixed,
    which no plan moves (a conflict or ban undoes a pin; language, track and
    institution do not: a person decided). ``balance`` is the cost of each step of
    a convex load: a juror with n proposals costs ``balance * n * (n - 1) / 2``.
    ``leaning``, 0 to 1 a pair, and then ``seed`` choose among equally good plans.

    Where evaluators come in ``groups``, each group's part of a panel follows a rule of its own, every juror
    is of one of them, and ``rule`` is not asked. No two groups share a juror, so that the problem falls
    apart exactly into its ``parts``.
    """

    rule: PanelRule
    submissions: tuple[PanelRequest, ...]
    jurors: tuple[JurorSlot, ...]
    affinities: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    conflicts: frozenset[tuple[str, str]] = frozenset()
    bans: frozenset[tuple[str, str]] = frozenset()
    pins: tuple[Pair, ...] = ()
    balance: int = 0
    seed: int = 0
    leaning: Mapping[tuple[str, str], Decimal] | None = None
    groups: Mapping[str, PanelRule] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _refuse_repeats("submission", [request.submission for request in self.submissions])
        _refuse_repeats("juror", [slot.juror for slot in self.jurors])
        _refuse_repeats("pin", [(pin.submission, pin.juror) for pin in self.pins])
        if self.balance < 0:
            raise ValueError("Balance is a cost; it is not negative.")
        for shares in (self.affinities, self.leaning or {}):
            if not isinstance(shares, AffinityTable) and any(not 0 <= each <= 1 for each in shares.values()):
                raise ValueError("An affinity lies between 0 and 1.")
        self._check_pins()
        if self.groups and any(slot.group not in self.groups for slot in self.jurors):
            raise ValueError("Every juror is of one of the groups.")

    def _check_pins(self) -> None:
        submissions = {request.submission for request in self.submissions}
        sectors = {slot.juror: (*slot.sectors, "") for slot in self.jurors}
        for pin in self.pins:
            if pin.submission not in submissions or pin.sector not in sectors.get(pin.juror, ()):
                raise ValueError(f"{pin} names a submission, juror or sector that is not here.")

    @property
    def sectors(self) -> tuple[str, ...]:
        """Every sector that a rule names or a juror sits for, sorted."""
        rules = {self.rule, *(request.rule for request in self.submissions if request.rule)}
        named = {quota.sector for rule in rules for quota in rule.quotas}
        return tuple(sorted(named.union(*(slot.sectors for slot in self.jurors))))

    @property
    def parts(self) -> "Mapping[str, Problem]":
        """The problem of each group of evaluators; without groups this very problem, under no name."""
        return {code: self._part(code, rule) for code, rule in self.groups.items()} or {"": self}

    def _part(self, code: str, rule: PanelRule) -> "Problem":
        slots = tuple(slot for slot in self.jurors if slot.group == code)
        here = {slot.juror for slot in slots}
        pins = tuple(pin for pin in self.pins if pin.juror in here)
        return replace(self, rule=rule, jurors=slots, pins=pins, groups={})

    def rule_of(self, request: PanelRequest) -> PanelRule:
        """The rule a submission's panel follows."""
        return request.rule or self.rule

    def forbids(self, submission: str, juror: str) -> bool:
        """Whether a conflict or a ban keeps the two apart."""
        return (submission, juror) in self.conflicts or (submission, juror) in self.bans

    def held_pins(self) -> tuple[Pair, ...]:
        """The pins no conflict or ban has undone, sorted."""
        return tuple(sorted(pin for pin in self.pins if not self.forbids(pin.submission, pin.juror)))

    def levelled(self) -> "Problem":
        """The same problem with loads as level as the rules allow, and affinity second.

        Evening out one proposal between two jurors passes at most once through
        each juror, so it never costs more affinity than this balance gains.
        """
        return replace(self, balance=FULL_AFFINITY * len(self.jurors) + 1)

    def fingerprint(self) -> str:
        """SHA-256 of the input in canonical form: the same for the same input in any order."""
        return fingerprint(self._canonical())

    def _canonical(self) -> dict[str, object]:
        # numpy, 15 MB that a page without panels does not need
        from thinkia.domain.assignment.weights import digest, marked, weights_of  # noqa: PLC0415

        submissions = sorted(request.submission for request in self.submissions)
        jurors = sorted(slot.juror for slot in self.jurors)
        tables = [self.affinities] if self.leaning is None else [self.affinities, self.leaning]
        return {
            "rule": _canonical_rule(self.rule),
            "submissions": submissions,
            "requests": _canonical_requests(self),
            "jurors": sorted(_canonical_slot(slot) for slot in self.jurors),
            "weights": [digest(weights_of(table, submissions, jurors)) for table in tables],
            "conflicts": digest(marked(self.conflicts, submissions, jurors)),
            "bans": digest(marked(self.bans, submissions, jurors)),
            "pins": sorted([pin.submission, pin.juror, pin.sector] for pin in self.pins),
            "balance": self.balance,
            "seed": self.seed,
            **_canonical_groups(self),
        }


def _canonical_rule(rule: PanelRule) -> list[object]:
    return [
        rule.size,
        rule.extra,
        sorted([quota.sector, *rule.bounds(quota.sector)] for quota in rule.quotas),
    ]


def _canonical_groups(problem: Problem) -> dict[str, object]:
    """Nothing without groups: problems of before there were any keep their fingerprint."""
    if not problem.groups:
        return {}
    members = sorted([slot.juror, slot.group] for slot in problem.jurors)
    rules = sorted([code, _canonical_rule(rule)] for code, rule in problem.groups.items())
    return {"groups": rules, "members": members}


def _canonical_requests(problem: Problem) -> list[list[object]]:
    """Those that ask for something of their own; sorted by their ids, which differ."""
    return sorted(
        [each.submission, each.track, each.language, each.institution, _canonical_rule(problem.rule_of(each))]
        for each in problem.submissions
        if each.track or each.language or each.institution or (each.rule and each.rule != problem.rule)
    )


def _canonical_slot(slot: JurorSlot) -> list[object]:
    sets = [sorted(each) for each in (slot.sectors, slot.languages, slot.tracks)]
    capacity = -1 if slot.capacity is None else slot.capacity
    return [slot.juror, *sets, capacity, slot.least, slot.institution]


def _refuse_repeats(what: str, values: Collection[Hashable]) -> None:
    if len(set(values)) < len(values):
        raise ValueError(f"A {what} stands twice.")
