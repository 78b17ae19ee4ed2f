"""A problem of several groups of evaluators, asked of each group: which rules are broken, which seats are
empty, why somebody sits or does not.

Nobody is of two groups, and no rule binds one group to another. Of one institution at most one juror of each
group sits on a panel. A problem without groups has one part, itself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from thinkia.domain.assignment import explain as explaining
from thinkia.domain.assignment import plan as planning
from thinkia.domain.assignment import verify as verifying
from thinkia.domain.assignment.explain import Drawn, Explanation
from thinkia.domain.assignment.plan import Shortfall
from thinkia.domain.assignment.problem import Pair, Problem
from thinkia.domain.assignment.verify import Violation


def verify(problem: Problem, pairs: Collection[Pair]) -> tuple[Violation, ...]:
    """Every rule these pairs break; see ``verify``."""
    return _named({code: verifying.verify(part, own) for code, part, own in parts_with(problem, pairs)})


def newly_broken(
    problem: Problem, before: Collection[Pair], after: Collection[Pair]
) -> tuple[Violation, ...]:
    """The rules, empty seats apart, that ``after`` breaks and ``before`` did not, or not as far."""
    was = {code: own for code, _part, own in parts_with(problem, before)}
    return _named(
        {code: verifying.newly_broken(part, was[code], own) for code, part, own in parts_with(problem, after)}
    )


def empty_seats(problem: Problem, pairs: Collection[Pair]) -> tuple[Shortfall, ...]:
    """The seats these pairs leave empty, each with its reason and group; see ``plan.empty_seats``."""
    found = {code: planning.empty_seats(part, own) for code, part, own in parts_with(problem, pairs)}
    return seats_of(found)


def explain(problem: Problem, plan: Drawn, submission: str, juror: str) -> Explanation:
    """Why the plan seats this juror on this panel, or why not, among those of the juror's group."""
    for _code, part, own in parts_with(problem, plan.pairs):
        if any(slot.juror == juror for slot in part.jurors):
            return explaining.explain(part, _Drawn(own, plan.loads, plan.prices), submission, juror)
    raise ValueError(f"{juror!r} is nobody here.")


def parts_with(
    problem: Problem, pairs: Collection[Pair], left: Mapping[str, str] | None = None
) -> list[tuple[str, Problem, Collection[Pair]]]:
    """Each part with the pairs of its people; those of nobody that is known are with the first."""
    if not problem.groups:
        return [("", problem, pairs)]
    group_of = {**(left or {}), **{slot.juror: slot.group for slot in problem.jurors}}
    first = next(iter(problem.groups))
    own: dict[str, list[Pair]] = {code: [] for code in problem.groups}
    for pair in pairs:
        own.get(group_of.get(pair.juror, first), own[first]).append(pair)
    return [(code, part, tuple(own[code])) for code, part in problem.parts.items()]


def _named(found: Mapping[str, Collection[Violation]]) -> tuple[Violation, ...]:
    return tuple(replace(each, group=code) for code, own in found.items() for each in own)


def seats_of(found: Mapping[str, Collection[Shortfall]]) -> tuple[Shortfall, ...]:
    """The empty seats of every group, named by it and sorted."""
    rows = [replace(row, group=code) for code, own in found.items() for row in own]
    return tuple(sorted(rows, key=lambda row: (row.submission, row.group, row.sector or "", row.reason)))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The pairs of one group, with the loads and prices of everybody."""

    pairs: Collection[Pair]
    loads: Mapping[str, int]
    prices: Mapping[str, int]
