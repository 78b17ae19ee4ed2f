"""The most that any plan could be worth, by arithmetic that shares nothing with the solver.

Put a price on each juror's time. Let every submission then choose its best panel
by itself, paying the prices, and every juror sell as much time as pays off:

    L(p) = Σ_s best_panel_s(w_s − p) + Σ_j Σ_steps max(0, p_j − cost of the step)

No plan is worth more than L(p), whatever the prices (Lagrangian duality). Where
L(p) equals the value of a plan, that plan is proved best.
"""

from collections.abc import Collection, Mapping

import numpy as np

from thinkia.domain.assignment.best_panels import best_panels
from thinkia.domain.assignment.instance import Instance, Ints, compiled
from thinkia.domain.assignment.plan import Shortfall, empty_seats
from thinkia.domain.assignment.problem import Pair, Problem


def upper_bound(
    problem: Problem,
    prices: Mapping[str, int],
    shortfall: Collection[Shortfall] = (),
    pairs: Collection[Pair] | None = None,
) -> int:
    """No plan that leaves as few seats empty as ``shortfall`` is worth more than this.

    Where the rules know extra seats or minimum loads, the plan's ``pairs`` say how many
    of these it fills. Holds for any whole prices; a juror not named costs 0, and a price
    below 0 counts as 0 unless the juror has a minimum load.
    """
    instance = compiled(problem)
    short = tuple(shortfall) if pairs is None else empty_seats(problem, pairs)
    price = np.array([prices.get(juror, 0) for juror in instance.jurors], np.int64)
    price = np.where(instance.wanted > 0, price, np.maximum(0, price))
    return priced_bound(instance, price) + unfilled_cost(instance, short, pairs)


def priced_bound(instance: Instance, price: Ints) -> int:
    """L(p) for value less the weight of what is left unfilled; ``price`` by juror."""
    return instance.settled_value + _sold(instance, price) + best_panels(instance, price)


def unfilled_cost(
    instance: Instance, shortfall: Collection[Shortfall], pairs: Collection[Pair] | None
) -> int:
    """The weight of these empty seats, and of extra seats and minimum loads that the pairs do not reach."""
    known = set(instance.submissions)
    shortfall = [gap for gap in shortfall if gap.submission in known]
    required = sum(gap.sector is not None for gap in shortfall)
    cost = instance.required_cost * (required - _no_room(instance))
    cost += instance.open_cost * (len(shortfall) - required)
    if not (instance.extra.any() or instance.wanted.any()):
        return cost
    return cost + _extras_left(instance, shortfall, pairs or ()) - _loads_reached(instance, pairs or ())


def _no_room(instance: Instance) -> int:
    """Required seats of full panels: empty in every plan, and nobody's to fill."""
    return int((instance.least.sum(axis=1) - instance.seats)[instance.tight].sum())


def _sold(instance: Instance, price: Ints) -> int:
    """What the jurors' time brings in at these prices."""
    if not instance.balance and not instance.wanted.any():
        return int((price * instance.capacity).sum())
    return sum(
        max(0, int(price[j]) - cost)
        for j in np.flatnonzero(instance.capacity)
        for cost in instance.next_load_costs(int(j))
    )


def _extras_left(instance: Instance, shortfall: Collection[Shortfall], pairs: Collection[Pair]) -> int:
    """The weight of extra seats left empty: of a panel that lacks a seat, all of them."""
    row = {submission: i for i, submission in enumerate(instance.submissions)}
    filled = np.zeros(len(row), np.int64)
    pinned = {(pin.submission, pin.juror) for pin in instance.pins}
    pinned -= {(instance.submissions[i], instance.jurors[j]) for i, j in instance.free}
    for pair in pairs:
        if pair.submission in row and (pair.submission, pair.juror) not in pinned:
            filled[row[pair.submission]] += 1
    for gap in shortfall:
        if gap.submission in row:
            filled[row[gap.submission]] += 1
    left = np.clip(instance.seats + instance.extra - filled, 0, instance.extra)
    return int((instance.step * left * (left + 1) // 2).sum())


def _loads_reached(instance: Instance, pairs: Collection[Pair]) -> int:
    """The weight of the minimum loads that these pairs reach beyond the pins."""
    column = {juror: j for j, juror in enumerate(instance.jurors)}
    loads = np.bincount([column[pair.juror] for pair in pairs], minlength=len(column))
    return int(np.clip(loads - instance.load, 0, instance.wanted).sum()) * instance.step
