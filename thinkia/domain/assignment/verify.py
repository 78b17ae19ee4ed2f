"""Do these pairs keep the rules? Counts only: no solver, nothing shared with how they were found."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from thinkia.domain.assignment.filters import barrier
from thinkia.domain.assignment.problem import Pair, Problem


class ViolationKind(StrEnum):
    UNKNOWN = "unknown"  # the pair names a submission or juror that is not here
    REPEATED = "repeated"  # one juror twice on a panel
    WRONG_SECTOR = "wrong_sector"  # the juror does not sit for that sector
    CONFLICT = "conflict"
    BAN = "ban"
    LANGUAGE = "language"  # the juror does not read that language
    TRACK = "track"  # the juror does not read that track
    OWN_INSTITUTION = "own_institution"  # the submission comes from the juror's institution
    COLLEAGUES = "colleagues"  # two jurors of one institution on a panel
    PIN_MOVED = "pin_moved"  # a fixed pair is not there
    OVER_CAPACITY = "over_capacity"
    OVER_SIZE = "over_size"
    OVER_MAXIMUM = "over_maximum"
    UNDER_SIZE = "under_size"
    UNDER_MINIMUM = "under_minimum"
    UNDER_LOAD = "under_load"  # the juror reads less than his or her minimum


GAPS = frozenset({ViolationKind.UNDER_SIZE, ViolationKind.UNDER_MINIMUM, ViolationKind.UNDER_LOAD})
"""Seats left empty and minimum loads not reached: a plan may have to live with these, with no other."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule not kept: by whom, and by how much (``found`` where ``limit`` is the rule)."""

    kind: ViolationKind
    submission: str | None = None
    juror: str | None = None
    sector: str | None = None
    found: int | None = None
    limit: int | None = None
    group: str = ""  # of evaluators, where the problem has any

    @property
    def is_gap(self) -> bool:
        """Whether this is an empty seat rather than a broken rule."""
        return self.kind in GAPS


def verify(problem: Problem, pairs: Collection[Pair]) -> tuple[Violation, ...]:
    """Every rule these pairs break, none when they keep all. Time grows with the pairs."""
    return (
        *_each_pair(problem, pairs),
        *_institutions(problem, pairs),
        *_pins(problem, pairs),
        *_capacities(problem, pairs),
        *_panels(problem, pairs),
    )


def newly_broken(
    problem: Problem, before: Collection[Pair], after: Collection[Pair]
) -> tuple[Violation, ...]:
    """The rules, empty seats apart, that ``after`` breaks and ``before`` did not, or not as far."""
    known = {_key(each): each.found or 0 for each in verify(problem, before)}
    broken = (each for each in verify(problem, after) if not each.is_gap)
    return tuple(each for each in broken if _key(each) not in known or (each.found or 0) > known[_key(each)])


def _key(violation: Violation) -> tuple[object, ...]:
    return violation.kind, violation.submission, violation.juror, violation.sector


def _each_pair(problem: Problem, pairs: Collection[Pair]) -> Iterator[Violation]:
    submissions = {request.submission: request for request in problem.submissions}
    slots = {slot.juror: slot for slot in problem.jurors}
    pinned = {(pin.submission, pin.juror) for pin in problem.pins}
    seen: set[tuple[str, str]] = set()
    for pair in pairs:
        key = (pair.submission, pair.juror)
        known = pair.submission in submissions and pair.juror in slots
        broken = (
            (not known, ViolationKind.UNKNOWN),
            (key in seen, ViolationKind.REPEATED),
            (known and pair.sector not in slots[pair.juror].sectors, ViolationKind.WRONG_SECTOR),
            (key in problem.conflicts, ViolationKind.CONFLICT),
            (key in problem.bans, ViolationKind.BAN),
        )
        seen.add(key)
        yield from (Violation(kind, *key, pair.sector) for is_so, kind in broken if is_so)
        if known and key not in pinned and (why := barrier(submissions[pair.submission], slots[pair.juror])):
            yield Violation(ViolationKind(why.value), *key, pair.sector)


def _institutions(problem: Problem, pairs: Collection[Pair]) -> Iterator[Violation]:
    """Each juror who sits beside another of the same institution, unless both are fixed there."""
    institution = {slot.juror: slot.institution.casefold() for slot in problem.jurors}
    pinned = {(pin.submission, pin.juror) for pin in problem.pins}
    first: dict[tuple[str, str], Pair] = {}
    for pair in sorted(pairs, key=lambda pair: (pair.submission, pair.juror) not in pinned):
        name = institution.get(pair.juror)
        known = first.setdefault((pair.submission, name), pair) if name else pair
        if known.juror != pair.juror and (pair.submission, pair.juror) not in pinned:
            yield Violation(ViolationKind.COLLEAGUES, pair.submission, pair.juror, pair.sector)


def _pins(problem: Problem, pairs: Collection[Pair]) -> Iterator[Violation]:
    present = {*pairs, *(Pair(pair.submission, pair.juror, "") for pair in pairs)}
    for pin in problem.held_pins():
        if pin not in present:
            yield Violation(ViolationKind.PIN_MOVED, pin.submission, pin.juror, pin.sector)


def _capacities(problem: Problem, pairs: Collection[Pair]) -> Iterator[Violation]:
    loads = Counter(pair.juror for pair in pairs)
    for slot in problem.jurors:
        load = loads[slot.juror]
        if slot.capacity is not None and load > slot.capacity:
            yield Violation(ViolationKind.OVER_CAPACITY, juror=slot.juror, found=load, limit=slot.capacity)
        if load < slot.least:
            yield Violation(ViolationKind.UNDER_LOAD, juror=slot.juror, found=load, limit=slot.least)


def _panels(problem: Problem, pairs: Collection[Pair]) -> Iterator[Violation]:
    sizes = Counter(pair.submission for pair in pairs)
    sitting = Counter((pair.submission, pair.sector) for pair in pairs)
    for request in problem.submissions:
        name, rule = request.submission, problem.rule_of(request)
        yield from _between(name, None, sizes[name], rule.size, rule.largest)
        for quota in rule.quotas:
            found = sitting[name, quota.sector]
            most = rule.largest if quota.most is None else quota.most
            yield from _between(name, quota.sector, found, quota.least, most)


def _between(submission: str, sector: str | None, found: int, least: int, most: int) -> Iterator[Violation]:
    under, over = (
        (ViolationKind.UNDER_SIZE, ViolationKind.OVER_SIZE)
        if sector is None
        else (ViolationKind.UNDER_MINIMUM, ViolationKind.OVER_MAXIMUM)
    )
    if found < least:
        yield Violation(under, submission, sector=sector, found=found, limit=least)
    if found > most:
        yield Violation(over, submission, sector=sector, found=found, limit=most)
