"""Rules and ballots in a few words."""

from decimal import Decimal

import pytest

from thinkia.domain.bases import Method, MethodName, MissingSector, RankingRules, TieKey, TieKeyKind
from thinkia.domain.ranking.findings import CannotRankError
from thinkia.domain.ranking.order import rank
from thinkia.domain.ranking.panels import Ballot
from thinkia.domain.rubric import Aggregate, Criterion, MarksToScore, Rubric, Scale

ONE_TO_FIVE = Scale(min=Decimal(1), max=Decimal(5), step=Decimal(1))
TO_TEN = Scale(min=Decimal(0), max=Decimal(10))


def points(*codes, scale=TO_TEN, groups=None):
    """A sum of points: what a juror gives is what counts."""
    groups = groups or {}
    criteria = tuple(Criterion(code, scale, group=groups.get(code)) for code in codes)
    return Rubric(criteria, aggregate=Aggregate.SUM)


def weighted(rule=MarksToScore.OF_MAX, scale=ONE_TO_FIVE, groups=None, **weights):
    groups = groups or {}
    return Rubric(
        tuple(
            Criterion(code, scale, weight=Decimal(weight), group=groups.get(code))
            for code, weight in weights.items()
        ),
        marks_to_score=rule,
    )


def rules(rubric=None, method=None, ties=(), cut_off=None):
    """``ties``: "criterion:a", "group:g", "chair", "submitted_at", "lottery:seed"."""
    return RankingRules(
        rubric or points("a"),
        method or Method(),
        tuple(tie_key(name) for name in ties),
        None if cut_off is None else Decimal(cut_off),
    )


def tie_key(name):
    kind, _, code = name.partition(":")
    if kind == TieKeyKind.LOTTERY:
        return TieKey(TieKeyKind.LOTTERY, seed=code or None)
    return TieKey(TieKeyKind(kind), code=code or None)


def balanced(missing=MissingSector.REFUSE, **sectors):
    weights = {sector: Decimal(weight) for sector, weight in sectors.items()}
    return Method(MethodName.SECTOR_BALANCED, weights, missing)


def ballot(submission, juror, sector="public", /, **marks):
    return Ballot(submission, juror, sector, {code: Decimal(str(mark)) for code, mark in marks.items()})


def alone(**scores):
    """One juror, one criterion: each submission's score."""
    return [ballot(code, "J1", a=score) for code, score in scores.items()]


def order(ranking):
    return [(line.place, line.submission, line.decided_by) for line in ranking.lines]


def faults_of(*args, **kwargs):
    with pytest.raises(CannotRankError) as caught:
        rank(*args, **kwargs)
    return [(fault.kind, dict(fault.params)) for fault in caught.value.faults]
