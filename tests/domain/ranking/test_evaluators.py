"""Groups of evaluators with a share each: the jury 50, users 50."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.ranking.rules import ballot, faults_of, rules
from thinkia.domain.bases import Method, MethodName, MissingSector
from thinkia.domain.ranking.findings import FaultKind, NoteKind
from thinkia.domain.ranking.order import rank
from thinkia.domain.ranking.record import Context, read, record_of, written

HALVES = Method(evaluators={"jury": Decimal(50), "users": Decimal(50)})
SHARED_OUT = replace(HALVES, missing_evaluators=MissingSector.REDISTRIBUTE)


def of(group, submission, *marks, sector="public"):
    return [
        replace(ballot(submission, f"{group}{seat}", sector, a=mark), group=group)
        for seat, mark in enumerate(marks)
    ]


def scores(method, ballots):
    return {line.submission: line.score for line in rank(rules(method=method), ballots).lines}


def test_many_users_do_not_outvote_a_small_jury():
    """By hand: the jury's mean is 9, the users' 3, and each makes half of the score."""
    ballots = [*of("jury", "A", 8, 10), *of("users", "A", 1, 2, 3, 4, 5)]
    assert scores(HALVES, ballots) == {"A": 6}
    assert scores(Method(), ballots) == {"A": Fraction(33, 7)}


def test_weights_count_as_they_are_declared_exactly():
    method = Method(evaluators={"jury": Decimal(2), "users": Decimal(1)})
    assert scores(method, [*of("jury", "A", 10), *of("users", "A", 1, 2)]) == {"A": Fraction(43, 6)}


def test_the_part_of_each_group_is_told_and_kept():
    ranking = rank(rules(method=HALVES), [*of("jury", "A", 8, 10), *of("users", "A", 1, 2, 3)])
    parts = ranking.lines[0].panel.evaluators
    half = Fraction(1, 2)
    assert [(one.group, one.ballots, one.score, one.share) for one in parts] == [
        ("jury", 2, 9, half),
        ("users", 3, 2, half),
    ]
    kept = written(record_of(ranking, Context(1, 1)))
    (line,) = read(kept).lines
    assert [(one.group, one.ballots, one.score, one.share) for one in line.evaluators] == [
        ("jury", 2, 9, half),
        ("users", 3, 2, half),
    ]
    assert written(read(kept)) == kept


def test_an_order_without_groups_keeps_its_bytes():
    ranking = rank(rules(), of("", "A", 8, 10))
    assert "evaluators" not in written(record_of(ranking, Context(1, 1)))


def test_the_method_is_followed_within_each_group():
    method = replace(HALVES, name=MethodName.TRIMMED_MEAN)
    ballots = [*of("jury", "A", 0, 8, 10), *of("users", "A", 1, 5, 6, 9, 10)]
    assert scores(method, ballots) == {"A": (8 + Fraction(20, 3)) / 2}
    few = faults_of(rules(method=method), [*of("jury", "A", 0, 8), *of("users", "A", 1, 5, 6)])
    assert [kind for kind, _told in few] == [FaultKind.TOO_FEW_TO_TRIM]


def test_a_group_without_a_ballot_refuses_or_gives_its_share_to_the_others_and_says_so():
    ballots = [*of("jury", "A", 8), *of("users", "A", 2), *of("jury", "B", 6)]
    lacks = (FaultKind.MISSING_EVALUATORS, {"submission": "B", "groups": "users"})
    assert faults_of(rules(method=HALVES), ballots) == [lacks]
    ranking = rank(rules(method=SHARED_OUT), ballots)
    assert {line.submission: line.score for line in ranking.lines} == {"A": 5, "B": 6}
    told = {"submission": "B", "groups": "users"}
    assert [
        dict(note.params) for note in ranking.notes if note.kind is NoteKind.EVALUATORS_REDISTRIBUTED
    ] == [told]


def test_a_ballot_of_no_group_that_the_method_names_is_refused():
    ((kind, _told),) = faults_of(
        rules(method=HALVES), [*of("jury", "A", 8), *of("users", "A", 1), *of("press", "A", 2)]
    )
    assert kind is FaultKind.UNKNOWN_EVALUATORS


marks = st.lists(st.integers(0, 10), min_size=3, max_size=6)
panels = st.lists(st.tuples(marks, marks), min_size=2, max_size=4)
weights = st.tuples(st.integers(1, 99), st.integers(1, 99))


@given(panels, weights, st.sampled_from([MethodName.MEAN, MethodName.TRIMMED_MEAN, MethodName.BORDA]))
@settings(max_examples=60, deadline=None)
def test_the_score_is_the_weighted_mean_of_what_each_group_gives_alone(table, shares, name):
    """A second way to the same number: each group ranked by itself, then weighed."""
    groups = {"jury": Decimal(shares[0]), "users": Decimal(shares[1])}
    by_group = {
        group: [one for row, both in enumerate(table) for one in of(group, f"S{row}", *both[at])]
        for at, group in enumerate(groups)
    }
    together = scores(Method(name, evaluators=groups), [*by_group["jury"], *by_group["users"]])
    alone = {group: scores(Method(name), ballots) for group, ballots in by_group.items()}
    total = sum(groups.values())
    assert together == {
        code: sum(Fraction(weight) * alone[group][code] for group, weight in groups.items()) / Fraction(total)
        for code in together
    }


@pytest.mark.parametrize("raised", ["jury", "users"])
def test_raising_one_mark_never_lowers_a_score(raised):
    before = scores(HALVES, [*of("jury", "A", 5, 5), *of("users", "A", 5, 5)])["A"]
    better = {"jury": (5, 5), "users": (5, 5), raised: (5, 6)}
    after = scores(HALVES, [*of("jury", "A", *better["jury"]), *of("users", "A", *better["users"])])["A"]
    assert after == before + Fraction(1, 4)
