"""What cannot work, found by counting before anything is solved."""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import combinations

import numpy as np

from thinkia.domain.assignment.causes import Cause, CauseKind, contradictions
from thinkia.domain.assignment.instance import Bools, barred, compiled
from thinkia.domain.assignment.problem import JurorSlot, PanelRule, Problem

_MOST_JOINT_SECTORS = 8  # beyond these, joint shortages are left to the solver to find


def preflight(problem: Problem) -> tuple[Cause, ...]:
    """What the rules contradict, then what the jury lacks; empty where counting finds nothing."""
    causes = [
        *_contradictory_rules(problem),
        *_pins(problem),
        *_people(problem),
        *_readings(problem),
        *_panels(problem),
    ]
    return tuple(dict.fromkeys(causes))


def _rules(problem: Problem) -> tuple[PanelRule, ...]:
    return tuple(dict.fromkeys(problem.rule_of(request) for request in problem.submissions))


def _contradictory_rules(problem: Problem) -> Iterator[Cause]:
    for rule in _rules(problem):
        yield from contradictions(rule, problem.sectors)


def _pins(problem: Problem) -> Iterator[Cause]:
    held = problem.held_pins()
    for pin in sorted(set(problem.pins).difference(held)):
        yield Cause(
            CauseKind.PIN_FORBIDDEN, sectors=(pin.sector,), submission=pin.submission, juror=pin.juror
        )
    by_juror, by_panel = Counter(pin.juror for pin in held), Counter(pin.submission for pin in held)
    for slot in problem.jurors:
        if slot.capacity is not None and by_juror[slot.juror] > slot.capacity:
            pinned = by_juror[slot.juror]
            yield Cause(CauseKind.PINS_OVER_CAPACITY, pinned, slot.capacity, juror=slot.juror)
    for request in problem.submissions:
        pinned, size = by_panel[request.submission], problem.rule_of(request).size
        if pinned > size:
            yield Cause(CauseKind.PINS_OVER_SIZE, pinned, size, submission=request.submission)


def _people(problem: Problem) -> Iterator[Cause]:
    """Shortages that every panel of a rule would feel, told once (a sector of nobody cannot read)."""
    for rule in _rules(problem):
        for sector, people in _by_sector(problem, problem.jurors).items():
            least = rule.bounds(sector)[0]
            if 0 < people < least:
                yield Cause(CauseKind.SECTOR_PEOPLE, least, people, (sector,))
        seatable = _seatable(problem, rule, problem.jurors)
        if seatable < rule.size:
            yield Cause(CauseKind.JURY_PEOPLE, rule.size, seatable)


def _readings(problem: Problem) -> Iterator[Cause]:
    """Sectors, alone or together, and then the jury, that cannot read as much as is asked of them."""
    count = _Readings(problem)
    short: list[tuple[int, ...]] = []
    for group in count.groups():
        needed, available = count.of_sectors(group)
        if available < needed and not any(set(part) <= set(group) for part in short):
            short.append(group)
            names = tuple(problem.sectors[c] for c in group)
            yield Cause(CauseKind.SECTOR_READINGS, needed, available, names)
    needed, available = count.of_jury()
    if available < needed:
        yield Cause(CauseKind.JURY_READINGS, needed, available)


class _Readings:
    """How many proposals are to be read and can be read; pins count on both sides."""

    def __init__(self, problem: Problem) -> None:
        self.instance = compiled(problem)
        self.asked = [
            sum(problem.rule_of(request).bounds(sector)[0] for request in problem.submissions)
            for sector in problem.sectors
        ]

    def groups(self) -> Iterator[tuple[int, ...]]:
        """Each sector that a rule requires, then those that share jurors, small groups first."""
        required = [c for c, asked in enumerate(self.asked) if asked]
        yield from ((c,) for c in required)
        if len(required) <= _MOST_JOINT_SECTORS:
            for size in range(2, len(required) + 1):
                yield from (group for group in combinations(required, size) if self._shared(group))

    def _shared(self, group: tuple[int, ...]) -> bool:
        return bool((self.instance.sits[:, list(group)].sum(axis=1) > 1).any())

    def of_sectors(self, group: tuple[int, ...]) -> tuple[int, int]:
        """Needed and available for the seats reserved to these sectors."""
        columns = list(group)
        still = self.instance.least[:, columns]
        needed = sum(self.asked[c] for c in group)
        done = needed - int(still.sum())
        jurors = self.instance.sits[:, columns].any(axis=1)
        lacking: Bools = still.sum(axis=1) > 0
        return needed, done + self._can_read(np.asarray(jurors), lacking)

    def of_jury(self) -> tuple[int, int]:
        """Needed and available for all seats."""
        pinned = len(self.instance.pins)
        everybody = np.ones(len(self.instance.jurors), bool)
        unfilled: Bools = self.instance.seats > 0
        can = self._can_read(everybody, unfilled)
        return pinned + int(self.instance.seats.sum()), pinned + can

    def _can_read(self, jurors: Bools, submissions: Bools) -> int:
        open_to = self.instance.allowed[submissions].sum(axis=0)
        most = np.minimum(self.instance.capacity, open_to)
        return int(most[jurors].sum())


def _panels(problem: Problem) -> Iterator[Cause]:
    """Submissions from which conflicts and filters keep too many of an otherwise sufficient jury."""
    people = _by_sector(problem, problem.jurors)
    everybody = {rule: _seatable(problem, rule, problem.jurors) for rule in _rules(problem)}
    away = np.zeros((len(problem.submissions), len(problem.jurors)), bool)
    row = {request.submission: i for i, request in enumerate(problem.submissions)}
    column = {slot.juror: j for j, slot in enumerate(problem.jurors)}
    for submission, juror in problem.conflicts | problem.bans:
        if submission in row and juror in column:
            away[row[submission], column[juror]] = True
    away |= barred(problem.submissions, problem.jurors)
    sits = np.array([[c in slot.sectors for c in problem.sectors] for slot in problem.jurors], np.float32)
    sits = sits.reshape(len(problem.jurors), len(problem.sectors))
    left = (~away).astype(np.float32) @ sits
    for i in np.flatnonzero(away.any(axis=1)):
        request = problem.submissions[i]
        rule, here = problem.rule_of(request), dict(zip(problem.sectors, map(int, left[i]), strict=True))
        for sector, count in here.items():
            least = rule.bounds(sector)[0]
            if count < least <= people[sector]:
                yield Cause(CauseKind.PANEL_SECTOR, least, count, (sector,), submission=request.submission)
        allowed = int((~away[i]).sum())
        seatable = min(allowed, sum(min(rule.bounds(sector)[1], n) for sector, n in here.items()))
        if seatable < rule.size <= everybody[rule]:
            yield Cause(CauseKind.PANEL_SIZE, rule.size, seatable, submission=request.submission)


def _by_sector(problem: Problem, slots: Collection[JurorSlot]) -> dict[str, int]:
    counts = Counter(sector for slot in slots for sector in slot.sectors)
    return {sector: counts[sector] for sector in problem.sectors}


def _seatable(problem: Problem, rule: PanelRule, slots: Collection[JurorSlot]) -> int:
    """At most so many of these people fit on one panel."""
    by_sector = _by_sector(problem, slots)
    return min(len(slots), sum(min(rule.bounds(sector)[1], n) for sector, n in by_sector.items()))
