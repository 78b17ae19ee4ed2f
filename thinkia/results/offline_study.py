"""The statistics of marks given elsewhere: files in, figures out. No database, no secret, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from thinkia.domain.bases import RankingRules
from thinkia.domain.marks import plain_decimal
from thinkia.domain.ranking.findings import CannotRankError, Fault, FaultKind, Note, Table, listed
from thinkia.domain.ranking.order import score_faults
from thinkia.domain.ranking.study.study import Study, study
from thinkia.domain.ranking.table import Incomplete, MarkRow
from thinkia.domain.rubric import Aggregate, Criterion, Rubric, Scale
from thinkia.results.marks_file import ScoresFile, read_scores
from thinkia.results.offline import ballots_of
from thinkia.results.study_question import panels_of, question_of


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
    question = question_of(declared, read.ballots, places, divisor=divisor, finished=marks.finished)
    found = study(question, draws=chance.draws, chance=np.random.default_rng(chance.seed))
    return OfflineStudy(found, criteria, chance, (*marks.notes, *read.notes))


def _studied(
    scores: bytes, rules: RankingRules | None, of_round: str | None, winners: int | None
) -> tuple[ScoresFile, RankingRules | None, int | None]:
    """The marks that are studied, by which rules, and how many go on or win by them."""
    if rules is None:
        return read_scores(scores, times=True), rules, winners
    if not (rules.rounds or of_round is not None):
        return read_scores(scores, groups=bool(rules.method.evaluators), times=True), rules, winners
    number = _number_of(rules, of_round)
    of_it = rules.in_round(number)
    grouped = bool(of_it.method.evaluators)
    marks = _of_round(read_scores(scores, rounds=True, groups=grouped, times=True), rules, number)
    return marks, of_it, _going_on(rules, number, winners)


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
    return replace(marks, rows=rows)


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
    return replace(marks, rows=tuple(row for row in marks.rows if row.criterion))
