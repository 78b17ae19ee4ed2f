"""The most that any plan could be worth, by arithmetic that shares nothing with the solver.

Put a price on each juror's time. Let every submission then choose its best panel
by itself, paying the prices, and every juror sell as much time as pays off:

    L(p) = Σ_s best_panel_s(w_s − p) + Σ_j Σ_steps max(0, p_j − cost of the step)

No plan is worth more than L(p), whatever the prices (Lagrangian duality). Where
L(p) equals the value of a plan, that plan is proved best.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from thinkia.domain.assignment.instance import Instance, Ints, compiled
from thinkia.domain.assignment.plan import Shortfall
from thinkia.domain.assignment.problem import Problem

_IMPOSSIBLE = -(2**54)
_CELLS_AT_ONCE = 2_000_000


def upper_bound(problem: Problem, prices: Mapping[str, int], shortfall: Collection[Shortfall] = ()) -> int:
    """No plan that leaves as few seats empty as ``shortfall`` is worth more than this.

    Holds for any whole prices; a juror not named costs 0, and a price below 0 counts as 0.
    """
    instance = compiled(problem)
    return priced_bound(instance, prices) + empty_seats_cost(instance, shortfall)


def empty_seats_cost(instance: Instance, shortfall: Collection[Shortfall]) -> int:
    """The weight of these empty seats, a required one counted twice."""
    return instance.empty_cost * sum(1 if row.sector is None else 2 for row in shortfall)


def priced_bound(instance: Instance, prices: Mapping[str, int]) -> int:
    """L(p) for value less the weight of the seats left empty."""
    price = np.array([max(0, prices.get(juror, 0)) for juror in instance.jurors], np.int64)
    sold = sum(
        max(0, int(price[j]) - cost)
        for j in range(len(instance.jurors))
        for cost in instance.next_load_costs(j)
    )
    gains = np.where(instance.allowed, instance.weights - price, _IMPOSSIBLE)
    panels = sum(_best_panels(instance, gains, rows) for rows in _same_rules(instance))
    return instance.pinned_value() + sold + panels


def _same_rules(instance: Instance) -> list[Ints]:
    """Submissions in groups of one and the same rule, small enough to hold in memory."""
    keys = np.column_stack([instance.seats, instance.least, instance.most])
    _, group = np.unique(keys, axis=0, return_inverse=True)
    order = np.argsort(group, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(group[order])) + 1) if len(order) else []


@dataclass(frozen=True, slots=True)
class _Shapes:
    """Every mix of sectors that a panel may have, and what its empty seats cost."""

    counts: Ints  # shapes × sectors
    penalty: Ints  # shapes
    before: Ints  # shapes × sectors: the shape with one juror less of that sector, or −1


def _best_panels(instance: Instance, gains: Ints, rows: Ints) -> int:
    """The sum of the best panels of submissions that share one rule."""
    shapes = _shapes(instance, int(rows[0]))
    step = max(1, _CELLS_AT_ONCE // len(shapes.counts))
    parts = [rows[start : start + step] for start in range(0, len(rows), step)]
    return sum(int(_best_values(instance, gains[part], shapes).sum()) for part in parts)


def _best_values(instance: Instance, gains: Ints, shapes: _Shapes) -> Ints:
    """For each row of gains, the best over all shapes of the best jurors of that shape."""
    several = instance.sits.sum(axis=1) > 1
    values = np.zeros((len(gains), len(shapes.counts)), np.int64)
    for c in range(len(instance.sectors)):
        best = _best_sums(gains[:, instance.sits[:, c] & ~several], int(shapes.counts[:, c].max()))
        values += best[:, shapes.counts[:, c]]
    for j in np.flatnonzero(several):
        values = _with_juror(values, gains[:, j], shapes.before[:, instance.sits[j]])
    best_value: Ints = (values - shapes.penalty).max(axis=1)
    return best_value


def _best_sums(gains: Ints, most: int) -> Ints:
    """Column n: the sum of a row's n highest gains, for n from 0 to ``most``."""
    width = gains.shape[1]
    padded = np.full((len(gains), most + 1), _IMPOSSIBLE, np.int64)
    padded[:, 0] = 0
    taken = min(most, width)
    padded[:, 1 : taken + 1] = -np.sort(-gains, axis=1)[:, :taken]
    sums: Ints = np.maximum(np.cumsum(padded, axis=1), _IMPOSSIBLE)
    return sums


def _with_juror(values: Ints, gains: Ints, before: Ints) -> Ints:
    """The best with one more juror to choose from, who may sit for any of several sectors, once."""
    better = values.copy()
    for column in before.T:
        possible = column >= 0
        offered = values[:, column[possible]] + gains[:, None]
        better[:, possible] = np.maximum(better[:, possible], offered)
    return better


def _shapes(instance: Instance, row: int) -> _Shapes:
    seats, least, most = int(instance.seats[row]), instance.least[row], instance.most[row]
    tight = bool(instance.tight[row])
    mixes = [mix for mix in product(*(range(int(min(seats, n)) + 1) for n in most)) if sum(mix) <= seats]
    counts = np.array(mixes, np.int64).reshape(len(mixes), len(most))
    if not tight:  # the seats a minimum reserves are nobody else's
        counts = counts[np.maximum(counts, least).sum(axis=1) <= seats]
    missing = np.maximum(0, least - counts).sum(axis=1)
    unfilled = np.maximum(0, seats - counts.sum(axis=1) - missing)
    place = {tuple(mix): i for i, mix in enumerate(counts.tolist())}
    unit = np.eye(len(most), dtype=np.int64)
    before = [[place.get(tuple(mix), -1) for mix in (counts_ - unit).tolist()] for counts_ in counts]
    return _Shapes(
        counts=counts,
        penalty=instance.empty_cost * (2 * missing + unfilled),
        before=np.array(before, np.int64).reshape(counts.shape),
    )
