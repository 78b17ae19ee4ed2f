"""Could any exchange between jurors make these panels better? If none can, they are the best.

Nodes are the jurors and one more, ``OUTSIDE``. An arc from one juror to another is a
proposal that passes from the one to the other, at the cheapest over *all* submissions
and all pairs, whatever the solver was given; an arc from OUTSIDE to a juror is a load
that falls by one or an empty seat that is filled, an arc to OUTSIDE the contrary. A
circle of arcs of negative cost is an improvement. Where there is none, shortest
distances settle, and they are exact prices of the jurors' time.
"""

from dataclasses import dataclass

import numpy as np

from thinkia.domain.assignment.instance import Bools, Instance, Ints

_NEVER = 2**60
_ROWS_AT_ONCE = 512


@dataclass(frozen=True, slots=True, eq=False)
class Exchange:
    """The cheapest exchange between each two, and the submission where it happens (−1 where none)."""

    cost: Ints  # (jurors + 1) × (jurors + 1)
    where: Ints
    lowest: Ints  # jurors: the least that a price can be, below 0 only where a minimum load is asked for

    def prices(self) -> tuple[Ints, Ints]:
        """What an hour of each juror is worth, and the pairs (row, column) of a better plan if there is one.

        Without a circle that gains, no pairs. Otherwise the prices are only rough.
        """
        distance = np.zeros(len(self.cost), np.int64)
        before = np.full(len(self.cost), -1)
        everybody = np.arange(len(self.cost))
        for sweep in range(len(self.cost) + 1):
            through = distance[:, None] + self.cost
            best = through.argmin(axis=0)
            shorter = through[best, everybody]
            better = shorter < distance
            if not better.any():
                return self._prices(distance), np.zeros((0, 2), np.int64)
            distance = np.where(better, shorter, distance)
            before = np.where(better, best, before)
            if sweep % 8 == 7 and _circles(before):
                break
        heads = np.flatnonzero(before >= 0)
        rows = self.where[before[heads], heads]
        pairs = np.column_stack([rows, heads])[(rows >= 0) & (heads < len(self.cost) - 1)]
        return self._prices(distance), pairs

    def _prices(self, distance: Ints) -> Ints:
        prices: Ints = np.maximum(self.lowest, distance[-1] - distance[:-1])
        return prices


def _circles(before: Ints) -> bool:
    """Whether following the arrows back from somewhere never ends."""
    reached = before
    for _ in range(len(before).bit_length() + 1):
        reached = np.where(reached >= 0, reached[reached], -1)
    return bool((reached >= 0).any())


def exchange(instance: Instance, seats: Ints) -> Exchange:
    """All exchanges that these seats (row, column, sector; free pins included) allow."""
    draft = _Draft(instance, seats)
    for j in range(len(instance.jurors)):
        draft.hand_over(j)
    draft.fill_empty_seats()
    draft.change_loads()
    return Exchange(draft.cost, draft.where, lowest_prices(instance))


def lowest_prices(instance: Instance) -> Ints:
    """The least that a juror's time can cost: where a minimum load is asked for, less than nothing."""
    lowest: Ints = np.where(instance.wanted > 0, -instance.required_cost * len(instance.jurors), 0)
    return lowest


