"""Draw the panels: solve the flow, then prove the plan best without the solver."""

from dataclasses import dataclass

import numpy as np
import ortools
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from thinkia.domain.assignment.bound import priced_bound, unfilled_cost
from thinkia.domain.assignment.connection import connected_seats, is_connected
from thinkia.domain.assignment.crossing import crossing_seats
from thinkia.domain.assignment.exchange import exchange
from thinkia.domain.assignment.instance import Instance, Ints, compiled, load_cost
from thinkia.domain.assignment.network import TIE_BITS, Network, Ties, network
from thinkia.domain.assignment.plan import Plan, empty_seats, loads_of
from thinkia.domain.assignment.problem import Pair, Problem
from thinkia.domain.assignment.pruning import likely_pairs
from thinkia.domain.assignment.weights import value_of

_LARGEST_COST = 2**60
_MOST_ROUNDS = 25
VERSION = f"2 (ortools {ortools.__version__})"


def solve(problem: Problem) -> Plan:
    """The best panels: fewest required seats empty, then fewest seats empty, then highest value.

    Always answers. Equal input, in any order, gives an equal plan; the seed
    chooses among plans equally good and can never change how good they are.
    Minimum loads come before value and never cost a seat where the rules are a flow.
    Of plans of equal value, one whose submissions are connected, where that is found.
    """
    instance = compiled(problem)
    found = solved(instance, problem.seed)
    pairs = seated_pairs(instance, connected_seats(instance, found.seats))
    return assessed(problem, pairs, instance, found)


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Seats (row, column, sector), the prices of the jurors' time, another solver's bound if there is one."""

    seats: Ints
    prices: Ints
    bound: int | None = None


def solved(instance: Instance, seed: int) -> Solution:
    """The best seats for what remains to be decided."""
    ties = Ties(instance, seed)
    if instance.mixed:
        return Solution(*crossing_seats(instance, ties))
    return Solution(*best_seats(instance, ties))


def assessed(
    problem: Problem, pairs: tuple[Pair, ...], instance: Instance, found: Solution, less: int = 0
) -> Plan:
    """These pairs as a plan, measured against the bound that the prices give.

    The instance may be a part of the problem: what the other pairs are worth, no plan changes.
    ``less`` is what the instance counts that is not value.
    """
    loads = loads_of(problem, pairs)
    affinity, elsewhere = _affinities(problem, pairs, instance)
    value = affinity - load_cost(problem.balance, np.array(list(loads.values()), np.int64))
    shortfall = empty_seats(problem, pairs)
    bound = (
        elsewhere - less + priced_bound(instance, found.prices) + unfilled_cost(instance, shortfall, pairs)
    )
    if found.bound is not None:
        bound = max(value, min(bound, found.bound))
    return Plan(
        pairs=pairs,
        shortfall=shortfall,
        value=value,
        affinity_value=affinity,
        upper_bound=bound,
        certified=bound == value,
        loads=loads,
        prices={juror: int(price) for juror, price in zip(instance.jurors, found.prices, strict=True)},
        connected=is_connected(problem, pairs),
        version=VERSION,
        problem=problem,
    )


def _affinities(problem: Problem, pairs: tuple[Pair, ...], instance: Instance) -> tuple[int, int]:
    """What all pairs are worth, and of these the pairs of submissions outside the instance."""
    worth = value_of(problem.affinities, [(pair.submission, pair.juror) for pair in pairs])
    if len(instance.submissions) == len(problem.submissions):
        return worth, 0
    here = set(instance.submissions)
    inside = [(pair.submission, pair.juror) for pair in pairs if pair.submission in here]
    return worth, worth - value_of(problem.affinities, inside)


def seated_pairs(instance: Instance, seats: Ints) -> tuple[Pair, ...]:
    """The seats as pairs, with the pins, sorted."""
    of = instance
    fixed = [pin for pin in of.pins if pin.sector]
    seated = [Pair(of.submissions[i], of.jurors[j], of.sectors[c]) for i, j, c in seats.tolist()]
    return tuple(sorted((*fixed, *seated), key=_by_ids) if fixed else seated)


def _by_ids(pair: Pair) -> tuple[str, str, str]:
    return pair.submission, pair.juror, pair.sector


def best_seats(instance: Instance, ties: Ties) -> tuple[Ints, Ints]:
    """The seats (row, column, sector) of the best panels, and the jurors' prices, where rules do not cross.

    Solves on likely pairs, looks at all of them for an exchange that gains, and takes the
    pairs it needs into the next round.
    """
    if not instance.submissions or not instance.jurors:
        return np.zeros((0, 3), np.int64), np.zeros(len(instance.jurors), np.int64)
    open_pairs, steps = likely_pairs(instance, ties), _first_steps(instance)
    for _ in range(_MOST_ROUNDS):
        seats = _seats_of(network(instance, open_pairs, ties, steps))
        prices, lacking = exchange(instance, seats).prices()
        loads = np.bincount(seats[:, 1], minlength=len(steps))
        short = (loads >= steps) & (steps < instance.capacity)
        if not len(lacking) and not short.any():
            break
        open_pairs[lacking[:, 0], lacking[:, 1]] = True
        steps = np.where(short, 2 * steps, steps)
    return seats, prices


def _first_steps(instance: Instance) -> Ints:
    """How many more proposals each juror is offered at first: each costs an arc when loads are balanced."""
    share = int(instance.seats.sum() + instance.extra.sum()) // max(1, len(instance.jurors))
    return np.maximum(2 * share + 8, instance.wanted)


def _seats_of(graph: Network) -> Ints:
    """The flow of least cost; ties by the finest draw that the solver's integers can hold."""
    for bits in (*range(TIE_BITS, 0, -4), 0):
        if int(np.abs(graph.cost).max(initial=0)) * _unit(graph, bits) >= _LARGEST_COST:
            continue
        solver = SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(
            graph.tail, graph.head, graph.capacity.astype(np.int64), _costs(graph, bits)
        )
        nodes = np.arange(len(graph.supply), dtype=np.int32)
        solver.set_nodes_supplies(nodes, graph.supply)
        status = solver.solve()
        if status == solver.OPTIMAL:
            arcs = np.arange(len(graph.tail), dtype=np.int32)
            return graph.seats(np.asarray(solver.flows(arcs), np.int64))
        if status != solver.BAD_COST_RANGE:
            raise RuntimeError(f"A flow that always exists was not found: {status.name}.")
    raise OverflowError("The balance asked for is too large for whole numbers of 64 bits.")


def _costs(graph: Network, bits: int) -> Ints:
    """Costs that order plans by the true cost first and by the ties only where that is equal.

    Two plans differ by cycles, and a cycle passes at most twice an arc that ends
    at a juror for each of them: its ties add up to less than one unit of true cost.
    """
    costs: Ints = graph.cost * _unit(graph, bits) + (graph.tie >> (TIE_BITS - bits))
    return costs


def _unit(graph: Network, bits: int) -> int:
    return 1 + 2 * len(graph.instance.jurors) * (1 << bits)
