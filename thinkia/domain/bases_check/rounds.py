"""What contradicts itself in several rounds: who goes on, pools, marks carried, windows."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from thinkia.domain.bases import (
    Bases,
    JuryRules,
    MethodName,
    Question,
    QuestionKind,
    RankingRules,
    Round,
    Window,
)
from thinkia.domain.bases_check.kinds import Path, Problem, ProblemKind, Problems
from thinkia.domain.codes import is_code, repeated
from thinkia.domain.rounds import Advance, EarlierMarks, PoolBy
from thinkia.domain.rubric import Aggregate
from thinkia.domain.zones import written, zone_named

ON_A_SCALE_OF_ITS_OWN = frozenset({MethodName.SUM, MethodName.Z_SCORE})
OWN = ("rubric", "method", "tie_break", "jury")


class Check(Protocol):
    """What is wrong on the way from marks to an order."""

    def __call__(self, rules: RankingRules, jury: JuryRules | None, /) -> Collection[Problem]: ...


def round_problems(
    rules: RankingRules, jury: JuryRules | None, known: Collection[Problem], check: Check
) -> Problems:
    """Every contradiction of the rounds. ``known``: what is wrong with the call's own rules, not said again
    of a round that takes them over; ``check`` looks at the rules of one round.
    """
    if len(rules.rounds) == 1:
        yield Problem(("rounds",), ProblemKind.ROUNDS_TOO_FEW)
    for index, code in repeated(one.code for one in rules.rounds):
        yield Problem(("rounds", index, "code"), ProblemKind.DUPLICATE_ROUND, {"code": code})
    for index, one in enumerate(rules.rounds):
        path: Path = ("rounds", index)
        if not is_code(one.code):
            yield Problem((*path, "code"), ProblemKind.CODE, {"code": one.code})
        last = index == len(rules.rounds) - 1
        yield from _last_problems(one, path) if last else _advance_problems(one, path)
        yield from _mark_problems(rules, index, path)
        found = check(rules.in_round(index), one.jury or jury)
        yield from _lifted((each for each in found if each not in known), one, path)


def _lifted(found: Iterator[Problem], one: Round, path: Path) -> Problems:
    """Problems of a round's rules where they stand: under its own key, or at the round that has none."""
    for each in found:
        key = each.path[0]
        if key == "cut_off":
            yield replace(each, path=path if one.advance is None else (*path, "advance", "cut_off"))
        else:
            yield replace(each, path=(*path, *each.path) if getattr(one, str(key)) else path)


def _last_problems(one: Round, path: Path) -> Problems:
    """Nobody goes on from the last round: its order is the result."""
    for key in ("advance", "pools", "waiting"):
        if getattr(one, key):
            yield Problem((*path, key), ProblemKind.NOT_IN_LAST_ROUND)


def _advance_problems(one: Round, path: Path) -> Problems:
    rule = one.advance
    if rule is None:
        yield Problem((*path, "advance"), ProblemKind.ADVANCE_MISSING)
        return
    yield from _rule_problems(rule, (*path, "advance"))
    if rule.top_per_pool is not None and one.pools is None:
        yield Problem((*path, "advance", "top_per_pool"), ProblemKind.POOLS_MISSING)
    if rule.top is not None and one.pools is not None:
        yield Problem((*path, "pools"), ProblemKind.POOLS_WITH_TOP)
    if one.waiting < 0:
        yield Problem((*path, "waiting"), ProblemKind.WAITING_NUMBER)
    elif one.waiting and rule.cut_off is not None and rule.top is None and rule.top_per_pool is None:
        yield Problem((*path, "waiting"), ProblemKind.WAITING_AT_CUT_OFF)


def _rule_problems(rule: Advance, path: Path) -> Problems:
    numbers = {"top": rule.top, "top_per_pool": rule.top_per_pool}
    given = [key for key, number in numbers.items() if number is not None]
    alone = [*given, *(["by_hand"] if rule.by_hand else [])]
    if (
        len(alone) > 1
        or (rule.by_hand and rule.cut_off is not None)
        or not (alone or rule.cut_off is not None)
    ):
        yield Problem(path, ProblemKind.ADVANCE_KIND)
    for key in given:
        if (numbers[key] or 0) < 1:
            yield Problem((*path, key), ProblemKind.ADVANCE_NUMBER)


def _mark_problems(rules: RankingRules, index: int, path: Path) -> Problems:
    one = rules.rounds[index]
    if one.share <= 0:
        yield Problem((*path, "share"), ProblemKind.SHARE_POSITIVE)
    if one.marks is EarlierMarks.RESET:
        return
    if index == 0:
        yield Problem((*path, "marks"), ProblemKind.CARRIED_IN_FIRST)
    elif not all(_out_of_hundred(rules.in_round(number)) for number in (index - 1, index)):
        yield Problem((*path, "marks"), ProblemKind.CARRIED_SCALES)


def _out_of_hundred(rules: RankingRules) -> bool:
    return rules.rubric.aggregate is not Aggregate.SUM and rules.method.name not in ON_A_SCALE_OF_ITS_OWN


def pool_problems(bases: Bases) -> Problems:
    """A question that parts proposals has one answer from everybody."""
    known = {one.code for one in bases.questions if parts_everybody(one)}
    for index, one in enumerate(bases.rounds):
        pools = one.pools
        if pools is None:
            continue
        path: Path = ("rounds", index, "pools", "question")
        if (pools.by is PoolBy.QUESTION) != bool(pools.question):
            yield Problem(path[:-1], ProblemKind.POOL_QUESTION, {"code": pools.question})
        elif pools.question and pools.question not in known:
            yield Problem(path, ProblemKind.POOL_QUESTION, {"code": pools.question})


def parts_everybody(question: Question) -> bool:
    """Whether every proposal has one answer to this question."""
    return question.kind is QuestionKind.CHOICE and question.required and not question.challenges


def window_problems(bases: Bases) -> Problems:
    """Rounds follow one another inside the call's evaluation."""
    zone = zone_named(bases.time_zone)
    whole = bases.calendar.evaluation
    own = [(index, one.evaluation) for index, one in enumerate(bases.rounds) if one.evaluation is not None]
    if zone is None:
        return
    for index, window in own:
        path: Path = ("rounds", index, "evaluation")
        if not whole.opens <= window.opens < window.closes <= whole.closes:
            ends = {"opens": written(whole.opens, zone), "closes": written(whole.closes, zone)}
            yield Problem(path, ProblemKind.ROUND_OUTSIDE_EVALUATION, ends)
    yield from _overlaps(own)


def _overlaps(own: list[tuple[int, Window]]) -> Problems:
    for (_before, first), (index, second) in pairwise(own):
        if second.opens < first.closes:
            yield Problem(("rounds", index, "evaluation", "opens"), ProblemKind.ROUNDS_OVERLAP)
