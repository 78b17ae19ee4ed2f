"""Which pairs are worth giving to the solver: the best of each sector at rough prices of the jurors' time.

Nothing here decides how good a plan is: pairs that were left out are looked at by
``exchange``, and those that could make a better plan come back.
"""

import numpy as np
from numpy.typing import NDArray

from thinkia.domain.assignment.affinities import FULL_AFFINITY
from thinkia.domain.assignment.instance import Bools, Instance, Ints
from thinkia.domain.assignment.network import Ties

_FEW_PAIRS = 120_000
_SMALLEST_SAMPLE, _PER_JUROR = 400, 1.5
_ROUNDS = 40
_ROWS_AT_ONCE = 512

Floats = NDArray[np.float32]


def likely_pairs(instance: Instance, ties: Ties) -> Bools:
    """The pairs to start with: all of a small problem, of a large one the best of each sector."""
    if instance.allowed.size <= _FEW_PAIRS:
        return instance.allowed.copy()
    price = rough_prices(instance)
    chosen = np.zeros_like(instance.allowed)
    people = len(instance.jurors)
    most = int(np.minimum(instance.most, (instance.seats + instance.extra)[:, None]).max(initial=0))
    for start in range(0, len(chosen), _ROWS_AT_ONCE):
        rows = np.arange(start, min(start + _ROWS_AT_ONCE, len(chosen)))
        key = (instance.weights[rows] - price) * 2048 - (ties.at(rows[:, None], _columns(instance)) >> 9)
        key[~instance.allowed[rows]] = -(2**62)
        for sits in instance.sits.T:
            column = np.flatnonzero(sits)
            best = column[_places_of_top(key[:, column], 2 + 2 * most + people // 400)]
            chosen[rows[:, None], best] = True
    chosen &= instance.allowed
    return chosen


def rough_prices(instance: Instance) -> Ints:
    """What an hour of each juror is worth, roughly: raised while too many of a sample want it."""
    size = max(_SMALLEST_SAMPLE, int(_PER_JUROR * len(instance.jurors)))
    rows = np.unique(np.linspace(0, len(instance.submissions) - 1, size).astype(np.int64))
    weights = np.where(instance.allowed[rows], instance.weights[rows], np.float32(-1e9)).astype(np.float32)
    supply = np.maximum(_supply(instance) * len(rows) / len(instance.submissions), 1e-3)
    price = np.zeros(len(instance.jurors), np.float32)
    total, step = np.zeros(len(price)), 0.25 * FULL_AFFINITY
    for n in range(_ROUNDS):
        demand = _demand(instance, rows, weights - price)
        change = np.clip((demand - supply) / np.maximum(supply, 1), -1, 2)
        price = np.clip(price + step * change, 0, 3 * FULL_AFFINITY).astype(np.float32)
        step *= 0.93
        total += price if n >= _ROUNDS // 2 else 0
    return np.rint(total / (_ROUNDS - _ROUNDS // 2)).astype(np.int64)


def _supply(instance: Instance) -> NDArray[np.float64]:
    """How much each juror can read; where loads are balanced, not much more than an equal share."""
    capacity = instance.capacity.astype(np.float64)
    if not instance.balance:
        return capacity
    share = 1.1 * float(instance.seats.sum()) / max(1, len(instance.jurors))
    room = np.maximum(share + FULL_AFFINITY / instance.balance - instance.load, 0)
    return np.asarray(np.minimum(capacity, room), np.float64)


def _demand(instance: Instance, rows: Ints, gains: Floats) -> NDArray[np.float64]:
    """How many of these submissions would choose each juror."""
    first = instance.sits.argmax(axis=1)
    most, reserved = instance.most[rows], instance.reserved[rows]
    seated, pool = [], []
    for c in range(len(instance.sectors)):
        people = np.flatnonzero(first == c)
        places = _places_of_top(gains[:, people], int(most[:, c].max(initial=0)))
        order = np.take_along_axis(gains[:, people], places, axis=1).argsort(axis=1)[:, ::-1]
        best = people[np.take_along_axis(places, order, axis=1)]
        place = np.arange(best.shape[1])
        value = np.where(place < most[:, c, None], np.take_along_axis(gains, best, axis=1), -1e9)
        seated.append(best[(place < reserved[:, c, None]) & (value > -1e8)])
        pool.append((best, np.where(place < reserved[:, c, None], -1e9, value)))
    best, value = (np.concatenate(parts, axis=1) for parts in zip(*pool, strict=True))
    rank = value.argsort(axis=1)[:, ::-1].argsort(axis=1)
    chosen = (rank < instance.open_seats[rows, None]) & (value > -1e8)
    everybody = np.concatenate([*seated, best[chosen]])
    return np.bincount(everybody, minlength=len(instance.jurors)).astype(np.float64)


def _places_of_top(values: NDArray[np.generic], number: int) -> Ints:
    """The columns of the highest of each row."""
    width = values.shape[1]
    if number >= width or not number:
        return np.broadcast_to(np.arange(min(number, width)), (len(values), min(number, width)))
    return np.argpartition(values, width - number, axis=1)[:, width - number :]


def _columns(instance: Instance) -> Ints:
    return np.arange(len(instance.jurors))
