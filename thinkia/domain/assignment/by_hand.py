"""Pairs that people chose, as a plan: measured like every other, and proved nothing of."""

from collections.abc import Collection

import numpy as np

from thinkia.domain.assignment.bound import upper_bound
from thinkia.domain.assignment.connection import is_connected
from thinkia.domain.assignment.instance import load_cost
from thinkia.domain.assignment.plan import BY_HAND, Plan, empty_seats, loads_of
from thinkia.domain.assignment.problem import Pair, Problem
from thinkia.domain.assignment.weights import value_of


def drawn_by_hand(problem: Problem, pairs: Collection[Pair]) -> Plan:
    """What these pairs are worth and which seats stay empty. Whether they keep the rules, ``verify`` says."""
    loads, shortfall = loads_of(problem, pairs), empty_seats(problem, pairs)
    affinity = value_of(problem.affinities, [(pair.submission, pair.juror) for pair in pairs])
    value = affinity - load_cost(problem.balance, np.array(list(loads.values()), np.int64))
    return Plan(
        pairs=tuple(sorted(pairs)),
        shortfall=shortfall,
        value=value,
        affinity_value=affinity,
        upper_bound=max(value, upper_bound(problem, {}, shortfall, pairs)),
        certified=False,
        loads=loads,
        prices={},
        connected=is_connected(problem, pairs),
        version=BY_HAND,
        problem=problem,
    )
