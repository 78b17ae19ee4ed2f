"""Fairness to the submission whose panel suits it least, beside the best total.

The best plan in sum may leave one submission with the readers nobody else wanted.
``fairer`` solves again with the affinities of the worst served raised, and keeps the
plan whose worst served is best off, as long as little of the total is lost. What it
gives up is in the open: value beside the upper bound.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from thinkia.domain.assignment.flow import Solution, assessed, seated_pairs, solved
from thinkia.domain.assignment.instance import Instance, Integers, Ints, compiled
from thinkia.domain.assignment.plan import Plan
from thinkia.domain.assignment.problem import Pair, Problem
from thinkia.domain.assignment.suitability import Shares
from thinkia.domain.assignment.weights import weights_of


@dataclass(frozen=True, slots=True)
class Fairness:
    """A plan, and how well the worst served submission fares in it: its mean weight a seat."""

    plan: Plan
    worst: Fraction
    worst_before: Fraction


def worst_served(problem: Problem, pairs: tuple[Pair, ...]) -> Fraction:
    """The lowest mean weight of a panel's readers a seat of its size; seats left empty count as 0."""
    return _Service(problem).worst(pairs)


def fairer(problem: Problem, plan: Plan, *, keep: Fraction = Fraction(99, 100), rounds: int = 12) -> Fairness:
    """The fairest plan found with as few empty seats and at least ``keep`` of the plan's value.

    A search, not a proof: ``plan.upper_bound`` still bounds the total, and no plan is
    worse for the worst served than the one given.
    """
    instance, service = compiled(problem), _Service(problem)
    prices = np.array([plan.prices[juror] for juror in instance.jurors], np.int64)
    best = Fairness(plan, service.worst(plan.pairs), service.worst(plan.pairs))
    raised = np.zeros(len(instance.submissions))
    pairs = plan.pairs
    for _ in range(rounds):
        raised += 0.5 * service.shortness(pairs)
        found = solved(_raised(instance, raised), problem.seed)
        pairs = seated_pairs(instance, found.seats)
        tried = assessed(problem, pairs, instance, Solution(found.seats, prices))
        allowed = tried.value >= keep * plan.value and len(tried.shortfall) <= len(plan.shortfall)
        worst = service.worst(pairs)
        if allowed and (worst, tried.value) > (best.worst, best.plan.value):
            best = Fairness(tried, worst, best.worst_before)
    return best


def _raised(instance: Instance, raised: Shares) -> Instance:
    weights = np.rint(instance.weights * (1 + np.minimum(raised, 8.0))[:, None]).astype(np.int64)
    return replace(instance, weights=weights)


class _Service:
    """How well each panel suits its submission."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.row = {s: i for i, s in enumerate(sorted(each.submission for each in problem.submissions))}
        sizes = {each.submission: problem.rule_of(each).size for each in problem.submissions}
        self.size = [sizes[submission] for submission in self.row]

    def totals(self, pairs: tuple[Pair, ...]) -> Ints:
        column = {slot.juror: j for j, slot in enumerate(sorted(self.problem.jurors, key=lambda s: s.juror))}
        weights = self.weights(list(column))
        total = np.zeros(len(self.row), np.int64)
        rows = np.array([self.row[pair.submission] for pair in pairs], np.int64)
        columns = np.array([column[pair.juror] for pair in pairs], np.int64)
        np.add.at(total, rows, weights[rows, columns])
        return total

    def weights(self, jurors: list[str]) -> Integers:
        return weights_of(self.problem.affinities, list(self.row), jurors)

    def worst(self, pairs: tuple[Pair, ...]) -> Fraction:
        means = [Fraction(int(t), n) for t, n in zip(self.totals(pairs), self.size, strict=True) if n]
        return min(means, default=Fraction(0))

    def shortness(self, pairs: tuple[Pair, ...]) -> Shares:
        """1 for the worst served, falling to 0 for those served as well as a tenth better."""
        mean = self.totals(pairs) / np.maximum(1, self.size)
        served = np.array(self.size) > 0
        lowest = mean[served].min(initial=np.inf)
        margin = max(1.0, 0.1 * (float(np.median(mean[served])) - lowest)) if served.any() else 1.0
        return np.asarray(np.where(served, np.clip(1 - (mean - lowest) / margin, 0, 1), 0), np.float64)
