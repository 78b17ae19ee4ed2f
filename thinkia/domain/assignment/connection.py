"""Among plans of equal value, one whose panels are linked through shared jurors.

Severities can be compared only between jurors whom a chain of shared proposals links.
Where a plan falls apart, two jurors of different parts change places, or one takes a
seat in another part, if that costs nothing at all. Not every plan of equal value is
tried: a plan that stays unconnected may have a connected equal.
"""

from collections.abc import Collection, Iterator

import numpy as np

from thinkia.domain.assignment.instance import Bools, Instance, Ints
from thinkia.domain.assignment.problem import Pair, Problem

_MOST_SUBMISSIONS = 5_000
_MOST_TRIES = 400


def connected_seats(instance: Instance, seats: Ints) -> Ints:
    """Seats (row, column, sector) of the same value in fewer parts, in one if that is found."""
    if len(instance.submissions) > _MOST_SUBMISSIONS:
        return seats
    parts = _Parts(instance, seats)
    tries = 0
    while parts.number > 1:
        for changed in parts.equal_plans():
            tries += 1
            after = _Parts(instance, changed)
            if after.number < parts.number:
                parts = after
                break
            if tries > _MOST_TRIES:
                return _sorted(parts.seats)
        else:
            break
    return _sorted(parts.seats)


def is_connected(problem: Problem, pairs: Collection[Pair]) -> bool:
    """Whether shared jurors link all submissions, so that severities can be compared."""
    row = {request.submission: i for i, request in enumerate(problem.submissions)}
    column = {slot.juror: len(row) + j for j, slot in enumerate(problem.jurors)}
    links = [(row[pair.submission], column[pair.juror]) for pair in pairs]
    part = _parts_of(np.array(links, np.int64).reshape(-1, 2), len(row) + len(column))
    return len(np.unique(part[: len(row)])) <= 1


def _sorted(seats: Ints) -> Ints:
    return seats[np.lexsort((seats[:, 2], seats[:, 1], seats[:, 0]))]


def _parts_of(links: Ints, nodes: int) -> Ints:
    """A number for each of so many nodes, the same for all that links join."""
    part = np.arange(nodes)
    while True:
        lower = part.copy()
        np.minimum.at(lower, links[:, 0], part[links[:, 1]])
        np.minimum.at(lower, links[:, 1], lower[links[:, 0]])
        lower = lower[lower]
        if np.array_equal(lower, part):
            return part
        part = lower


class _Parts:
    """Which submissions hang together, and what could be changed for nothing."""

    def __init__(self, instance: Instance, seats: Ints) -> None:
        self.instance, self.seats = instance, seats
        row = {submission: i for i, submission in enumerate(instance.submissions)}
        column = {juror: j for j, juror in enumerate(instance.jurors)}
        pins = [(row[pin.submission], column[pin.juror]) for pin in instance.pins]
        links = np.concatenate([seats[:, :2], np.array(pins, np.int64).reshape(-1, 2)])
        self.part = _parts_of(links + np.array([0, len(row)]), len(row) + len(column))
        self.number = len(np.unique(self.part[: len(row)]))
        self.loads = instance.load + np.bincount(seats[:, 1], minlength=len(column))
        self.linked = np.bincount(links[:, 1], minlength=len(column)) > 0
        self.sat_by = np.zeros((len(row), len(column)), bool)
        self.sat_by[links[:, 0], links[:, 1]] = True

    def equal_plans(self) -> Iterator[Ints]:
        """Plans of the same value that differ by one exchange between two parts, smallest part first."""
        names, sizes = np.unique(self.part[: len(self.instance.submissions)], return_counts=True)
        free = {(int(i), int(j)) for i, j in self.instance.free}
        for name in names[np.argsort(sizes, kind="stable")]:
            for n in np.flatnonzero(self.part[self.seats[:, 0]] == name)[:50]:
                if (int(self.seats[n, 0]), int(self.seats[n, 1])) not in free:
                    yield from self._swaps(int(n), free)
                    yield from self._replacements(int(n))

    def _swaps(self, n: int, free: set[tuple[int, int]]) -> Iterator[Ints]:
        of, (i, j, c) = self.instance, self.seats[n]
        rows, people, sectors = self.seats.T
        equal = of.weights[i, j] + of.weights[rows, people].astype(np.int64) == (
            of.weights[i, people].astype(np.int64) + of.weights[rows, j]
        )
        possible = (self.part[rows] != self.part[i]) & of.allowed[i, people] & of.allowed[rows, j]
        for m in np.flatnonzero(equal & possible & of.sits[people, c] & of.sits[j, sectors]):
            other = (int(rows[m]), int(people[m]))
            if other not in free and self._fits(i, other[1], j) and self._fits(other[0], j, other[1]):
                changed = self.seats.copy()
                changed[n, 1], changed[m, 1] = other[1], j
                yield changed

    def _replacements(self, n: int) -> Iterator[Ints]:
        of, (i, j, c) = self.instance, self.seats[n]
        elsewhere = self.part[len(of.submissions) :] != self.part[i]
        room = self.loads - of.load < of.capacity
        level: Bools = (self.loads == self.loads[j] - 1) | (of.balance == 0)
        spare = self.loads[j] - of.load[j] > of.wanted[j]
        equal = of.weights[i] == of.weights[i, j]
        possible = elsewhere & room & level & equal & of.allowed[i] & of.sits[:, c] & self.linked & spare
        for k in np.flatnonzero(possible):
            if self._fits(i, int(k), j):
                changed = self.seats.copy()
                changed[n, 1] = k
                yield changed

    def _fits(self, i: int, comes: int, leaves: int) -> bool:
        """Whether nobody else of the institution sits on that panel."""
        house = self.instance.house
        if house[comes] < 0:
            return True
        there = self.sat_by[i] & (house == house[comes])
        there[leaves] = False
        return not there.any()
