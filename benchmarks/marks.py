"""Panels drawn from a seed, whose truth is known: what each method of ordering makes of their marks.

Qualities, severities and noise are normal; a juror spreads marks a little more or less than others; marks
are whole points between 0 and 100. Everybody reads about as much.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.reml import effects
from thinkia.domain.ranking.study.cut import Cut
from thinkia.domain.ranking.study.model import estimate, variances_of
from thinkia.domain.ranking.study.posterior import draw
from thinkia.domain.ranking.study.scores import Floats, Ints, Review, Scores, scores_of
from thinkia.domain.ranking.study.variants import kendall_tau, places_of

QUALITY, SPREAD, DRAWS = 10.0, 0.1, 400
ROUNDED = 9


@dataclass(frozen=True, slots=True)
class Scenario:
    """``size`` reviews a submission; ``tracks`` differ in quality by ``apart``, and jurors read in their own
    one unless a seat goes to anybody, which happens once in ``1 / strays``.
    """

    submissions: int = 200
    jurors: int = 20
    size: int = 4
    severity: float = 7.0
    noise: float = 7.5
    tracks: int = 1
    apart: float = 0.0
    strays: float = 1.0


SCENARIOS = {
    "realistic": Scenario(),
    "severe": Scenario(severity=12.0),
    "tracks": Scenario(tracks=4, apart=9.0, strays=0.05),
    "complete": Scenario(submissions=100, jurors=8, size=8),
    "few": Scenario(jurors=160),
}


@dataclass(frozen=True, slots=True)
class Panels:
    quality: Floats
    scores: Scores


def panels(scenario: Scenario, seed: int) -> Panels:
    chance = np.random.default_rng(seed)
    track = np.arange(scenario.submissions) % scenario.tracks
    quality = chance.normal(60, QUALITY, scenario.submissions)
    quality += chance.normal(0, scenario.apart, scenario.tracks)[track]
    adds = chance.normal(0, scenario.severity, scenario.jurors)
    spread = np.exp(chance.normal(0, SPREAD, scenario.jurors))
    row = np.repeat(np.arange(scenario.submissions), scenario.size)
    column = _seats(scenario, track, chance)
    marks = 60 + spread[column] * (quality[row] - 60) + adds[column]
    marks = np.rint(np.clip(marks + chance.normal(0, scenario.noise, len(row)), 0, 100))
    reviews = (
        Review(f"s{r:05}", f"j{c:04}", "public", float(m)) for r, c, m in zip(row, column, marks, strict=True)
    )
    return Panels(quality, scores_of(reviews))


def _seats(scenario: Scenario, track: Ints, chance: np.random.Generator) -> Ints:
    """Those of the track who have read least, chance deciding among them."""
    own = np.arange(scenario.jurors) % scenario.tracks
    load = np.zeros(scenario.jurors)
    seats = []
    for here in track:
        away = (own != here) & (chance.random(scenario.jurors) >= scenario.strays)
        wish = load + 2.5 * chance.random(scenario.jurors) + 1e6 * away
        chosen = np.argsort(wish)[: scenario.size]
        load[chosen] += 1
        seats.append(chosen)
    return np.concatenate(seats)


# Methods


def mean(scores: Scores) -> Floats:
    return scores.per_submission(scores.value) / scores.panel_sizes


def trimmed(scores: Scores) -> Floats:
    """Without the highest and the lowest mark, where three remain or more than two were given."""
    return _each(scores, lambda marks: np.sort(marks)[1:-1].mean() if len(marks) > 2 else marks.mean())


def z_score(scores: Scores) -> Floats:
    """Each juror's marks less their mean, in their standard deviation."""
    middle = scores.per_juror(scores.value) / scores.workloads
    away = scores.value - middle[scores.column]
    deviation = np.sqrt(scores.per_juror(away**2) / scores.workloads)
    deviation[deviation == 0] = 1
    return scores.per_submission(away / deviation[scores.column]) / scores.panel_sizes


def borda(scores: Scores) -> Floats:
    """Each juror's order, as the share of what he or she read that stands below."""
    points = np.empty(len(scores.value))
    for juror in range(len(scores.jurors)):
        mine = np.flatnonzero(scores.column == juror)
        below = (scores.value[mine, None] > scores.value[mine]).sum(axis=1)
        equal = (scores.value[mine, None] == scores.value[mine]).sum(axis=1)
        points[mine] = (below + equal / 2) / len(mine)
    return scores.per_submission(points) / scores.panel_sizes


def _each(scores: Scores, of: Callable[[Floats], float]) -> Floats:
    ends = np.cumsum(scores.panel_sizes)[:-1]
    return np.array([of(marks) for marks in np.split(scores.value, ends)])


def both_random(scores: Scores) -> Floats:
    """Severities of the model in which qualities are drawn around one level too."""
    variances = variances_of(scores)
    if not (variances.severity and variances.quality):
        return mean(scores)
    severities = effects(scores, variances).severities
    return scores.per_submission(scores.value - severities[scores.column]) / scores.panel_sizes


METHODS = (mean, trimmed, z_score, borda, both_random)


# What comes of it


def agreement(scenario: Scenario, seed: int) -> dict[str, float]:
    """Kendall's τ with the truth for each method, and how often a 90 % interval holds the true rank."""
    drawn = panels(scenario, seed)
    found = estimate(drawn.scores)
    if found is None or drawn.scores.parts > 1:
        raise ValueError(f"seed {seed} gives panels that cannot be compared")
    orders = {method.__name__: method(drawn.scores) for method in METHODS}
    orders["adjusted"] = found.adjusted
    taus = {
        name: kendall_tau(drawn.quality, np.round(order, ROUNDED)) or 0.0 for name, order in orders.items()
    }
    low, high = draw(found, Cut(places=1), DRAWS, np.random.default_rng(seed)).intervals
    rank = places_of(drawn.quality)
    return taus | {"coverage": float(((low <= rank) & (rank <= high)).mean())}


def averaged(scenario: Scenario, seeds: range) -> dict[str, float]:
    """The same, the mean over seeds."""
    found = [agreement(scenario, seed) for seed in seeds]
    return {name: float(np.mean([each[name] for each in found])) for name in found[0]}
