"""How sure an order is: qualities drawn from what the marks leave open, each draw ranked.

Severities are drawn first, together, then each quality given those and the level of its part, all for the
estimated variances.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from thinkia.domain.ranking.study.cut import Cut
from thinkia.domain.ranking.study.model import Estimates
from thinkia.domain.ranking.study.scores import Bools, Floats, Ints

UNSURE = 0.1  # of one thing; and as much of the other
LEVEL = 0.9  # of the intervals
ROUNDING = 1e-9  # of the largest variance
ROUNDED = 9  # decimals, beyond which qualities are equal


@dataclass(frozen=True)
class Draws:
    """``ranks``: submissions × draws, 1 the best of its part. ``inside``: the share of draws in which each
    is inside the cut.
    """

    ranks: NDArray[np.int32]
    inside: Floats

    @cached_property
    def intervals(self) -> tuple[Ints, Ints]:
        """The lowest and the highest rank of each submission that hold ``LEVEL`` of the draws."""
        ordered = np.sort(self.ranks, axis=1)
        outside = int((1 - LEVEL) / 2 * ordered.shape[1] + ROUNDING)
        return ordered[:, outside].astype(np.int64), ordered[:, -1 - outside].astype(np.int64)

    def better_than(self, one: int) -> Floats:
        """The share of draws in which each submission is better than this one."""
        share: Floats = (self.ranks < self.ranks[one]).mean(axis=1)
        return share

    def tied_with(self, one: int) -> Bools:
        """Which submissions may as well be better as worse than this one, itself among them."""
        found = open_question(self.better_than(one))
        found[one] = True
        return found

    def bands(self, order: Ints) -> Ints:
        """A number for each line of an order, from 1: a band ends before the first line that is surely
        below the band's first one.
        """
        found = np.ones(len(order), np.int64)
        head = order[0]
        for place in range(1, len(order)):
            surely_below = float((self.ranks[order[place]] < self.ranks[head]).mean()) < UNSURE
            found[place] = found[place - 1] + surely_below
            head = order[place] if surely_below else head
        return found


def open_question(share: Floats) -> Bools:
    """Which shares of draws say neither yes nor no."""
    found: Bools = (share >= UNSURE) & (share <= 1 - UNSURE)
    return found


def draw(estimates: Estimates, cut: Cut, number: int, chance: np.random.Generator) -> Draws:
    """So many draws. The same state of the generator gives the same draws."""
    scores, noise = estimates.scores, estimates.variances.noise / estimates.scores.panel_sizes
    trust, submissions = estimates.trust, len(scores.submissions)
    adds = _root(estimates.spread) @ chance.standard_normal((len(scores.jurors), number))
    spread = np.sqrt(trust * noise)
    ranks = np.empty((submissions, number), np.int32)
    inside = np.zeros(submissions)
    for at in range(number):
        fair = scores.per_submission(estimates.fair - adds[scores.column, at]) / scores.panel_sizes
        quality = estimates.level + trust * (fair - estimates.level)
        quality += spread * chance.standard_normal(submissions)
        ranks[:, at] = _ranks(quality, scores.part, chance)
        inside += cut.holds(ranks[:, at], quality)
    return Draws(ranks, inside / number)


def _ranks(quality: Floats, part: Ints, chance: np.random.Generator) -> Ints:
    """1 for the best of each part. Nothing but lots parts equal ones: where no difference in quality is
    seen, every rank is open.
    """
    order = np.lexsort((chance.random(len(quality)), -np.round(quality, ROUNDED), part))
    first = np.searchsorted(part[order], part[order])
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order)) - first + 1
    return ranks


def _root(covariance: Floats) -> Floats:
    """A triangular square root. Centred severities leave it one short of full: a spread that no rank shows
    makes up for that.
    """
    largest = covariance.diagonal().max()
    if largest == 0:
        return covariance
    return np.linalg.cholesky(covariance + np.eye(len(covariance)) * (ROUNDING * largest))
