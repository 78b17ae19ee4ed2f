"""Somebody leaves: refill the seats that fall vacant and leave everybody else in peace.

Where that leaves seats empty that others could fill by moving, ``reseat`` proposes the
fewest moves; nobody who has opened a proposal is moved.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from thinkia.domain.assignment.flow import assessed, seated_pairs, solve, solved
from thinkia.domain.assignment.instance import Instance, compiled
from thinkia.domain.assignment.plan import Plan
from thinkia.domain.assignment.problem import Pair, Problem


@dataclass(frozen=True, slots=True)
class Reseating:
    """A plan that somebody may accept, and the pairs it gives up besides those that are lost anyway."""

    plan: Plan
    moved: tuple[Pair, ...]


def repair(problem: Problem, pairs: Collection[Pair], dropped: Collection[Pair] = ()) -> Plan:
    """The best plan that keeps every pair still valid and seats people only on panels that lost somebody.

    Lost are the ``dropped`` pairs, which are not offered again, and those that
    ``problem`` no longer allows: the juror or submission is gone, a conflict came up,
    the sector changed. Nobody moves. ``certified`` speaks of plans that keep these pairs;
    ``shortfall`` lists all empty seats, also those of panels left alone.
    """
    offered, kept, lost = _kept(problem, pairs, dropped)
    touched = {pair.submission for pair in lost}
    here = tuple(pair for pair in kept if pair.submission in touched)
    elsewhere = [pair for pair in kept if pair.submission not in touched]
    busy = Counter(pair.juror for pair in elsewhere)
    instance = compiled(replace(offered, pins=here), touched, busy)
    found = solved(instance, problem.seed)
    refilled = seated_pairs(instance, found.seats)
    everything = tuple(sorted((*elsewhere, *refilled), key=_by_ids))
    return assessed(offered, everything, instance, found)


def reseat(
    problem: Problem,
    pairs: Collection[Pair],
    dropped: Collection[Pair] = (),
    opened: Collection[Pair] = (),
) -> Reseating:
    """The plan with the fewest seats empty that moves the fewest pairs, and is then worth the most.

    ``opened`` pairs are never moved, unless they are ``dropped`` or no longer allowed.
    ``certified`` speaks of plans that move as few.
    """
    offered, kept, _ = _kept(problem, pairs, dropped)
    fixed = {(pair.submission, pair.juror) for pair in (*opened, *problem.pins)}
    offered = replace(offered, pins=tuple(p for p in kept if (p.submission, p.juror) in fixed))
    instance = compiled(offered)
    bonus = instance.step
    found = solved(_favouring(instance, kept, bonus), problem.seed)
    after = seated_pairs(instance, found.seats)
    here = {(pair.submission, pair.juror) for pair in after}
    moved = tuple(sorted(pair for pair in kept if (pair.submission, pair.juror) not in here))
    stay = len(kept) - len(moved) - len(offered.pins)
    favoured = _favouring(instance, kept, bonus)
    return Reseating(assessed(offered, after, favoured, found, less=bonus * stay), moved)


def worthwhile_reseat(
    problem: Problem, standing: Collection[Pair], begun: Collection[Pair]
) -> Reseating | None:
    """A re-seat of these pairs, all pinned in ``problem``; ``None`` where it fills no more seats than nobody
    moving would. ``begun`` pairs stay. ``moved`` names those that sit for another sector too.
    """
    found = reseat(replace(problem, pins=()), standing, opened=begun).plan
    if len(found.shortfall) >= len(solve(problem).shortfall):
        return None
    kept = set(found.pairs)
    moved = tuple(sorted(pair for pair in standing if pair not in kept))
    return Reseating(replace(found, problem=problem), moved)


def _favouring(instance: Instance, kept: Collection[Pair], bonus: int) -> Instance:
    """The same problem in which keeping a pair is worth more than anything but a seat."""
    row = {submission: i for i, submission in enumerate(instance.submissions)}
    column = {juror: j for j, juror in enumerate(instance.jurors)}
    pinned = {(pin.submission, pin.juror) for pin in instance.pins}
    weights = instance.weights.astype(np.int64)
    for pair in kept:
        if (pair.submission, pair.juror) not in pinned:
            weights[row[pair.submission], column[pair.juror]] += bonus
    return replace(instance, weights=weights)


def _kept(
    problem: Problem, pairs: Collection[Pair], dropped: Collection[Pair]
) -> tuple[Problem, list[Pair], list[Pair]]:
    """The problem without pins and without dropped pairs, the pairs it still allows, and the others."""
    gone = {(pair.submission, pair.juror) for pair in dropped}
    offered = replace(problem, bans=problem.bans | gone, pins=())
    submissions = {request.submission for request in problem.submissions}
    sectors = {slot.juror: {*slot.sectors, ""} for slot in problem.jurors}
    away = problem.conflicts | offered.bans if problem.bans or gone else problem.conflicts
    seated = {(pair.submission, pair.juror) for pair in pairs} if problem.pins else set()
    pins = [pin for pin in problem.pins if (pin.submission, pin.juror) not in seated]
    kept: list[Pair] = []
    lost: list[Pair] = []
    for pair in (*pairs, *pins):
        stands = (
            pair.submission in submissions
            and pair.sector in sectors.get(pair.juror, ())
            and (pair.submission, pair.juror) not in away
        )
        (kept if stands else lost).append(pair)
    return offered, kept, lost


def _by_ids(pair: Pair) -> tuple[str, str, str]:
    return pair.submission, pair.juror, pair.sector
