"""Somebody leaves: refill the seats that fall vacant and leave everybody else in peace."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from thinkia.domain.assignment.flow import solve
from thinkia.domain.assignment.plan import Plan, empty_seats
from thinkia.domain.assignment.problem import Pair, PanelRequest, PanelRule, Problem


def repair(problem: Problem, pairs: Collection[Pair], dropped: Collection[Pair] = ()) -> Plan:
    """The best plan that keeps every pair still valid and seats people only on panels that lost somebody.

    Lost are the ``dropped`` pairs, which are not offered again, and those that
    ``problem`` no longer allows: the juror or submission is gone, a conflict came up,
    the sector changed. Nobody moves. ``certified`` speaks of plans that keep these pairs;
    ``shortfall`` lists all empty seats, also those of panels left alone.
    """
    gone = {(pair.submission, pair.juror) for pair in dropped}
    offered = replace(problem, bans=problem.bans | gone, pins=())
    kept = tuple(sorted({pair for pair in (*pairs, *problem.pins) if _stands(offered, pair)}))
    touched = {pair.submission for pair in set(pairs).difference(kept)}
    plan = solve(replace(_only(offered, touched, kept), pins=kept))
    return replace(plan, shortfall=empty_seats(offered, plan.pairs))


def _stands(problem: Problem, pair: Pair) -> bool:
    """Whether the problem still allows this pair."""
    return (
        not problem.forbids(pair.submission, pair.juror)
        and any(pair.submission == request.submission for request in problem.submissions)
        and any(pair.juror == slot.juror and pair.sector in slot.sectors for slot in problem.jurors)
    )


def _only(problem: Problem, touched: Collection[str], kept: Collection[Pair]) -> Problem:
    """The problem in which every other panel is complete as it stands."""
    sizes = Counter(pair.submission for pair in kept)
    requests = tuple(
        request
        if request.submission in touched
        else PanelRequest(request.submission, PanelRule(sizes[request.submission]))
        for request in problem.submissions
    )
    return replace(problem, submissions=requests)
