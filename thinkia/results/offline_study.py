"""The statistics of marks given elsewhere: files in, figures out. No database, no secret, no clock."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from thinkia.domain.bases import COMPARING, MethodName, MissingSector, RankingRules
from thinkia.domain.marks import Reviews, plain_decimal
from thinkia.domain.ranking.findings import CannotRankError, Fault, FaultKind, Note, Table, listed
from thinkia.domain.ranking.order import score_faults
from thinkia.domain.ranking.panels import Ballot, Scoring, panel_faults
from thinkia.domain.ranking.study.cut import Cut
from thinkia.domain.ranking.study.scores import Review
from thinkia.domain.ranking.study.study import Question, Study, study
from thinkia.domain.ranking.table import Incomplete, MarkRow
from thinkia.domain.rubric import Aggregate, Criterion, Rubric, Scale
from thinkia.results.marks_file import ScoresFile, read_scores
from thinkia.results.offline import ballots_of


@dataclass(frozen=True, slots=True)
class Chance:
    """How often the posterior is drawn from, and the seed of those draws."""

    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class OfflineStudy:
    study: Study
    criteria: tuple[str, ...]
    chance: Chance
    notes: tuple[Note, ...]


def study_files(
    scores: bytes,
    rules: RankingRules | None,
    *,
    of_round: str | None = None,
    places: int | None,
    winners: int | None = None,
    incomplete: Incomplete,
    chance: Chance,
) -> OfflineStudy:
    """The study of SCORES, or ``CannotRankError`` with all its faults.

    Without rules a review is worth the mean of its marks, as they are, and jurors are equal. The cut is
    ``places``, as many as go on from the round or win, the cut-off of the rules, or a number and that; the
    first place where nothing is given. Of several rounds one is studied, by its own marks.
    """
    marks, rules, going_on = _studied(scores, rules, of_round, winners)
    places = going_on if places is None else places
    faults = [_unnamed(row) for row in marks.rows if not row.criterion] if rules is None else []
    declared = rules if rules is not None else rules_of(marks.rows)
    known = marks if not faults else _named(marks)
    read = ballots_of(known, declared, incomplete, faults)
    if not faults:
        faults += score_faults(declared, panels_of(read.ballots))
    if faults:
        raise CannotRankError(sorted(faults, key=lambda fault: fault.row or 0))
    criteria = tuple(criterion.code for criterion in declared.rubric.criteria)
    divisor = len(criteria) if rules is None else 1
    cut_off = None if declared.cut_off is None else float(declared.cut_off)
    in_reviews = _in_reviews(cut_off, declared.method.name, read.ballots)
    question = Question(
        reviews=_reviews(declared.rubric, read.ballots, divisor),
        marks={code: _marks(code, read.ballots) for code in criteria},
        declared=_Method(declared, read.ballots, divisor),
        weights=_weights(declared),
        cut=Cut(1 if places is None and in_reviews is None else places, in_reviews),
        declared_cut=Cut(1 if places is None and cut_off is None else places, cut_off),
    )
    found = study(question, draws=chance.draws, chance=np.random.default_rng(chance.seed))
    return OfflineStudy(found, criteria, chance, (*marks.notes, *read.notes))


def _studied(
    scores: bytes, rules: RankingRules | None, of_round: str | None, winners: int | None
) -> tuple[ScoresFile, RankingRules | None, int | None]:
    """The marks that are studied, by which rules, and how many go on or win by them."""
    if rules is None or not (rules.rounds or of_round is not None):
        return read_scores(scores), rules, winners
    number = _number_of(rules, of_round)
    marks = _of_round(read_scores(scores, rounds=True), rules, number)
    return marks, rules.in_round(number), _going_on(rules, number, winners)


def _number_of(rules: RankingRules, of_round: str | None) -> int:
    """The place of a round among those of the rules."""
    codes = [one.code for one in rules.rounds]
    if of_round in codes:
        return codes.index(of_round)
    if not codes:
        raise CannotRankError([Fault(FaultKind.NO_ROUNDS)])
    known = {"code": of_round or "", "known": listed(codes)}
    kind = FaultKind.ROUND_NEEDED if of_round is None else FaultKind.UNKNOWN_ROUND
    raise CannotRankError([Fault(kind, known)])


def _going_on(rules: RankingRules, number: int, winners: int | None) -> int | None:
    """How many go on from a round, where the rules say a number of them all; in the last one, who wins."""
    rule = rules.rounds[number].advance
    return winners if rule is None else rule.top


def _of_round(marks: ScoresFile, rules: RankingRules, number: int) -> ScoresFile:
    """The marks of one round; a row that names none is of the first."""
    first, code = rules.rounds[0].code, rules.rounds[number].code
    rows = tuple(row for row in marks.rows if (row.round or first) == code)
    if not rows and not marks.faults:
        raise CannotRankError([Fault(FaultKind.NO_ROWS, {}, Table.SCORES)])
    return ScoresFile(rows, marks.faults, marks.notes)


class _Method:
    """The method of the rules, exactly, for a panel that some jurors have left. The weight of a sector that
    is missing then goes to the others, and a sum is that of as many reviews as there were.
    """

    def __init__(self, rules: RankingRules, ballots: Sequence[Ballot], divisor: int) -> None:
        self.method = replace(rules.method, missing_sector=MissingSector.REDISTRIBUTE)
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


def rules_of(rows: Iterable[MarkRow]) -> RankingRules:
    """What marks say of their rubric: its criteria, each on a scale from its lowest mark to its highest."""
    found: dict[str, list[Decimal]] = {}
    for row in rows:
        mark = plain_decimal(row.mark)
        found.setdefault(row.criterion, []).extend([] if mark is None else [mark])
    found.pop("", None)
    zero = [Decimal(0)]
    criteria = tuple(
        Criterion(code, Scale(min=min(marks or zero), max=max(marks or zero)))
        for code, marks in sorted(found.items())
    )
    return RankingRules(Rubric(criteria, aggregate=Aggregate.SUM))


def _unnamed(row: MarkRow) -> Fault:
    return Fault(FaultKind.EMPTY_CODE, {"column": "criterion"}, Table.SCORES, row.row)


def _named(marks: ScoresFile) -> ScoresFile:
    return ScoresFile(tuple(row for row in marks.rows if row.criterion), marks.faults, marks.notes)


def _reviews(rubric: Rubric, ballots: Iterable[Ballot], divisor: int) -> list[Review]:
    worth = Reviews(rubric)
    return [
        Review(
            submission=ballot.submission,
            juror=ballot.juror,
            sector=ballot.sector,
            score=float(worth.score(ballot.marks) / Fraction(divisor)),
            alike=len(set(ballot.marks.values())) == 1 < len(ballot.marks),
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
