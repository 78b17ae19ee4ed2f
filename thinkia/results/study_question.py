"""What a study is asked, from the rules of a call and its ballots."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from thinkia.domain.bases import COMPARING, MethodName, MissingSector, RankingRules
from thinkia.domain.marks import Reviews
from thinkia.domain.ranking.panels import Ballot, Scoring, panel_faults
from thinkia.domain.ranking.study.cut import Cut
from thinkia.domain.ranking.study.scores import Review
from thinkia.domain.ranking.study.study import Question
from thinkia.domain.ranking.study.variants import Declared
from thinkia.domain.rubric import Rubric

Finished = Mapping[tuple[str, str], datetime]
"""When each review was finished, by submission and juror; those that nobody knows of are not in it."""


def question_of(
    rules: RankingRules,
    ballots: Sequence[Ballot],
    places: int | None,
    *,
    divisor: int = 1,
    settled: Mapping[str, int] | None = None,
    finished: Finished | None = None,
) -> Question:
    """A study by these rules. The cut is ``places``, the cut-off of the rules, or both; the first place where
    neither is given. ``divisor``: what a review's points are divided by. ``settled``: the places that the tie
    chain gave, which then part equal scores in every other way of averaging too. ``finished``: when each
    review was, for what a juror may have changed on the way.
    """
    cut_off = None if rules.cut_off is None else float(rules.cut_off)
    in_reviews = _in_reviews(cut_off, rules.method.name, ballots)
    return Question(
        reviews=_reviews(rules.rubric, ballots, divisor, finished or {}),
        marks={one.code: _marks(one.code, ballots) for one in rules.rubric.criteria},
        declared=_Method(rules, ballots, divisor),
        ways=dict(_ways(rules, ballots, divisor)),
        weights=_weights(rules),
        cut=Cut(1 if places is None and in_reviews is None else places, in_reviews),
        declared_cut=Cut(1 if places is None and cut_off is None else places, cut_off),
        settled=settled or {},
    )


class _Method:
    """The method of the rules, exactly, for a panel that some jurors have left. The weight of a sector or of
    a group that is missing then goes to the others, and a sum is that of as many reviews as there were.
    """

    def __init__(self, rules: RankingRules, ballots: Sequence[Ballot], divisor: int) -> None:
        shared = MissingSector.REDISTRIBUTE
        self.method = replace(rules.method, missing_sector=shared, missing_evaluators=shared)
        self.rubric, self.divisor = rules.rubric, divisor
        self.scoring = Scoring(self.rubric, self.method, ballots)
        self.panels = panels_of(ballots)

    def __call__(self, submission: str, jurors: Collection[str]) -> float | None:
        panel = [ballot for ballot in self.panels[submission] if ballot.juror in jurors]
        if panel_faults(self.rubric, self.method, submission, panel):
            return None
        score = self.scoring.panel_score(submission, panel).score / self.divisor
        if self.method.name is MethodName.SUM:
            score *= Fraction(len(self.panels[submission]), len(panel))
        return float(score)


class _Without:
    """A method from which one group of evaluators has gone."""

    def __init__(self, method: _Method, group: str, ballots: Iterable[Ballot]) -> None:
        self.method = method
        self.gone = frozenset(ballot.juror for ballot in ballots if ballot.group == group)

    def __call__(self, submission: str, jurors: Collection[str]) -> float | None:
        return self.method(submission, frozenset(jurors) - self.gone)


def _ways(rules: RankingRules, ballots: Sequence[Ballot], divisor: int) -> Iterator[tuple[str, Declared]]:
    """The method with groups of evaluators weighed alike, where they are not, and without each of them."""
    weights = rules.method.evaluators
    if len(set(weights.values())) > 1:
        alike = replace(rules.method, evaluators=dict.fromkeys(weights, Decimal(1)))
        yield "groups_equal", _Method(replace(rules, method=alike), ballots, divisor)
    for group in weights:
        yield f"without_group:{group}", _Without(_Method(rules, ballots, divisor), group, ballots)


def panels_of(ballots: Iterable[Ballot]) -> dict[str, list[Ballot]]:
    """The ballots on each submission."""
    panels: dict[str, list[Ballot]] = {}
    for ballot in ballots:
        panels.setdefault(ballot.submission, []).append(ballot)
    return panels


def _in_reviews(cut_off: float | None, method: MethodName, ballots: Sequence[Ballot]) -> float | None:
    """The cut-off in points of a review: a part of a sum; nothing where a method has points of its own."""
    if cut_off is None or method in COMPARING:
        return None
    if method is not MethodName.SUM:
        return cut_off
    return cut_off * len({ballot.submission for ballot in ballots}) / len(ballots)


def _reviews(rubric: Rubric, ballots: Iterable[Ballot], divisor: int, finished: Finished) -> list[Review]:
    worth = Reviews(rubric)
    return [
        Review(
            submission=ballot.submission,
            juror=ballot.juror,
            sector=ballot.sector,
            score=float(worth.score(ballot.marks) / Fraction(divisor)),
            alike=len(set(ballot.marks.values())) == 1 < len(ballot.marks),
            finished_at=finished.get((ballot.submission, ballot.juror)),
        )
        for ballot in ballots
    ]


def _marks(criterion: str, ballots: Iterable[Ballot]) -> list[tuple[str, float]]:
    """An optional criterion may be unmarked."""
    return [(one.submission, float(one.marks[criterion])) for one in ballots if criterion in one.marks]


def _weights(rules: RankingRules) -> dict[str, float] | None:
    if not rules.method.balances:
        return None
    return {sector: float(weight) for sector, weight in rules.method.sectors.items()}
