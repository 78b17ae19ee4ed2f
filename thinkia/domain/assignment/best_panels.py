"""The best panel each submission could choose for itself, if a juror's time had a price.

Where everybody sits for one sector, sorting is enough: first the seats that the rule
reserves, then the best of the rest. Where somebody could sit for several, or jurors of
one institution for different ones, every mix of sectors is tried, one person after the
other being offered a seat.
"""

from dataclasses import dataclass

import numpy as np

from thinkia.domain.assignment.instance import Bools, Instance, Ints

_IMPOSSIBLE = -(2**54)
_CELLS_AT_ONCE = 1_000_000


def best_panels(instance: Instance, price: Ints) -> int:
    """Σ over submissions of the most that weights less prices, and empty seats, come to."""
    people = _People(instance)
    return sum(
        int(_values(instance, people, rows, price).sum())
        for group in _same_rules(instance)
        for rows in np.array_split(group, 1 + len(group) * len(instance.jurors) // _CELLS_AT_ONCE)
    )


def _values(instance: Instance, people: "_People", rows: Ints, price: Ints) -> Ints:
    gains = np.where(instance.allowed[rows], instance.weights[rows] - price, _IMPOSSIBLE)
    fixed = [j for i, j in instance.free.tolist() if i == rows[0]]
    if people.versatile or fixed:
        return _best_mixes(instance, people, rows, gains, fixed)
    return _best_sorted(instance, people, rows, gains)


def _same_rules(instance: Instance) -> list[Ints]:
    """Submissions in groups of one and the same rule; those with a free pin each alone."""
    alone = np.zeros(len(instance.submissions), np.int64)
    alone[instance.free[:, 0]] = 1 + instance.free[:, 0]
    keys = np.column_stack([instance.seats, instance.extra, instance.least, instance.most, alone])
    _, group = np.unique(keys, axis=0, return_inverse=True)
    order = np.argsort(group, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(group[order])) + 1) if len(order) else []


class _People:
    """Jurors as they can be told apart: of one sector; of several; of an institution of which one may sit."""

    def __init__(self, instance: Instance) -> None:
        sits, house = instance.sits, instance.house
        several = sits.sum(axis=1) > 1
        self.single: list[Bools] = [sits[:, c] & ~several & (house < 0) for c in range(sits.shape[1])]
        self.houses: list[list[Bools]] = [[] for _ in range(sits.shape[1])]
        self.versatile: list[tuple[Bools, bool]] = []  # jurors, and whether only one of them may sit
        self.sits = sits
        for number in range(int(house.max(initial=-1)) + 1):
            members = house == number
            sectors = np.flatnonzero(sits[members].any(axis=0))
            if len(sectors) == 1:
                self.houses[sectors[0]].append(members)
            else:
                self.versatile.append((members, True))
        free = several & (house < 0)
        for kind in np.unique(sits[free], axis=0):
            self.versatile.append((free & (sits == kind).all(axis=1), False))

    def offers(self, gains: Ints, c: int) -> Ints:
        """What each person of this sector alone brings, a column a person or an institution."""
        columns = [gains[:, self.single[c]]]
        columns += [gains[:, members].max(axis=1, keepdims=True) for members in self.houses[c]]
        return np.concatenate(columns, axis=1)

    def in_turn(self, gains: Ints, members: Bools, number: int) -> list[Ints]:
        """What each of the best of these brings to each sector (rows × sectors)."""
        if number > 1:  # all sit for the same sectors
            offers = _top(gains[:, members], min(int(members.sum()), number)).T
            return [np.where(self.sits[members][0], offer[:, None], _IMPOSSIBLE) for offer in offers]
        best = [gains[:, members & sits].max(axis=1, initial=_IMPOSSIBLE) for sits in self.sits.T]
        return [np.column_stack(best)]


def _best_sorted(instance: Instance, people: _People, rows: Ints, gains: Ints) -> Ints:
    """Reserved seats from the top of each sector, the open ones from the top of what is left."""
    reserved, most = instance.reserved[rows[0]], instance.most[rows[0]]
    total, pool = np.zeros(len(rows), np.int64), [gains[:, :0]]
    for c in range(len(instance.sectors)):
        best = _top(people.offers(gains, c), int(most[c]))
        total += np.maximum(best[:, : reserved[c]], -instance.required_cost).sum(axis=1)
        pool.append(best[:, reserved[c] :])
    costs = np.array(instance.empty_costs(int(rows[0]))[::-1], np.int64)
    chosen = _top(np.concatenate(pool, axis=1), len(costs))
    best_total: Ints = total + np.maximum(chosen, -costs).sum(axis=1)
    return best_total


