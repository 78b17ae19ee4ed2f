"""The problem as integer arrays: a row a submission, a column a juror, both sorted.

Pinned pairs are already taken out: what is here is only what remains to be decided.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from thinkia.domain.assignment.affinities import FULL_AFFINITY
from thinkia.domain.assignment.filters import barrier
from thinkia.domain.assignment.pins import settled_pins
from thinkia.domain.assignment.problem import JurorSlot, Pair, PanelRequest, Problem
from thinkia.domain.assignment.weights import marked, weights_of

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Integers = NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Instance:
    """What remains to be decided once pins are taken out.

    A ``free`` pin is one whose juror sits for whichever of several sectors suits: the
    juror's time is already taken, the seat is still in ``seats``.
    """

    submissions: tuple[str, ...]
    jurors: tuple[str, ...]
    sectors: tuple[str, ...]
    weights: Integers  # submissions × jurors, in ten-thousandths of an affinity
    allowed: Bools  # submissions × jurors: this pair may be added
    leaning: Integers | None  # submissions × jurors: preferred among equally good ones
    sits: Bools  # jurors × sectors
    house: Ints  # jurors: the institution he or she shares with other jurors, −1 for none
    seats: Ints  # submissions: seats to fill
    extra: Ints  # submissions: seats above these, never missed
    least: Ints  # submissions × sectors: of those, seats the rule reserves
    most: Ints  # submissions × sectors: at most so many more
    capacity: Ints  # jurors: may take so many more
    wanted: Ints  # jurors: should take so many more at the least
    load: Ints  # jurors: pinned already
    balance: int
    pins: tuple[Pair, ...]
    free: Ints  # pins × (row, column)
    settled_value: int  # what the pins are worth: affinity less the load they make

    @cached_property
    def tight(self) -> Bools:
        """Submissions with fewer seats left than reserved ones: whoever comes must be of a missing sector."""
        tight: Bools = self.least.sum(axis=1) > self.seats
        return tight

    @cached_property
    def reserved(self) -> Ints:
        """Seats that nobody of another sector may take, by submission and sector."""
        reserved: Ints = np.where(self.tight[:, None], 0, self.least)
        return reserved

    @cached_property
    def open_seats(self) -> Ints:
        """Seats that a panel has besides the reserved ones, extra ones included."""
        seats: Ints = self.seats + self.extra - self.reserved.sum(axis=1)
        return seats

    @cached_property
    def step(self) -> int:
        """More than any chain of exchanges can gain or lose in value.

        Such a chain passes at most once through each juror. One step is the cost
        of the last extra seat left empty, the price of a minimum load not reached,
        and what every more important kind of empty seat costs more than the last.
        """
        highest_load = int((self.load + self.capacity).max(initial=0))
        heaviest = max(FULL_AFFINITY, int(self.weights.max(initial=0)))
        return 1 + heaviest * (len(self.jurors) + 1) + self.balance * highest_load

    @cached_property
    def open_cost(self) -> int:
        """What an open seat left empty costs."""
        return self.step * (1 + int(self.extra.max(initial=0)))

    @cached_property
    def required_cost(self) -> int:
        """What a required seat left empty costs.

        The seats that can be filled together form a matroid: costs that differ by a step
        first leave the fewest required seats empty, then the fewest of all, then spread
        the extra ones.
        """
        return self.open_cost + self.step

    def empty_costs(self, row: int) -> list[int]:
        """The cost of each further open seat of a submission left empty, rising."""
        extra, seats = int(self.extra[row]), int(self.open_seats[row])
        usual = self.required_cost if self.tight[row] else self.open_cost
        return [self.step * (n + 1) if n < extra else usual for n in range(seats)]

    @cached_property
    def mixed(self) -> bool:
        """Whether jurors of one institution sit for different sectors: then the rules cross."""
        for house in range(int(self.house.max(initial=-1)) + 1):
            members = self.sits[self.house == house]
            if (members != members[0]).any():
                return True
        return False

    def next_load_costs(self, juror: int, steps: int | None = None) -> list[int]:
        """The cost of each further submission of a juror (or of the first ``steps``), rising."""
        start, wanted = int(self.load[juror]), int(self.wanted[juror])
        limit = int(self.capacity[juror]) if steps is None else min(steps, int(self.capacity[juror]))
        return [self.balance * (start + n) - (self.step if n < wanted else 0) for n in range(limit)]


def load_cost(balance: int, loads: Integers) -> int:
    """The whole cost of these loads."""
    return sum(balance * n * (n - 1) // 2 for n in map(int, loads))


def compiled(
    problem: Problem, rows: Collection[str] | None = None, busy: Mapping[str, int] | None = None
) -> Instance:
    """The problem as arrays; or only some submissions of it, jurors being ``busy`` with so many others."""
    index = _Index(problem, rows)
    fixed, free = settled_pins(problem, problem.held_pins())
    here_fixed = [pin for pin in fixed if pin.submission in index.row]
    here_free = [pin for pin in free if pin.submission in index.row]
    seated = index.seated(here_fixed)
    load = index.loads((*fixed, *free), busy or {})
    seats, extra, least, most = index.rules()
    filled = seated.sum(axis=1)
    extra = np.clip(seats + extra - filled, 0, extra)
    seats, least = np.maximum(0, seats - filled), np.maximum(0, least - seated)
    tight = least.sum(axis=1, keepdims=True) > seats[:, None]
    house, capacity = index.houses(), np.maximum(0, index.capacity() - load)
    wanted = np.array([slot.least for slot in index.slots], np.int64) - load
    places = [(index.row[pin.submission], index.column[pin.juror]) for pin in here_free]
    weights = weights_of(problem.affinities, list(index.row), list(index.column))
    return Instance(
        submissions=tuple(index.row),
        jurors=tuple(index.column),
        sectors=tuple(index.sectors),
        weights=weights,
        allowed=index.allowed(house, (*here_fixed, *here_free)),
        leaning=_table(problem, index),
        sits=index.sits(),
        house=house,
        seats=seats,
        extra=np.where(tight[:, 0], 0, extra),
        least=least,
        most=np.where(tight, least, np.maximum(0, most - seated)),
        capacity=capacity,
        wanted=np.clip(wanted, 0, capacity),
        load=load,
        balance=problem.balance,
        pins=tuple(sorted((*here_fixed, *here_free))),
        free=np.array(places, np.int64).reshape(len(places), 2),
        settled_value=_worth(index, weights, (*here_fixed, *here_free)) - load_cost(problem.balance, load),
    )


def _worth(index: "_Index", weights: Integers, pins: Sequence[Pair]) -> int:
    return sum(int(weights[index.row[pin.submission], index.column[pin.juror]]) for pin in pins)


def _table(problem: Problem, index: "_Index") -> Integers | None:
    if problem.leaning is None:
        return None
    return weights_of(problem.leaning, list(index.row), list(index.column))


class _Index:
    """Which row is which submission, which column which juror, and tables in that order."""

    def __init__(self, problem: Problem, rows: Collection[str] | None) -> None:
        self.problem = problem
        wanted = [request for request in problem.submissions if rows is None or request.submission in rows]
        self.requests: list[PanelRequest] = sorted(wanted, key=lambda request: request.submission)
        self.slots: list[JurorSlot] = sorted(problem.jurors, key=lambda slot: slot.juror)
        self.row = {request.submission: i for i, request in enumerate(self.requests)}
        self.column = {slot.juror: j for j, slot in enumerate(self.slots)}
        self.sectors = {sector: c for c, sector in enumerate(problem.sectors)}

    def rules(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Sizes and extra seats by submission, minimums and maximums by submission and sector."""
        rules = [self.problem.rule_of(request) for request in self.requests]
        kinds = {rule: n for n, rule in enumerate(dict.fromkeys(rules))}
        kind = np.array([kinds[rule] for rule in rules], np.int64)
        bounds = [[rule.bounds(sector) for sector in self.sectors] for rule in kinds]
        table = np.array(bounds, np.int64).reshape(len(kinds), len(self.sectors), 2)
        sizes = np.array([(rule.size, rule.extra) for rule in kinds], np.int64).reshape(len(kinds), 2)
        return sizes[kind, 0], sizes[kind, 1], table[kind, :, 0], table[kind, :, 1]

    def seated(self, pins: Sequence[Pair]) -> Ints:
        table = np.zeros((len(self.requests), len(self.sectors)), np.int64)
        for pin in pins:
            table[self.row[pin.submission], self.sectors[pin.sector]] += 1
        return table

    def loads(self, pins: Sequence[Pair], busy: Mapping[str, int]) -> Ints:
        load = np.array([busy.get(juror, 0) for juror in self.column], np.int64)
        np.add.at(load, [self.column[pin.juror] for pin in pins], 1)
        return load

    def allowed(self, house: Ints, pins: Sequence[Pair]) -> Bools:
        table: Bools = ~barred(self.requests, self.slots)
        for pairs in (self.problem.conflicts, self.problem.bans):
            if pairs:
                table &= ~marked(pairs, list(self.row), list(self.column))
        for pin in pins:
            i, j = self.row[pin.submission], self.column[pin.juror]
            table[i, j] = False
            if house[j] >= 0:
                table[i, house == house[j]] = False
        return table

    def sits(self) -> Bools:
        table = np.zeros((len(self.slots), len(self.sectors)), bool)
        for slot in self.slots:
            table[self.column[slot.juror], [self.sectors[sector] for sector in slot.sectors]] = True
        return table

    def houses(self) -> Ints:
        """Institutions of two jurors or more, numbered."""
        names = [slot.institution.casefold() for slot in self.slots]
        shared = sorted({name for name in names if name and names.count(name) > 1})
        number = {name: n for n, name in enumerate(shared)}
        return np.array([number.get(name, -1) for name in names], np.int64)

    def capacity(self) -> Ints:
        most = len(self.problem.submissions)
        return np.array([most if s.capacity is None else min(s.capacity, most) for s in self.slots], np.int64)


def barred(requests: Sequence[PanelRequest], slots: Sequence[JurorSlot]) -> Bools:
    """What ``barrier`` says of all: a row a request, a column a juror, true where one stands."""
    table = np.zeros((len(requests), len(slots)), bool)
    kinds: dict[tuple[str, str, str], list[int]] = {}
    for i, request in enumerate(requests):
        kinds.setdefault((request.language, request.track, request.institution), []).append(i)
    for kind, rows in kinds.items():
        if any(kind):
            table[rows] = [barrier(requests[rows[0]], slot) is not None for slot in slots]
    return table
