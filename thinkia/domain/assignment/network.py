"""The problem as a minimum-cost flow.

    submission → (submission, sector) → juror → sink

A panel's open seats start at the submission, the seats a minimum reserves at its
(submission, sector). Arcs to the sink stand for empty seats, so that a flow always
exists; a juror's arcs to the sink cost more with every proposal when loads are
balanced, and less than nothing up to a minimum load. A juror of several sectors, and
jurors of one institution, share a gate for each submission, passed once.
"""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from thinkia.domain.assignment.instance import Bools, Instance, Ints

TIE_BITS = 20
_LEANING_BITS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Arcs as columns, in an order that depends on nothing but sorted ids."""

    instance: Instance
    tail: Ints
    head: Ints
    capacity: Ints
    cost: Ints
    tie: Ints  # chooses between equally good arcs; below 2 ** TIE_BITS
    seat: Ints  # (row, column, sector, gate) of arcs that seat a juror, −1 where one is not known
    supply: Ints  # by node

    def seats(self, flow: Ints) -> Ints:
        """Who is seated where by this flow: (row, column, sector), sorted; free pins included."""
        used = self.seat[(flow > 0) & (self.seat[:, 0] >= 0)]
        sector_at = np.full(1 + int(used[:, 3].max(initial=0)), -1, np.int64)
        entering = used[used[:, 1] < 0]
        sector_at[entering[:, 3]] = entering[:, 2]
        seated = used[used[:, 1] >= 0]
        sector = np.where(seated[:, 2] < 0, sector_at[seated[:, 3]], seated[:, 2])
        seats = np.column_stack([seated[:, :2], sector])
        ordered: Ints = seats[np.lexsort((seats[:, 2], seats[:, 1], seats[:, 0]))]
        return ordered


def network(instance: Instance, open_pairs: Bools, ties: "Ties", steps: Ints) -> Network:
    """Lay the arcs out, of ``open_pairs`` only, each juror taking at most ``steps`` more."""
    draft = _Draft(instance, ties)
    draft.lay_panels()
    draft.lay_pairs(open_pairs)
    draft.lay_free_pins()
    draft.lay_loads(steps)
    return draft.finished()


class _Draft:
    """The network while its arcs are being laid."""

    def __init__(self, instance: Instance, ties: "Ties") -> None:
        self.instance, self.ties = instance, ties
        rows, sectors = instance.least.shape
        self.submission = np.arange(rows)
        self.place = rows + np.arange(rows * sectors).reshape(rows, sectors)
        self.juror = rows + rows * sectors + np.arange(len(instance.jurors))
        self.sink = rows + rows * sectors + len(self.juror)
        self.nodes = self.sink + 1
        self.supply = np.zeros(self.nodes, np.int64)
        self.arcs: list[dict[str, Ints]] = []

    def lay(
        self, tail: Ints, head: Ints | int, capacity: Ints | int, cost: Ints | int, **marks: Ints
    ) -> None:
        """Add arcs; marks are ``tie`` and ``seat``. Kept narrow: a large call has a million arcs."""
        number = len(tail)
        columns: dict[str, Ints | int] = {"tail": tail, "head": head, "capacity": capacity, "cost": cost}
        columns["tie"] = marks.get("tie", np.zeros(1, np.int64))
        block = {name: _narrow(name, column, (number,)) for name, column in columns.items()}
        block["seat"] = _narrow("seat", marks.get("seat", np.full(4, -1, np.int64)), (number, 4))
        wanted = block["capacity"] > 0
        self.arcs.append({name: column[wanted] for name, column in block.items()})

    def lay_panels(self) -> None:
        """Seats that the rule reserves for a sector, open seats, and what it costs to leave them empty."""
        of = self.instance
        self.supply[self.place] = of.reserved
        self.supply[self.submission] = of.open_seats
        self.supply[self.sink] = -self.supply.sum()
        from_submission = np.repeat(self.submission, self.place.shape[1])
        self.lay(from_submission, self.place.ravel(), (of.most - of.reserved).ravel(), 0)
        self.lay(self.place.ravel(), self.sink, of.reserved.ravel(), of.required_cost)
        usual = np.where(of.tight, of.required_cost, of.open_cost)
        self.lay(self.submission, self.sink, of.open_seats - of.extra, usual)
        for n in range(int(of.extra.max(initial=0))):
            asked = np.flatnonzero(of.extra > n)
            self.lay(self.submission[asked], self.sink, 1, of.step * (n + 1))

    def lay_pairs(self, open_pairs: Bools) -> None:
        """Who may read what, and sitting for which sector."""
        of = self.instance
        i, j = np.nonzero(open_pairs)
        cost, tie = -of.weights[i, j].astype(np.int64), self.ties.at(i, j)
        gate_of = gates_of(of)
        direct = gate_of[j] < 0
        sector = of.sits.argmax(axis=1)[j]
        seat = np.column_stack([i, j, sector, np.full_like(i, -1)])[direct]
        self.lay(
            self.place[i, sector][direct], self.juror[j][direct], 1, cost[direct], tie=tie[direct], seat=seat
        )
        behind = ~direct
        if behind.any():
            self._lay_gates(i[behind], j[behind], gate_of, cost[behind], tie[behind])

    def _lay_gates(self, i: Ints, j: Ints, gate_of: Ints, cost: Ints, tie: Ints) -> None:
        """One gate for each submission and group of jurors of whom one may pass."""
        keys = i * (1 + int(gate_of.max())) + gate_of[j]
        _, first, gate = np.unique(keys, return_index=True, return_inverse=True)
        way_in, way_out = self._gate_nodes(len(first))
        unknown = np.full_like(i, -1)
        self._lay_ways_in(i[first], j[first], way_in)
        self.lay(way_in, way_out, 1, 0)
        seat = np.column_stack([i, j, unknown, way_in[gate]])
        self.lay(way_out[gate], self.juror[j], 1, cost, tie=tie, seat=seat)

    def lay_free_pins(self) -> None:
        """A pinned juror of several sectors takes a seat of one of them before anybody else does."""
        i, j = self.instance.free[:, 0], self.instance.free[:, 1]
        way_in, way_out = self._gate_nodes(len(i))
        self._lay_ways_in(i, j, way_in)
        self.lay(way_in, way_out, 1, 0)
        seat = np.column_stack([i, j, np.full_like(i, -1), way_in])
        self.lay(way_out, self.sink, 1, -4 * self.instance.required_cost, seat=seat)

    def _gate_nodes(self, number: int) -> tuple[Ints, Ints]:
        """Numbers for so many gates, each a way in and a way out."""
        way_in = self.nodes + np.arange(number)
        self.nodes += 2 * number
        return way_in, way_in + number

    def _lay_ways_in(self, i: Ints, j: Ints, way_in: Ints) -> None:
        for c in range(len(self.instance.sectors)):
            of_sector = self.instance.sits[j, c]
            rows, gates = i[of_sector], way_in[of_sector]
            unknown = np.full_like(rows, -1)
            seat = np.column_stack([rows, unknown, np.full_like(rows, c), gates])
            self.lay(self.place[rows, c], gates, 1, 0, seat=seat)

    def lay_loads(self, steps: Ints) -> None:
        """A juror's time, each proposal dearer than the one before."""
        of = self.instance
        room = np.minimum(of.capacity, steps)
        if not of.balance and not of.wanted.any():
            self.lay(self.juror, self.sink, room, 0)
            return
        costs = [cost for j in range(len(of.jurors)) for cost in of.next_load_costs(j, int(room[j]))]
        self.lay(np.repeat(self.juror, room), self.sink, 1, np.array(costs, np.int64))

    def finished(self) -> Network:
        supply = np.zeros(self.nodes, np.int64)
        supply[: len(self.supply)] = self.supply
        names = ("tail", "head", "capacity", "cost", "tie", "seat")
        columns = {name: np.concatenate([block.pop(name) for block in self.arcs]) for name in names}
        return Network(self.instance, supply=supply, **columns)


