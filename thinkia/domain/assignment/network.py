"""The problem as a minimum-cost flow.

    submission → (submission, sector) → juror → sink

A panel's open seats start at the submission, the seats a minimum reserves at its
(submission, sector). Arcs to the sink stand for empty seats, so that a flow always
exists; a juror's arcs to the sink cost more with every proposal when loads are
balanced. A juror of several sectors has a node for each submission, passed once.
"""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from thinkia.domain.assignment.instance import Instance, Ints
from thinkia.domain.assignment.problem import Pair

TIE_BITS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Arcs as columns, in an order that depends on nothing but sorted ids."""

    instance: Instance
    tail: Ints
    head: Ints
    capacity: Ints
    cost: Ints
    tie: Ints  # chooses between equally good arcs; below 2 ** TIE_BITS
    seat: Ints  # (row, column, sector) of arcs that seat a juror, −1 elsewhere
    supply: Ints  # by node

    @property
    def sink(self) -> int:
        """The last node."""
        return len(self.supply) - 1

    @property
    def juror_nodes(self) -> Ints:
        """The nodes of the jurors, in the instance's order."""
        first = self.instance.least.size + len(self.instance.submissions)
        return first + np.arange(len(self.instance.jurors))

    def pairs(self, flow: Ints) -> tuple[Pair, ...]:
        """Who is seated where by this flow, sorted."""
        of = self.instance
        used = self.seat[(flow > 0) & (self.seat[:, 0] >= 0)].tolist()
        return tuple(sorted(Pair(of.submissions[i], of.jurors[j], of.sectors[c]) for i, j, c in used))

    def residual(self, flow: Ints) -> tuple[Ints, Ints, Ints]:
        """Tails, heads and costs of the arcs by which this flow can still change."""
        more, less = flow < self.capacity, flow > 0
        return (
            np.concatenate([self.tail[more], self.head[less]]),
            np.concatenate([self.head[more], self.tail[less]]),
            np.concatenate([self.cost[more], -self.cost[less]]),
        )


def network(instance: Instance, seed: int) -> Network:
    """Lay the arcs out."""
    draft = _Draft(instance, seed)
    draft.lay_panels()
    draft.lay_pairs()
    draft.lay_loads()
    return draft.finished()


class _Draft:
    """The network while its arcs are being laid."""

    def __init__(self, instance: Instance, seed: int) -> None:
        self.instance = instance
        rows, sectors = instance.least.shape
        self.submission = np.arange(rows)
        self.place = rows + np.arange(rows * sectors).reshape(rows, sectors)
        self.juror = rows + rows * sectors + np.arange(len(instance.jurors))
        self.crossing = _numbered(_crossings(instance), after=rows + rows * sectors + len(self.juror))
        self.sink = rows + rows * sectors + len(self.juror) + int((self.crossing >= 0).sum())
        self.ties = _ties(instance, seed)
        self.supply = np.zeros(self.sink + 1, np.int64)
        self.arcs: list[Ints] = []

    def lay(
        self, tail: Ints, head: Ints | int, capacity: Ints | int, cost: Ints | int, **marks: Ints
    ) -> None:
        """Add arcs; marks are ``tie`` and ``seat``."""
        block = np.zeros((len(tail), 8), np.int64)
        block[:, 0], block[:, 1], block[:, 2], block[:, 3] = tail, head, capacity, cost
        block[:, 4] = marks.get("tie", np.zeros(1, np.int64))
        block[:, 5:] = marks.get("seat", np.full(3, -1, np.int64))
        self.arcs.append(block)

    def lay_panels(self) -> None:
        """Seats that the rule reserves for a sector, open seats, and what it costs to leave them empty."""
        of, empty = self.instance, self.instance.empty_cost
        tight = of.tight
        reserved = np.where(tight[:, None], 0, of.least)
        self.supply[self.place] = reserved
        self.supply[self.submission] = of.seats - reserved.sum(axis=1)
        self.supply[self.sink] = -of.seats.sum()
        from_submission = np.repeat(self.submission, self.place.shape[1])
        self.lay(from_submission, self.place.ravel(), (of.most - reserved).ravel(), 0)
        self.lay(self.place.ravel(), self.sink, reserved.ravel(), 2 * empty)
        self.lay(self.submission, self.sink, self.supply[self.submission], np.where(tight, 2 * empty, empty))

    def lay_pairs(self) -> None:
        """Who may read what, and sitting for which sector."""
        of = self.instance
        for c in range(len(of.sectors)):
            i, j = np.nonzero(of.allowed & of.sits[:, c])
            seat = np.column_stack([i, j, np.full_like(i, c)])
            direct = self.crossing[i, j] < 0
            head = np.where(direct, self.juror[j], self.crossing[i, j])
            cost, tie = np.where(direct, -of.weights[i, j], 0), np.where(direct, self.ties[i, j], 0)
            self.lay(self.place[i, c], head, 1, cost, tie=tie, seat=seat)
        i, j = np.nonzero(self.crossing >= 0)
        self.lay(self.crossing[i, j], self.juror[j], 1, -of.weights[i, j], tie=self.ties[i, j])

    def lay_loads(self) -> None:
        """A juror's time, each proposal dearer than the one before."""
        of = self.instance
        if not of.balance:
            self.lay(self.juror, self.sink, of.capacity, 0)
            return
        tail = np.repeat(self.juror, of.capacity)
        costs = [cost for j in range(len(of.jurors)) for cost in of.next_load_costs(j)]
        self.lay(tail, self.sink, 1, np.array(costs, np.int64))

    def finished(self) -> Network:
        table = np.concatenate(self.arcs)
        table = table[table[:, 2] > 0]
        tail, head, capacity, cost, tie = (np.ascontiguousarray(table[:, n]) for n in range(5))
        return Network(self.instance, tail, head, capacity, cost, tie, table[:, 5:], self.supply)


def _crossings(instance: Instance) -> Ints:
    """1 where a juror of several sectors may read a submission."""
    several = instance.sits.sum(axis=1) > 1
    crossings: Ints = (instance.allowed & several).astype(np.int64)
    return crossings


def _numbered(marks: Ints, *, after: int) -> Ints:
    """Numbers from ``after`` on for the marked cells, −1 for the others."""
    numbers: Ints = np.where(marks > 0, after - 1 + np.cumsum(marks).reshape(marks.shape), -1)
    return numbers


def _ties(instance: Instance, seed: int) -> Ints:
    """A small number for each pair, drawn from the seed and the two ids alone."""
    rows = np.array([_draw(seed, "submission", s) for s in instance.submissions], np.uint64)
    columns = np.array([_draw(seed, "juror", j) for j in instance.jurors], np.uint64)
    mixed = rows[:, None] ^ columns[None, :]
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    ties: Ints = (mixed >> np.uint64(64 - TIE_BITS)).astype(np.int64)
    return ties


def _draw(seed: int, kind: str, name: str) -> int:
    return int.from_bytes(blake2b(f"{seed}:{kind}:{name}".encode(), digest_size=8).digest())
