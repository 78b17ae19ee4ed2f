"""The same marks put in order in other ways: by how much does the method decide?

Also without one juror at a time, and without one sector. Nothing here is official: means are rounded to
nine decimals so that equal ones stay equal, and no tie chain is applied.
"""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Protocol

import numpy as np

from thinkia.domain.ranking.study.cut import Cut
from thinkia.domain.ranking.study.scores import Floats, Ints, Scores

ROUNDED = 9
Weights = Mapping[str, float]


class Declared(Protocol):
    """The method of the bases: the score of a submission from the reviews of some of its jurors, or nothing
    where the method cannot give one from those.
    """

    def __call__(self, submission: str, jurors: Collection[str]) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """Scores (none: not a number) and places by submission, and who is inside the cut."""

    name: str
    score: Floats
    places: Ints
    inside: frozenset[str]


def averaged(scores: Scores, values: Floats, weights: Weights | None = None) -> Floats:
    """The mean of each submission's values; with weights of sectors, inside each sector first."""
    if weights is None:
        return np.round(scores.per_submission(values) / scores.panel_sizes, ROUNDED)
    kinds = len(scores.sectors)
    cell = scores.row * kinds + scores.seat
    weight = np.array([weights.get(sector, 0.0) for sector in scores.sectors])[scores.seat]
    weight = weight / np.bincount(cell, minlength=len(scores.submissions) * kinds)[cell]
    total = scores.per_submission(weight)
    known = np.full(len(total), np.nan)
    np.divide(scores.per_submission(weight * values), total, out=known, where=total > 0)
    return np.round(known, ROUNDED)


def declared(scores: Scores, method: Declared, without: str | None = None) -> Floats:
    """What the method of the bases gives; without those who sat for a sector if need be."""
    panels: list[list[str]] = [[] for _ in scores.submissions]
    for row, column, seat in zip(scores.row, scores.column, scores.seat, strict=True):
        if scores.sectors[seat] != without:
            panels[row].append(scores.jurors[column])
    return _numbers(map(method, scores.submissions, panels))


def outcome(name: str, scores: Scores, score: Floats, cut: Cut, settled: Ints | None = None) -> Outcome:
    places = places_of(score, settled)
    inside = np.flatnonzero(cut.holds(places, score))
    return Outcome(name, score, places, frozenset(scores.submissions[n] for n in inside))


def places_of(score: Floats, settled: Ints | None = None) -> Ints:
    """One more than the number of higher scores; 0 where there is none. Of equal scores the one whose
    ``settled`` number is lower comes first.
    """
    places: Ints = np.zeros(len(score), np.int64)
    rank = places if settled is None else settled
    known = np.flatnonzero(~np.isnan(score))
    order = known[np.lexsort((rank[known], -score[known]))]
    begins = np.ones(len(order), np.bool_)  # not as good as the one before
    begins[1:] = (np.diff(score[order]) != 0) | (np.diff(rank[order]) != 0)
    places[order] = np.maximum.accumulate(np.where(begins, np.arange(1, len(order) + 1), 0))
    return places


def without_each_juror(
    scores: Scores,
    score: Floats,
    cut: Cut,
    rescored: Callable[[Ints], Floats],
    settled: Ints | None = None,
) -> dict[str, frozenset[str]]:
    """Who is inside when one juror's reviews are left out. ``rescored`` gives the scores of the submissions
    of such reviews without them.
    """
    found = {}
    for number, juror in enumerate(scores.jurors):
        mine = np.flatnonzero(scores.column == number)
        changed = score.copy()
        changed[scores.row[mine]] = rescored(mine)
        found[juror] = outcome(juror, scores, changed, cut, settled).inside
    return found


def declared_without(scores: Scores, method: Declared, reviews: Ints) -> Floats:
    """The method's scores of the submissions of one juror's reviews, without them."""
    rest = frozenset(scores.jurors) - {scores.jurors[scores.column[reviews[0]]]}
    return _numbers(method(scores.submissions[row], rest) for row in scores.row[reviews])


def mean_without(scores: Scores, values: Floats, reviews: Ints) -> Floats:
    """The same for the mean of values that stay what they are."""
    row = scores.row[reviews]
    others = scores.panel_sizes[row] - 1
    left = np.full(len(reviews), np.nan)
    np.divide(scores.per_submission(values)[row] - values[reviews], others, out=left, where=others > 0)
    return np.round(left, ROUNDED)


def kendall_tau(a: Sequence[float] | Floats, b: Sequence[float] | Floats) -> float | None:
    """Agreement of two orders, −1 to 1, ties allowed for (τ-b). Nothing where one of them is all ties."""
    pairs = sorted(zip(map(float, a), map(float, b), strict=True))
    seen: list[float] = []
    against = 0
    for number, (_, value) in enumerate(pairs):
        against += number - bisect_right(seen, value)
        insort(seen, value)
    every = len(pairs) * (len(pairs) - 1) // 2
    tied_a, tied_b, tied = (_tied(each) for each in ([x for x, _ in pairs], [y for _, y in pairs], pairs))
    below = sqrt((every - tied_a) * (every - tied_b))
    return (every - tied_a - tied_b + tied - 2 * against) / below if below else None


def _numbers(found: Iterable[float | None]) -> Floats:
    return np.array([np.nan if score is None else score for score in found], np.float64)


def _tied(values: Iterable[object]) -> int:
    """Pairs of equal values."""
    return sum(count * (count - 1) // 2 for count in Counter(values).values())