def _narrow(name: str, column: Ints | int, shape: tuple[int, ...]) -> Ints:
    narrow: Ints = np.broadcast_to(np.asarray(column, np.int64 if name == "cost" else np.int32), shape)
    return narrow


def gates_of(instance: Instance) -> Ints:
    """The gate each juror passes at every submission: one an institution, one a juror of several sectors."""
    several = instance.sits.sum(axis=1) > 1
    own = 1 + int(instance.house.max(initial=-1)) + np.arange(len(instance.jurors))
    gates: Ints = np.where(instance.house >= 0, instance.house, np.where(several, own, -1))
    return gates


class Ties:
    """A small number for each pair: the lower the better liked, then drawn from the seed and the two ids."""

    def __init__(self, instance: Instance, seed: int) -> None:
        self._leaning = instance.leaning
        self._rows = np.array([_draw(seed, "submission", s) for s in instance.submissions], np.uint64)
        self._columns = np.array([_draw(seed, "juror", j) for j in instance.jurors], np.uint64)

    def at(self, i: Ints, j: Ints) -> Ints:
        """The numbers of these rows and columns, which are laid out against each other like any arrays."""
        mixed = self._rows[i] ^ self._columns[j]
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
        ties: Ints = (mixed >> np.uint64(64 - TIE_BITS)).astype(np.int64)
        if self._leaning is None:
            return ties
        levels = (1 << _LEANING_BITS) - 1
        disliked = levels - (self._leaning[i, j].astype(np.int64) * levels + 5_000) // 10_000
        leaning: Ints = (disliked << (TIE_BITS - _LEANING_BITS)) | (ties >> _LEANING_BITS)
        return leaning


def _draw(seed: int, kind: str, name: str) -> int:
    return int.from_bytes(blake2b(f"{seed}:{kind}:{name}".encode(), digest_size=8).digest())
