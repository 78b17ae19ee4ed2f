"""Draw the panels: solve the flow, then prove the plan best without the solver."""

import numpy as np
import ortools
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from thinkia.domain.assignment.bound import empty_seats_cost, priced_bound
from thinkia.domain.assignment.instance import Instance, Ints, compiled, load_cost
from thinkia.domain.assignment.network import TIE_BITS, Network, network
from thinkia.domain.assignment.plan import Plan, empty_seats, is_connected, loads_of
from thinkia.domain.assignment.problem import Pair, Problem

_LARGEST_COST = 2**60
VERSION = f"1 (ortools {ortools.__version__})"


def solve(problem: Problem) -> Plan:
    """The best panels: fewest required seats empty, then fewest seats empty, then highest value.

    Always answers. Equal input, in any order, gives an equal plan; the seed
    chooses among plans equally good and can never change how good they are.
    """
    instance = compiled(problem)
    graph = network(instance, problem.seed)
    flow = _best_flow(graph)
    pairs = tuple(sorted((*instance.pins, *graph.pairs(flow))))
    return assessed(problem, instance, pairs, _prices(graph, flow))


def assessed(problem: Problem, instance: Instance, pairs: tuple[Pair, ...], prices: dict[str, int]) -> Plan:
    """These pairs as a plan, measured against the bound that the prices give."""
    loads = loads_of(problem, pairs)
    affinity = _affinity_value(instance, pairs)
    value = affinity - load_cost(problem.balance, np.array(list(loads.values()), np.int64))
    shortfall = empty_seats(problem, pairs)
    bound = priced_bound(instance, prices) + empty_seats_cost(instance, shortfall)
    return Plan(
        pairs=pairs,
        shortfall=shortfall,
        value=value,
        affinity_value=affinity,
        upper_bound=bound,
        certified=bound == value,
        loads=loads,
        prices=prices,
        connected=is_connected(problem, pairs),
        version=VERSION,
        seed=problem.seed,
        input_sha256=problem.fingerprint(),
    )


def _affinity_value(instance: Instance, pairs: tuple[Pair, ...]) -> int:
    row = {submission: i for i, submission in enumerate(instance.submissions)}
    column = {juror: j for j, juror in enumerate(instance.jurors)}
    return sum(int(instance.weights[row[pair.submission], column[pair.juror]]) for pair in pairs)


def _best_flow(graph: Network) -> Ints:
    """The flow of least cost; ties by the finest draw that the solver's integers can hold."""
    for bits in (*range(TIE_BITS, 0, -4), 0):
        if int(np.abs(graph.cost).max(initial=0)) * _unit(graph, bits) >= _LARGEST_COST:
            continue
        solver = SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(
            graph.tail.astype(np.int32), graph.head.astype(np.int32), graph.capacity, _costs(graph, bits)
        )
        nodes = np.arange(len(graph.supply), dtype=np.int32)
        solver.set_nodes_supplies(nodes, graph.supply)
        status = solver.solve()
        if status == solver.OPTIMAL:
            flows: Ints = np.asarray(solver.flows(np.arange(len(graph.tail), dtype=np.int32)), np.int64)
            return flows
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


def _prices(graph: Network, flow: Ints) -> dict[str, int]:
    """What an hour of each juror is worth in this flow: the dual prices, exact whole numbers.

    Shortest distances over the changes still possible; where the flow is optimal
    no cycle of changes gains anything, and the distances settle.
    """
    tail, head, cost = graph.residual(flow)
    distance = np.zeros(len(graph.supply), np.int64)
    for _ in range(len(distance)):
        shorter = distance.copy()
        np.minimum.at(shorter, head, distance[tail] + cost)
        if np.array_equal(shorter, distance):
            break
        distance = shorter
    prices = np.maximum(0, distance[graph.sink] - distance[graph.juror_nodes])
    return {juror: int(price) for juror, price in zip(graph.instance.jurors, prices, strict=True)}