class _Draft:
    """The table of exchanges while it is being filled."""

    def __init__(self, instance: Instance, seats: Ints) -> None:
        self.instance, people = instance, len(instance.jurors)
        self.cost = np.full((people + 1, people + 1), _NEVER, np.int64)
        self.where = np.full((people + 1, people + 1), -1, np.int64)
        self.vacant = instance.allowed.copy()
        self.vacant[seats[:, 0], seats[:, 1]] = False
        fixed = {(int(i), int(j)) for i, j in instance.free}
        moving = np.array([(int(i), int(j)) not in fixed for i, j in seats[:, :2]] if fixed else True)
        self.mine = _by_juror(seats[np.broadcast_to(moving, len(seats))], people)
        self.count = np.zeros(instance.least.shape, np.int64)
        np.add.at(self.count, (seats[:, 0], seats[:, 2]), 1)
        self.reach = _reach(instance, seats, self.count)
        self.sat_by = _houses(instance, seats)
        self.left = instance.open_seats - np.maximum(0, self.count - instance.reserved).sum(axis=1)
        self.level = _levels(instance)

    def hand_over(self, j: int) -> None:
        """Each seat of this juror taken over by somebody else, or left empty."""
        of, rows, sectors = self.instance, *self.mine[j].T
        if not len(rows):
            return
        cost = of.weights[rows, j].astype(np.int64)[:, None] - of.weights[rows]
        reached = self.reach[rows, sectors].astype(np.float32) @ of.sits.T.astype(np.float32) > 0
        cost[~(reached & self.vacant[rows] & ~self._crowded(rows, int(of.house[j])))] = _NEVER
        best = cost.argmin(axis=0)
        people = np.arange(cost.shape[1])
        self.cost[j, :-1], self.where[j, :-1] = cost[best, people], rows[best]
        emptied = of.weights[rows, j] + self._emptying(rows, sectors)
        self.cost[j, -1] = emptied.min()

    def _crowded(self, rows: Ints, own: int) -> Bools:
        """Whether somebody of a juror's institution sits there already, apart from a seat given up."""
        if not self.sat_by.shape[1]:
            return np.zeros((len(rows), 1), bool)
        sat_by = self.sat_by[rows]
        if own >= 0:
            sat_by[:, own] = False
        house = self.instance.house
        crowded: Bools = sat_by[:, house] & (house >= 0)
        return crowded

    def _emptying(self, rows: Ints, sectors: Ints) -> Ints:
        """What it costs to leave one more seat of this panel empty, reached from this sector."""
        of = self.instance
        above = self.count[rows] > of.reserved[rows]
        an_open_one = self.level[rows, np.minimum(self.left[rows], self.level.shape[1] - 1)]
        penalty = np.where(above, an_open_one[:, None], of.required_cost)
        reached = self.reach[rows, sectors] & (above | (of.reserved[rows] > 0))
        cheapest: Ints = np.where(reached, penalty, _NEVER).min(axis=1)
        return cheapest

    def fill_empty_seats(self) -> None:
        """Somebody takes a seat that is empty."""
        of = self.instance
        short = self.count < of.reserved
        lacking = np.flatnonzero(short.any(axis=1) | (self.left > 0))
        for start in range(0, len(lacking), _ROWS_AT_ONCE):
            rows = lacking[start : start + _ROWS_AT_ONCE]
            gain = self._filling(rows, short[rows])
            best = np.full((len(rows), len(of.jurors)), -_NEVER, np.int64)
            for c in range(len(of.sectors)):
                best = np.maximum(best, np.where(of.sits[:, c], gain[:, c, None], -_NEVER))
            cost = -best - of.weights[rows]
            cost[~self.vacant[rows] | self._crowded(rows, -1) | (best == -_NEVER)] = _NEVER
            self._offer_from_outside(rows, cost)

    def _filling(self, rows: Ints, short: Bools) -> Ints:
        """What it gains to seat somebody of each sector, others of the panel changing sector if need be."""
        of = self.instance
        last = np.where(self.left[rows] > 0, self.level[rows, self.left[rows] - 1], -_NEVER)
        room = np.maximum(self.count[rows], of.reserved[rows]) < of.most[rows]
        entry = np.where(short, of.required_cost, np.where(room, last[:, None], -_NEVER))
        gain: Ints = np.where(self.reach[rows], entry[:, :, None], -_NEVER).max(axis=1)
        return gain

    def _offer_from_outside(self, rows: Ints, cost: Ints) -> None:
        best, people = cost.argmin(axis=0), np.arange(cost.shape[1])
        cheapest = cost[best, people]
        better = cheapest < self.cost[-1, :-1]
        self.cost[-1, :-1] = np.where(better, cheapest, self.cost[-1, :-1])
        self.where[-1, :-1] = np.where(better, rows[best], self.where[-1, :-1])

    def change_loads(self) -> None:
        """A juror reads one more, or one less."""
        of = self.instance
        for j, mine in enumerate(self.mine):
            costs = of.next_load_costs(j, len(mine) + 1)
            if len(costs) > len(mine):
                self.cost[j, -1] = min(self.cost[j, -1], costs[len(mine)])
            if len(mine) and -costs[len(mine) - 1] < self.cost[-1, j]:
                self.cost[-1, j], self.where[-1, j] = -costs[len(mine) - 1], -1


def _by_juror(seats: Ints, people: int) -> list[Ints]:
    """The (row, sector) of each juror's seats."""
    ordered = seats[np.argsort(seats[:, 1], kind="stable")]
    return np.split(ordered[:, [0, 2]], np.searchsorted(ordered[:, 1], np.arange(1, people)))


def _houses(instance: Instance, seats: Ints) -> Bools:
    """Which institutions sit on which panel."""
    sat_by = np.zeros((len(instance.submissions), 1 + int(instance.house.max(initial=-1))), bool)
    house = instance.house[seats[:, 1]]
    sat_by[seats[house >= 0, 0], house[house >= 0]] = True
    return sat_by


def _levels(instance: Instance) -> Ints:
    """The cost of each further open seat left empty, by submission; beyond the last, as the last."""
    usual = np.where(instance.tight, instance.required_cost, instance.open_cost)[:, None]
    n = np.arange(1 + int(instance.open_seats.max(initial=0)))
    levels: Ints = np.where(n < instance.extra[:, None], instance.step * (n + 1), usual)
    return levels


def _reach(instance: Instance, seats: Ints, count: Ints) -> Bools:
    """Whether a seat given up by one sector can serve another: by submission, from sector, to sector.

    Either the panel has more of the first than the rule reserves and room for the second,
    or somebody on it sits for the second and can as well sit for the first.
    """
    sectors = count.shape[1]
    spare = count > instance.reserved
    room = np.maximum(count, instance.reserved) < instance.most
    reach = (spare[:, :, None] & room[:, None, :]) | np.eye(sectors, dtype=bool)
    several = seats[instance.sits[seats[:, 1]].sum(axis=1) > 1]
    for c in range(sectors):
        could = several[instance.sits[several[:, 1], c]]
        reach[could[:, 0], c, could[:, 2]] = True
    for _ in range(sectors.bit_length()):
        step = reach.astype(np.float32)
        reach = step @ step > 0
    return np.asarray(reach)
