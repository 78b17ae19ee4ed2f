"""Other methods on the same marks, and one juror or one sector left out."""

import itertools
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.ranking.study.panels import review, reviews_of, table_scores
from thinkia.domain.ranking.study.cut import Cut
from thinkia.domain.ranking.study.scores import scores_of
from thinkia.domain.ranking.study.variants import (
    averaged,
    declared,
    declared_without,
    kendall_tau,
    mean_without,
    outcome,
    places_of,
    without_each_juror,
)

FIRST = Cut(places=1)
PANELS = [
    review("A", "p1", 10, "public"),
    review("A", "p2", 20, "public"),
    review("A", "q1", 60, "academia"),
    review("B", "p1", 40, "public"),
    review("B", "q1", 30, "academia"),
    review("C", "p2", 32, "public"),
]
MIXED = scores_of(PANELS)


def best(submission, jurors, panels=PANELS):
    """A method like another: the highest score."""
    found = [each.score for each in panels if each.submission == submission and each.juror in jurors]
    return max(found, default=None)


def test_without_weights_it_is_the_mean():
    assert averaged(MIXED, MIXED.value).tolist() == [30, 35, 32]


def test_with_weights_each_sector_is_averaged_first():
    assert averaged(MIXED, MIXED.value, {"public": 1.0, "academia": 1.0}).tolist() == [37.5, 35, 32]


def test_a_sector_of_weight_0_is_ignored_and_the_weight_of_a_missing_one_shared_out():
    assert averaged(MIXED, MIXED.value, {"public": 0.0, "academia": 2.0}).tolist()[:2] == [60, 30]
    assert averaged(MIXED, MIXED.value, {"public": 1.0, "academia": 3.0}).tolist()[2] == 32


def test_the_method_of_the_bases_is_asked_for_its_own_scores():
    assert declared(MIXED, best).tolist() == [60, 40, 32]


def test_without_a_sector_some_have_nothing_left_and_no_place():
    found = outcome("x", MIXED, declared(MIXED, best, without="public"), FIRST)
    assert found.places.tolist() == [1, 2, 0]
    assert found.inside == {"A"}


def test_equal_means_share_a_place_whatever_the_order_of_adding():
    scores = table_scores([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1]])
    found = outcome("x", scores, averaged(scores, scores.value), FIRST)
    assert found.places.tolist() == [1, 1]
    assert found.inside == {"s0", "s1"}


def test_the_winner_may_hang_on_one_juror():
    reviews = reviews_of([[90, 60, 60], [70, 71, 71]])
    scores = scores_of(reviews)
    mean = averaged(scores, scores.value)
    assert outcome("x", scores, mean, FIRST).inside == {"s1"}
    without = without_each_juror(scores, mean, FIRST, partial(mean_without, scores, scores.value))
    assert without == {"j0": {"s1"}, "j1": {"s0"}, "j2": {"s0"}}
    highest = partial(declared_without, scores, partial(best, panels=reviews))
    assert without_each_juror(scores, np.array([90.0, 71.0]), FIRST, highest) == {
        "j0": {"s1"},
        "j1": {"s0"},
        "j2": {"s0"},
    }


def test_who_loses_the_only_review_has_no_place():
    without = without_each_juror(
        MIXED,
        averaged(MIXED, MIXED.value),
        Cut(places=3),
        partial(mean_without, MIXED, MIXED.value),
    )
    assert without["p2"] == {"A", "B"}


def test_a_cut_off_keeps_out_who_does_not_reach_it():
    mean = averaged(MIXED, MIXED.value)
    assert outcome("x", MIXED, mean, Cut(places=2, score=33.0)).inside == {"B"}
    assert outcome("x", MIXED, mean, Cut(score=32.0)).inside == {"B", "C"}


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
