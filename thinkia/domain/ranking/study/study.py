"""A panel's marks, studied: who was strict, how sure the order is, how much the method decides.

It is information beside the official order and changes nothing of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from thinkia.domain.ranking.connection import Part, parts_of
from thinkia.domain.ranking.study.alpha import Measurement, alphas
from thinkia.domain.ranking.study.cut import Cut
from thinkia.domain.ranking.study.jurors import Diagnosis, SectorLeaning, diagnoses, leanings
from thinkia.domain.ranking.study.model import Estimates, estimate
from thinkia.domain.ranking.study.posterior import Draws, draw, open_question
from thinkia.domain.ranking.study.record import Caveat
from thinkia.domain.ranking.study.reliability import Intraclass, Reliability, intraclass, reliability
from thinkia.domain.ranking.study.scores import Bools, Ints, Review, Scores, scores_of
from thinkia.domain.ranking.study.variants import (
    Declared,
    Outcome,
    Weights,
    averaged,
    declared,
    declared_without,
    mean_without,
    outcome,
    places_of,
    without_each_juror,
)

Alphas = Mapping[Measurement, float | None]
Marks = Sequence[tuple[str, float]]  # a submission and a mark on it


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be studied. ``marks``: those on each criterion. ``declared``: the method of the bases, and
    ``weights`` of sectors where it has some. ``cut`` is in points of a review, ``declared_cut`` in those of
    the method. ``settled``: places that part equal scores; without them they share a place. ``ways``: other
    methods, in points of the declared one.
    """

    reviews: Sequence[Review]
    marks: Mapping[str, Marks]
    declared: Declared
    weights: Weights | None
    cut: Cut
    declared_cut: Cut
    settled: Mapping[str, int] = field(default_factory=dict)
    ways: Mapping[str, Declared] = field(default_factory=dict)

    def places_among(self, scores: Scores) -> Ints:
        """The settled place of each submission, 0 where none is."""
        return np.array([self.settled.get(code, 0) for code in scores.submissions], np.int64)


@dataclass(frozen=True, slots=True)
class Standing:
    """One submission beside the others of its part. ``ranks``: the interval that holds 90 % of the draws;
    ``inside``: the share of draws in which it is inside the cut. ``tied``: it may as well be inside as not.
    ``band``: those that only chance parts have one number. Only across one part is anything said of a cut.
    """

    submission: str
    part: int
    reviews: int
    place: int
    adjusted: float
    quality: float
    ranks: tuple[int, int]
    band: int
    inside: float | None
    tied: bool | None


@dataclass(frozen=True, slots=True)
class Study:
    """Everything that was found. ``standings`` is by part and place; it is empty, and ``estimates`` is
    nothing, where severity cannot be told from chance. ``without_juror`` says for "declared" and for
    "adjusted" who is inside when the reviews of a juror are left out.
    """

    scores: Scores
    cut: Cut
    parts: tuple[Part, ...]
    caveats: tuple[Caveat, ...]
    estimates: Estimates | None
    standings: tuple[Standing, ...]
    outcomes: tuple[Outcome, ...]  # the declared one first
    without_juror: Mapping[str, Mapping[str, frozenset[str]]]
    jurors: tuple[Diagnosis, ...]
    sectors: tuple[SectorLeaning, ...]
    alpha: Alphas  # of the scores
    alpha_by_criterion: Mapping[str, Alphas]
    intraclass: Intraclass | None
    reliability: Reliability | None


def study(question: Question, *, draws: int, chance: np.random.Generator) -> Study:
    """All figures. Equal questions and states of the generator give equal ones, in whatever order the
    reviews come.
    """
    scores = scores_of(question.reviews)
    estimates = estimate(scores)
    cut = question.cut
    standings: tuple[Standing, ...] = ()
    if estimates is not None:
        standings = _standings(estimates, cut, draw(estimates, cut, draws, chance))
    outcomes = tuple(_outcomes(question, scores, estimates))
    return Study(
        scores=scores,
        cut=cut,
        parts=parts_of((review.submission, review.juror) for review in question.reviews),
        caveats=tuple(_caveats(scores, estimates)),
        estimates=estimates,
        standings=standings,
        outcomes=outcomes,
        without_juror=_without_juror(question, scores, estimates, outcomes),
        jurors=diagnoses(scores, estimates),
        sectors=() if estimates is None else leanings(estimates),
        alpha=alphas(scores.row, scores.value),
        alpha_by_criterion={code: _alphas(marks) for code, marks in question.marks.items()},
        intraclass=intraclass(scores),
        reliability=None if estimates is None else reliability(scores, estimates.variances),
    )


