"""Panels of several groups of evaluators: each group's part is solved apart, and put together.

No two groups share a juror, so the fewest empty seats and the highest value of the whole are the sums of
those of its parts, and so is the bound (``parts`` says what else is asked of each).
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from thinkia.domain.assignment import by_hand, counting, flow, refilling
from thinkia.domain.assignment.causes import Cause
from thinkia.domain.assignment.connection import is_connected
from thinkia.domain.assignment.parts import parts_with, seats_of
from thinkia.domain.assignment.plan import Plan
from thinkia.domain.assignment.problem import Pair, Problem
from thinkia.domain.assignment.refilling import Reseating


def solve(problem: Problem) -> Plan:
    """The best panels of every group; see ``flow.solve``."""
    return _joined(problem, {code: flow.solve(part) for code, part in problem.parts.items()})


def drawn_by_hand(problem: Problem, pairs: Collection[Pair]) -> Plan:
    """What these pairs are worth and which seats stay empty; see ``by_hand``."""
    plans = {code: by_hand.drawn_by_hand(part, own) for code, part, own in parts_with(problem, pairs)}
    return _joined(problem, plans)


def preflight(problem: Problem) -> tuple[Cause, ...]:
    """What the rules contradict and what each group lacks; see ``counting``."""
    found = {code: counting.preflight(part) for code, part in problem.parts.items()}
    return tuple(replace(cause, group=code) for code, causes in found.items() for cause in causes)


def repair(
    problem: Problem,
    pairs: Collection[Pair],
    dropped: Collection[Pair] = (),
    *,
    left: Mapping[str, str] | None = None,
) -> Plan:
    """See ``refilling.repair``. A vacancy is filled from the group that had the seat.

    ``left`` are the groups of those who are on the jury no more.
    """
    lost = {code: own for code, _part, own in parts_with(problem, dropped, left)}
    return _joined(
        problem,
        {
            code: refilling.repair(part, own, lost[code])
            for code, part, own in parts_with(problem, pairs, left)
        },
    )


def worthwhile_reseat(
    problem: Problem, standing: Collection[Pair], begun: Collection[Pair]
) -> Reseating | None:
    """``refilling.worthwhile_reseat`` in every group; ``None`` where no group gains by it."""
    started = {code: own for code, _part, own in parts_with(problem, begun)}
    found = {
        code: (part, refilling.worthwhile_reseat(part, own, started[code]))
        for code, part, own in parts_with(problem, standing)
    }
    if all(one is None for _part, one in found.values()):
        return None
    plans = {code: one.plan if one else flow.solve(part) for code, (part, one) in found.items()}
    moved = sorted(pair for _part, one in found.values() if one for pair in one.moved)
    return Reseating(_joined(problem, plans), tuple(moved))


def _joined(problem: Problem, plans: Mapping[str, Plan]) -> Plan:
    """One plan of those of the groups."""
    if not problem.groups:
        return plans[""]
    every = tuple(plans.values())
    pairs = tuple(sorted(pair for plan in every for pair in plan.pairs))
    return Plan(
        pairs=pairs,
        shortfall=seats_of({code: plan.shortfall for code, plan in plans.items()}),
        value=sum(plan.value for plan in every),
        affinity_value=sum(plan.affinity_value for plan in every),
        upper_bound=sum(plan.upper_bound for plan in every),
        certified=all(plan.certified for plan in every),
        loads={juror: load for plan in every for juror, load in plan.loads.items()},
        prices={juror: price for plan in every for juror, price in plan.prices.items()},
        connected=is_connected(problem, pairs),
        version=every[0].version,
        problem=problem,
    )