def _top(values: Ints, number: int) -> Ints:
    """The highest of each row, falling; impossible ones where there are not so many."""
    taken = min(number, values.shape[1])
    if 0 < taken < values.shape[1]:
        values = np.partition(values, values.shape[1] - taken, axis=1)[:, values.shape[1] - taken :]
    top = np.full((len(values), number), _IMPOSSIBLE, np.int64)
    top[:, :taken] = np.sort(values, axis=1)[:, ::-1][:, :taken]
    return top


@dataclass(frozen=True, slots=True)
class _Mixes:
    """Every mix of sectors that a panel may have, and what its empty seats cost."""

    counts: Ints  # mixes × sectors
    penalty: Ints  # mixes
    before: Ints  # mixes × sectors: the mix with one juror less of that sector, or −1


def _best_mixes(instance: Instance, people: _People, rows: Ints, gains: Ints, fixed: list[int]) -> Ints:
    mixes, size = _mixes(instance, int(rows[0])), int(instance.seats[rows[0]] + instance.extra[rows[0]])
    values = np.zeros((len(rows), len(mixes.counts)), np.int64)
    for c, most in enumerate(mixes.counts.max(axis=0)):
        sums = np.cumsum(_top(people.offers(gains, c), int(most)), axis=1)
        sums = np.maximum(np.column_stack([np.zeros(len(rows), np.int64), sums]), _IMPOSSIBLE)
        values += sums[:, mixes.counts[:, c]]
    for members, only_one in people.versatile:
        for offer in people.in_turn(gains, members, 1 if only_one else size):
            values = _with_one_more(values, offer, mixes.before)
    for j in fixed:
        values = _with_pin(values, instance.sits[j], mixes.before)
    best: Ints = (values - mixes.penalty).max(axis=1)
    return best


def _with_one_more(values: Ints, offer: Ints, before: Ints) -> Ints:
    """The best with one more person to choose from, who sits for one sector or not at all."""
    better = values.copy()
    for c, column in enumerate(before.T):
        possible = column >= 0
        offered = np.maximum(values[:, column[possible]] + offer[:, c, None], _IMPOSSIBLE)
        better[:, possible] = np.maximum(better[:, possible], offered)
    return better


def _with_pin(values: Ints, sits: Bools, before: Ints) -> Ints:
    """The best once somebody who has to sit does, for one of these sectors."""
    best = np.full_like(values, _IMPOSSIBLE)
    for column in before.T[sits]:
        possible = column >= 0
        best[:, possible] = np.maximum(best[:, possible], values[:, column[possible]])
    return best


def _mixes(instance: Instance, row: int) -> _Mixes:
    reserved, seats = instance.reserved[row], int(instance.open_seats[row] + instance.reserved[row].sum())
    counts = np.zeros((1, 0), np.int64)
    for most in instance.most[row]:
        taken = np.arange(min(seats, int(most)) + 1)
        counts = np.column_stack([np.repeat(counts, len(taken), axis=0), np.tile(taken, len(counts))])
        used = np.maximum(counts, reserved[: counts.shape[1]]).sum(axis=1)
        counts = counts[used + reserved[counts.shape[1] :].sum() <= seats]
    missing = np.maximum(0, reserved - counts).sum(axis=1)
    left = seats - counts.sum(axis=1) - missing
    costs = np.concatenate([[0], np.cumsum(instance.empty_costs(row))]).astype(np.int64)
    place = {mix: i for i, mix in enumerate(map(tuple, counts.tolist()))}
    before = np.full(counts.shape, -1, np.int64)
    for i, mix in enumerate(place):
        for c, n in enumerate(mix):
            before[i, c] = place.get((*mix[:c], n - 1, *mix[c + 1 :]), -1) if n else -1
    return _Mixes(counts, instance.required_cost * missing + costs[left], before)