def _outcomes(question: Question, scores: Scores, estimates: Estimates | None) -> Iterator[Outcome]:
    """The declared one first; adjusted ones only where all can be compared."""
    method, settled = question.declared, question.places_among(scores)
    official = partial(outcome, scores=scores, cut=question.declared_cut, settled=settled)
    other = partial(outcome, scores=scores, cut=question.cut, settled=settled)
    yield official("declared", score=declared(scores, method))
    yield other("jurors_equal", score=averaged(scores, scores.value))
    equal = dict.fromkeys(scores.sectors, 1.0)
    yield other("sectors_equal", score=averaged(scores, scores.value, equal))
    if estimates is not None and scores.parts == 1:
        yield other("adjusted", score=averaged(scores, estimates.fair))
        if question.weights is not None:
            balanced = averaged(scores, estimates.fair, question.weights)
            yield other("adjusted_sector_balanced", score=balanced)
    for name, way in question.ways.items():
        yield official(name, score=declared(scores, way))
    for sector in scores.sectors if len(scores.sectors) > 1 else ():
        yield official(f"without:{sector}", score=declared(scores, method, without=sector))


def _without_juror(
    question: Question, scores: Scores, estimates: Estimates | None, outcomes: Sequence[Outcome]
) -> dict[str, dict[str, frozenset[str]]]:
    score, settled = {each.name: each.score for each in outcomes}, question.places_among(scores)
    found = {
        "declared": without_each_juror(
            scores,
            score["declared"],
            question.declared_cut,
            lambda reviews: declared_without(scores, question.declared, reviews),
            settled,
        )
    }
    if estimates is not None and "adjusted" in score:
        fair = estimates.fair
        found["adjusted"] = without_each_juror(
            scores,
            score["adjusted"],
            question.cut,
            lambda reviews: mean_without(scores, fair, reviews),
            settled,
        )
    return found


def _standings(estimates: Estimates, cut: Cut, draws: Draws) -> tuple[Standing, ...]:
    scores = estimates.scores
    adjusted = np.round(estimates.adjusted, 9)
    places, bands = np.zeros(len(adjusted), np.int64), np.zeros(len(adjusted), np.int64)
    for number in range(scores.parts):
        mine = np.flatnonzero(scores.part == number)
        places[mine] = places_of(adjusted[mine])
        order = mine[np.argsort(places[mine], kind="stable")]
        bands[order] = draws.bands(order)
    whole = scores.parts == 1
    tied = _tied(cut, draws, places, cut.holds(places, adjusted))
    low, high = draws.intervals
    return tuple(
        Standing(
            submission=scores.submissions[n],
            part=int(scores.part[n]),
            reviews=int(scores.panel_sizes[n]),
            place=int(places[n]),
            adjusted=float(estimates.adjusted[n]),
            quality=float(estimates.quality[n]),
            ranks=(int(low[n]), int(high[n])),
            band=int(bands[n]),
            inside=float(draws.inside[n]) if whole else None,
            tied=bool(tied[n]) if whole else None,
        )
        for n in np.lexsort((places, scores.part))
    )


def _tied(cut: Cut, draws: Draws, places: Ints, inside: Bools) -> Bools:
    """With places alone: who may as well be better as worse than the last one inside."""
    if cut.score is not None or not inside.any():
        return open_question(draws.inside)
    last = np.flatnonzero(inside)[np.argmax(places[inside])]
    return draws.tied_with(int(last))


def _caveats(scores: Scores, estimates: Estimates | None) -> list[Caveat]:
    found = [Caveat.DISCONNECTED] if scores.parts > 1 else []
    if estimates is None:
        return [*found, Caveat.TOO_FEW_REVIEWS]
    if not estimates.severities.any():
        found.append(Caveat.NO_SEVERITY_SEEN)
    if estimates.variances.quality == 0:
        found.append(Caveat.NO_QUALITY_SEEN)
    return found


def _alphas(marks: Marks) -> Alphas:
    number = {code: n for n, code in enumerate(sorted({code for code, _ in marks}))}
    row = np.array([number[code] for code, _ in marks], np.int64)
    return alphas(row, np.array([mark for _, mark in marks], np.float64))
