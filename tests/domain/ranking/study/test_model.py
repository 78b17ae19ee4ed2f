"""Severities and qualities: what must hold for any panel."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.ranking.study.panels import drawn, generator, review, reviews_of, table_scores
from thinkia.domain.ranking.study.model import Variances, estimate, estimate_with, shared, variances_of
from thinkia.domain.ranking.study.scores import scores_of
from thinkia.domain.ranking.study.variants import places_of

marks = st.integers(0, 100)
tables = st.lists(st.lists(marks, min_size=4, max_size=4), min_size=4, max_size=9)
seeds = st.integers(0, 10_000)


def places(found):
    return list(places_of(np.round(found.adjusted, 9)))


def by_code(codes, values):
    return {code: round(float(value), 6) for code, value in zip(codes, values, strict=True)}


@settings(max_examples=40, deadline=None)
@given(tables)
def test_where_everybody_reads_everything_the_order_is_that_of_the_mean(table):
    found = estimate(table_scores(table))
    assert places(found) == list(places_of(np.round(np.mean(table, axis=1), 9)))


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(-30, 30))
def test_points_for_everybody_change_no_severity_and_no_place(seed, points):
    reviews = drawn(generator(seed))
    lifted = [review(r.submission, r.juror, r.score + points) for r in reviews]
    before, after = estimate(scores_of(reviews)), estimate(scores_of(lifted))
    assert after.severities == pytest.approx(before.severities, abs=1e-6)
    assert after.adjusted == pytest.approx(before.adjusted + points, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(-30, 30))
def test_points_from_one_juror_change_no_order_that_corrects_in_full(seed, points):
    reviews = drawn(generator(seed))
    lifted = [review(r.submission, r.juror, r.score + points * (r.juror == "j00")) for r in reviews]
    additive = Variances(quality=100, severity=1e7, noise=25)
    before, after = (estimate_with(scores_of(each), additive) for each in (reviews, lifted))
    differences = after.adjusted - before.adjusted
    assert differences == pytest.approx(np.full(len(differences), differences[0]), abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(seeds, st.randoms())
def test_neither_the_order_of_rows_nor_names_matter(seed, chance):
    reviews = drawn(generator(seed))
    mixed = list(reviews)
    chance.shuffle(mixed)
    before, after = estimate(scores_of(reviews)), estimate(scores_of(mixed))
    assert np.array_equal(before.severities, after.severities)
    names = {code: f"x{n:02}" for n, code in enumerate(chance.sample(sorted({r.juror for r in mixed}), 6))}
    renamed = estimate(scores_of(review(r.submission, names[r.juror], r.score) for r in mixed))
    assert by_code(renamed.scores.jurors, renamed.severities) == {
        names[juror]: value for juror, value in by_code(before.scores.jurors, before.severities).items()
    }


@settings(max_examples=30, deadline=None)
@given(seeds, st.integers(1, 30))
def test_a_better_mark_never_lowers_a_submission(seed, points):
    reviews = drawn(generator(seed))
    variances = variances_of(scores_of(reviews))
    raised = [review(r.submission, r.juror, r.score + points * (n == 0)) for n, r in enumerate(reviews)]
    before = places(estimate_with(scores_of(reviews), variances))
    after = places(estimate_with(scores_of(raised), variances))
    number = scores_of(reviews).submissions.index(reviews[0].submission)
    assert after[number] <= before[number]


def test_a_constant_severity_is_recovered():
    quality, adds = (50, 60, 70, 80, 55, 64), (-10, 0, 10)
    table = [[q + b if (r + c) % 4 else None for c, b in enumerate(adds)] for r, q in enumerate(quality)]
    found = estimate(table_scores(table))
    assert found.severities == pytest.approx([-10, 0, 10], abs=1e-6)
    assert found.adjusted == pytest.approx(quality, abs=1e-6)


def test_a_juror_of_the_weaker_half_is_not_taken_for_a_strict_one():
    chance = generator(4)
    strong = [[80 + chance.normal(0, 3) for _ in range(3)] + [None] * 3 for _ in range(20)]
    weak = [[None] * 3 + [40 + chance.normal(0, 3) for _ in range(3)] for _ in range(20)]
    across = [[60 + chance.normal(0, 3) for _ in range(6)] for _ in range(8)]
    found = estimate(table_scores([*strong, *weak, *across]))
    assert np.abs(found.severities).max() < 3


def test_the_adjusted_score_can_be_checked_by_hand():
    found = estimate(table_scores([[70, 60, None], [50, None, 58], [None, 66, 71], [44, 40, 52]]))
    first, second, _ = found.severities
    assert found.adjusted[0] == pytest.approx((70 - first + 60 - second) / 2)


def test_severities_of_each_part_add_up_to_nothing():
    parts = drawn(generator(2)) + [
        review(f"t{r.submission}", f"t{r.juror}", r.score) for r in drawn(generator(3))
    ]
    found = estimate(scores_of(parts))
    assert found.scores.parts == 2
    assert scores_of(parts).juror_part.tolist() == [0] * 6 + [1] * 6
    assert found.severities[:6].sum() == pytest.approx(0, abs=1e-9)
    assert found.severities[6:].sum() == pytest.approx(0, abs=1e-9)


def test_nothing_is_estimated_from_reviews_that_nobody_shares():
    assert estimate(scores_of([review("a", "j", 1), review("b", "k", 2)])) is None


def test_equal_marks_leave_nothing_to_tell_and_do_not_fail():
    found = estimate(table_scores([[5, 5], [5, 5], [5, 5]]))
    assert found.adjusted.tolist() == [5, 5, 5]
    assert found.severities.tolist() == [0, 0]
    assert found.variances.total == 0


def test_a_juror_s_error_shrinks_with_reviews():
    reviews = [
        one
        for one in reviews_of([[60 + n, 50 + n % 7, 55 + n % 5] for n in range(30)])
        if one.juror != "j2" or int(one.submission[1:]) < 3
    ]
    errors = estimate(scores_of(reviews)).severity_errors
    assert errors[2] > 1.5 * errors[0]


def test_many_reviews_are_paired_in_blocks(monkeypatch):
    scores = scores_of(drawn(generator(8)))
    whole = shared(scores, np.ones(12))
    monkeypatch.setattr("thinkia.domain.ranking.study.model.AT_ONCE", 7)
    assert np.array_equal(shared(scores, np.ones(12)), whole)
    assert whole.diagonal().tolist() == scores.workloads.tolist()
