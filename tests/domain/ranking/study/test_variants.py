"""Other methods on the same marks, and one juror or one sector left out."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.ranking.study.panels import review, table_scores
from thinkia.domain.ranking.study.cut import Cut
from thinkia.domain.ranking.study.scores import scores_of
from thinkia.domain.ranking.study.variants import (
    Variant,
    kendall_tau,
    outcome,
    places_of,
    without_each_juror,
)

FIRST = Cut(places=1)
MIXED = scores_of(
    [
        review("A", "p1", 10, "public"),
        review("A", "p2", 20, "public"),
        review("A", "q1", 60, "academia"),
        review("B", "p1", 40, "public"),
        review("B", "q1", 30, "academia"),
        review("C", "p2", 32, "public"),
    ]
)


def scores_by(variant, scores=MIXED, cut=FIRST):
    found = outcome(scores, scores.value, variant, cut)
    return dict(zip(scores.submissions, found.score.tolist(), strict=True))


def test_jurors_equal_is_the_mean():
    assert scores_by(Variant("x")) == {"A": 30, "B": 35, "C": 32}


def test_sectors_equal_averages_inside_each_sector_first():
    weights = {"public": 1.0, "academia": 1.0}
    assert scores_by(Variant("x", weights)) == {"A": 37.5, "B": 35, "C": 32}


def test_a_sector_of_weight_0_is_ignored_and_a_missing_one_shared_out():
    assert scores_by(Variant("x", {"public": 0.0, "academia": 2.0}))["A"] == 60
    assert scores_by(Variant("x", {"public": 1.0, "academia": 3.0}))["C"] == 32


def test_without_a_sector_some_have_nothing_left_and_no_place():
    found = outcome(MIXED, MIXED.value, Variant("x", without="public"), FIRST)
    assert found.places.tolist() == [1, 2, 0]
    assert found.inside == {"A"}


def test_equal_scores_share_a_place_whatever_the_order_of_adding():
    found = outcome(table_scores([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1]]), np.zeros(6), Variant("x"), FIRST)
    assert found.places.tolist() == [1, 1]
    assert found.inside == {"s0", "s1"}


def test_the_winner_may_hang_on_one_juror():
    scores = table_scores([[90, 60, 60], [70, 71, 71]])
    without = without_each_juror(scores, scores.value, Variant("x"), FIRST)
    assert outcome(scores, scores.value, Variant("x"), FIRST).inside == {"s1"}
    assert without == {"j0": {"s1"}, "j1": {"s0"}, "j2": {"s0"}}


def test_a_cut_off_keeps_out_who_does_not_reach_it():
    assert outcome(MIXED, MIXED.value, Variant("x"), Cut(places=2, score=33.0)).inside == {"B"}
    assert outcome(MIXED, MIXED.value, Variant("x"), Cut(score=32.0)).inside == {"B", "C"}


def test_places_are_one_more_than_the_number_above():
    assert places_of(np.array([5.0, 7.0, 5.0, np.nan, 1.0])).tolist() == [2, 1, 2, 0, 4]


numbers = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=20)


@given(numbers)
def test_kendall_s_tau_is_what_all_pairs_say(pairs):
    signs = [(np.sign(a - c), np.sign(b - d)) for (a, b), (c, d) in itertools.combinations(pairs, 2)]
    agree = sum(x * y for x, y in signs)
    apart = np.sqrt(sum(x != 0 for x, _ in signs) * sum(y != 0 for _, y in signs))
    found = kendall_tau([a for a, _ in pairs], [b for _, b in pairs])
    assert found is None if apart == 0 else found == pytest.approx(agree / apart)
