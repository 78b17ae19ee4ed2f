"""The problem as integer arrays: a row a submission, a column a juror, both sorted.

Pinned pairs are already taken out: what is here is only what remains to be decided.
"""

from collections.abc import Sized
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from thinkia.domain.assignment.problem import FULL_AFFINITY, Pair, Problem, weight

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """What remains to be decided once pins are taken out."""

    submissions: tuple[str, ...]
    jurors: tuple[str, ...]
    sectors: tuple[str, ...]
    weights: Ints  # submissions × jurors
    allowed: Bools  # submissions × jurors: this pair may be added
    sits: Bools  # jurors × sectors
    seats: Ints  # submissions: seats to fill
    least: Ints  # submissions × sectors: of those, seats the rule reserves
    most: Ints  # submissions × sectors: at most so many more
    capacity: Ints  # jurors: may take so many more
    load: Ints  # jurors: pinned already
    balance: int
    pins: tuple[Pair, ...]

    @property
    def tight(self) -> Bools:
        """Submissions with fewer seats left than reserved ones: whoever comes must be of a missing sector."""
        tight: Bools = self.least.sum(axis=1) > self.seats
        return tight

    @property
    def empty_cost(self) -> int:
        """What an open seat left empty costs; a required one costs twice that.

        Filling a seat displaces other pairs along a chain that passes at most once
        through each juror, so no gain in affinity or balance is worth an empty seat.
        The seats that can be filled together form a matroid: any two positive costs,
        the required seat's being higher, first leave the fewest required seats empty
        and then the fewest of all.
        """
        highest_load = int((self.load + self.capacity).max(initial=0))
        return 1 + FULL_AFFINITY * (len(self.jurors) + 1) + self.balance * highest_load

    def pinned_value(self) -> int:
        """What the pins are worth by themselves: their affinity less the load they make."""
        row = {submission: i for i, submission in enumerate(self.submissions)}
        column = {juror: j for j, juror in enumerate(self.jurors)}
        affinity = sum(int(self.weights[row[pin.submission], column[pin.juror]]) for pin in self.pins)
        return affinity - load_cost(self.balance, self.load)

    def next_load_costs(self, juror: int) -> list[int]:
        """The cost of each further submission of a juror, rising."""
        start = int(self.load[juror])
        return [self.balance * (start + step) for step in range(int(self.capacity[juror]))]


def load_cost(balance: int, loads: Ints) -> int:
    """The whole cost of these loads."""
    return sum(balance * n * (n - 1) // 2 for n in map(int, loads))


def compiled(problem: Problem) -> Instance:
    """The problem as arrays."""
    index = _Index(problem)
    pins = problem.held_pins()
    seated = index.zeros(index.sectors)
    load = np.zeros(len(index.slots), np.int64)
    for pin in pins:
        seated[index.row[pin.submission], index.sectors[pin.sector]] += 1
        load[index.column[pin.juror]] += 1
    seats, least, most = index.rules()
    seats = np.maximum(0, seats - seated.sum(axis=1))
    least = np.maximum(0, least - seated)
    tight = least.sum(axis=1, keepdims=True) > seats[:, None]
    return Instance(
        submissions=tuple(index.row),
        jurors=tuple(index.column),
        sectors=tuple(index.sectors),
        weights=index.weights(),
        allowed=index.allowed(),
        sits=index.sits(),
        seats=seats,
        least=least,
        most=np.where(tight, least, np.maximum(0, most - seated)),
        capacity=np.maximum(0, index.capacity() - load),
        load=load,
        balance=problem.balance,
        pins=pins,
    )


class _Index:
    """Which row is which submission, which column which juror, and tables in that order."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.requests = sorted(problem.submissions, key=lambda request: request.submission)
        self.slots = sorted(problem.jurors, key=lambda slot: slot.juror)
        self.row = {request.submission: i for i, request in enumerate(self.requests)}
        self.column = {slot.juror: j for j, slot in enumerate(self.slots)}
        self.sectors = {sector: c for c, sector in enumerate(problem.sectors)}

    def zeros(self, columns: Sized) -> Ints:
        return np.zeros((len(self.requests), len(columns)), np.int64)

    def rules(self) -> tuple[Ints, Ints, Ints]:
        sizes = np.zeros(len(self.requests), np.int64)
        least, most = self.zeros(self.sectors), self.zeros(self.sectors)
        for i, request in enumerate(self.requests):
            rule = self.problem.rule_of(request)
            sizes[i] = rule.size
            for sector, c in self.sectors.items():
                least[i, c], most[i, c] = rule.bounds(sector)
        return sizes, least, most

    def weights(self) -> Ints:
        table = self.zeros(self.slots)
        for (submission, juror), affinity in self.problem.affinities.items():
            if submission in self.row and juror in self.column:
                table[self.row[submission], self.column[juror]] = weight(affinity)
        return table

    def allowed(self) -> Bools:
        table = np.ones((len(self.requests), len(self.slots)), bool)
        pinned = {(pin.submission, pin.juror) for pin in self.problem.pins}
        for submission, juror in self.problem.conflicts | self.problem.bans | pinned:
            if submission in self.row and juror in self.column:
                table[self.row[submission], self.column[juror]] = False
        return table

    def sits(self) -> Bools:
        table = np.zeros((len(self.slots), len(self.sectors)), bool)
        for slot in self.slots:
            table[self.column[slot.juror], [self.sectors[sector] for sector in slot.sectors]] = True
        return table

    def capacity(self) -> Ints:
        most = len(self.requests)
        return np.array([most if s.capacity is None else min(s.capacity, most) for s in self.slots], np.int64)
