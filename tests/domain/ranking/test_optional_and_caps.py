"""Criteria that a juror may skip, and groups of points with a cap: an unmarked criterion is never 0."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.domain.ranking.rules import ballot, faults_of, order, points, rules, weighted
from thinkia.domain.marks import highest_score, missing_criteria, review_score
from thinkia.domain.ranking.findings import FaultKind
from thinkia.domain.ranking.order import rank
from thinkia.domain.rubric import Aggregate


def optional(rubric, *codes):
    return replace(
        rubric, criteria=tuple(replace(one, required=one.code not in codes) for one in rubric.criteria)
    )


def marks(**given):
    return {code: Decimal(str(mark)) for code, mark in given.items()}


WEIGHTED = optional(weighted(a=60, b=30, c=10), "c")
CAPPED = replace(points("a", "b", "c", groups={"a": "g", "b": "g"}), caps={"g": Decimal(12)})


def test_an_optional_criterion_skipped_does_not_lower_the_score():
    assert review_score(WEIGHTED, marks(a=5, b=5)) == 100
    assert review_score(WEIGHTED, marks(a=4, b=4)) == 80


def test_marked_it_counts_with_its_weight_and_a_0_is_a_0():
    assert review_score(WEIGHTED, marks(a=5, b=5, c=1)) == 92
    assert review_score(optional(points("a", "b"), "b"), marks(a=10, b=0)) == 10


def test_in_a_sum_the_points_of_the_others_are_taken_in_proportion():
    rubric = optional(points("a", "b"), "b")
    assert review_score(rubric, marks(a=7)) == 14
    assert highest_score(rubric) == 20


def test_a_required_one_skipped_leaves_the_review_incomplete():
    assert review_score(WEIGHTED, marks(a=5, c=5)) is None
    assert missing_criteria(WEIGHTED, marks(a=5, c=5)) == ("b",)
    found = faults_of(rules(WEIGHTED), [ballot("A", "J1", a=5)])
    assert found == [(FaultKind.INCOMPLETE_REVIEW, {"submission": "A", "juror": "J1", "criteria": "b"})]


def test_the_jurys_mark_is_the_mean_of_those_who_gave_one():
    ballots = [
        ballot("A", "J1", a=5, b=5, c=4),
        ballot("A", "J2", a=5, b=5),
        ballot("A", "J3", a=5, b=5, c=1),
    ]
    (line,) = rank(rules(WEIGHTED), ballots).lines
    assert line.panel.criteria["c"] == Fraction(5, 2)
    assert line.score == (98 + 100 + 92) / Fraction(3)


def test_a_tie_is_not_settled_by_a_criterion_that_nobody_marked_on_one_of_them():
    ballots = [ballot("A", "J1", a=5, b=5), ballot("B", "J1", a=5, b=5, c=5)]
    ranking = rank(rules(WEIGHTED, ties=["criterion:c"]), ballots)
    assert order(ranking) == [(1, "A", None), (1, "B", None)]
    assert ranking.lines[0].panel.criteria.keys() == {"a", "b"}
    assert [step.skipped for step in ranking.steps] == [True]


@pytest.mark.parametrize(("given", "score"), [((10, 10, 3), 15), ((6, 6, 3), 15), ((6, 5, 3), 14)])
def test_a_group_keeps_at_most_its_cap_in_each_review(given, score):
    a, b, c = given
    assert review_score(CAPPED, marks(a=a, b=b, c=c)) == score


def test_the_cap_is_of_each_review_and_not_of_their_mean():
    ballots = [ballot("A", "J1", a=10, b=10, c=0), ballot("A", "J2", a=0, b=0, c=0)]
    (line,) = rank(rules(CAPPED, ties=["group:g"]), ballots).lines
    assert (line.score, line.panel.groups["g"]) == (6, 6)


def test_what_a_rubric_can_give_knows_its_caps():
    assert CAPPED.aggregate is Aggregate.SUM
    assert highest_score(CAPPED) == 22
