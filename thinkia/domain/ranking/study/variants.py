"""The same marks put in order in other ways: by how much does the method decide?

Also without one juror at a time, and without one sector. Nothing here is official: scores are rounded to
nine decimals so that equal ones stay equal, and no tie chain is applied.
"""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from thinkia.domain.ranking.study.cut import Cut
from thinkia.domain.ranking.study.scores import Bools, Floats, Ints, Scores

ROUNDED = 9
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of averaging a submission's reviews. ``weights`` of sectors, or none where jurors are equal;
    ``fair``: less their jurors' severities; ``without`` a sector.
    """

    name: str
    weights: Weights | None = None
    fair: bool = False
    without: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Places by submission (0: no review is left that counts) and who is among the first."""

    name: str
    score: Floats
    places: Ints
    inside: frozenset[str]


def outcome(scores: Scores, fair: Floats, variant: Variant, cut: Cut, keep: Bools | None = None) -> Outcome:
    """The order that a variant gives, of the reviews in ``keep`` or of all. ``fair`` are the scores less
    their jurors' severities.
    """
    values = fair if variant.fair else scores.value
    weight = _weights(scores, variant, np.ones(len(values), bool) if keep is None else keep)
    total = scores.per_submission(weight)
    sums = scores.per_submission(weight * values)
    found = np.round(np.divide(sums, total, out=np.full(len(total), np.nan), where=total > 0), ROUNDED)
    places = places_of(found)
    inside = np.flatnonzero(cut.holds(places, found))
    return Outcome(variant.name, found, places, frozenset(scores.submissions[n] for n in inside))


def places_of(score: Floats) -> Ints:
    """One more than the number of higher scores; 0 where there is none."""
    known = np.sort(-score[~np.isnan(score)])
    places = np.searchsorted(known, -score) + 1
    return np.where(np.isnan(score), 0, places)


def without_each_juror(scores: Scores, fair: Floats, variant: Variant, cut: Cut) -> dict[str, frozenset[str]]:
    """Who is among the first when the reviews of one juror are left out; severities stay as they are."""
    return {
        juror: outcome(scores, fair, variant, cut, scores.column != number).inside
        for number, juror in enumerate(scores.jurors)
    }


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


def _weights(scores: Scores, variant: Variant, keep: Bools) -> Floats:
    """Of each review, up to a factor of its submission."""
    seat = scores.seat[scores.column]
    if variant.without is not None:
        keep = keep & (seat != scores.sectors.index(variant.without))
    if variant.weights is None:
        return keep.astype(np.float64)
    of_sector = np.array([variant.weights.get(sector, 0.0) for sector in scores.sectors])
    cell = scores.row * len(scores.sectors) + seat
    beside = np.bincount(cell[keep], minlength=len(scores.submissions) * len(scores.sectors))[cell]
    return np.where(keep, of_sector[seat] / np.maximum(beside, 1), 0.0)


def _tied(values: Iterable[object]) -> int:
    """Pairs of equal values."""
    return sum(count * (count - 1) // 2 for count in Counter(values).values())
