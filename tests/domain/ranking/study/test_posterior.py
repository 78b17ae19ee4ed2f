"""How sure an order is."""

import numpy as np
import pytest

from tests.domain.ranking.study.panels import drawn, generator, review, table_scores
from thinkia.domain.ranking.study.cut import Cut
from thinkia.domain.ranking.study.model import estimate
from thinkia.domain.ranking.study.posterior import Draws, draw
from thinkia.domain.ranking.study.scores import scores_of


@pytest.fixture
def found():
    return estimate(scores_of(drawn(generator(6), submissions=20, jurors=6)))


def test_the_chances_to_be_inside_add_up_to_the_places(found):
    assert draw(found, Cut(places=3), 200, generator()).inside.sum() == pytest.approx(3)


def test_the_same_seed_gives_the_same_draws_and_another_one_others(found):
    first, again, other = (draw(found, Cut(places=3), 60, generator(seed)) for seed in (1, 1, 2))
    assert np.array_equal(first.ranks, again.ranks)
    assert not np.array_equal(first.ranks, other.ranks)


def test_an_interval_holds_nine_draws_in_ten():
    ranks = np.tile(np.arange(1, 21, dtype=np.int32), (2, 1))
    low, high = Draws(ranks, np.zeros(2)).intervals
    assert (low.tolist(), high.tolist()) == ([2, 2], [19, 19])


def test_who_is_far_ahead_is_first_in_every_draw():
    rows = [[95, 96, 94], *[[40 + n, 41 + n, 39 + n] for n in (0, 3, 1, 5)], [50, 44, 47]]
    draws = draw(estimate(table_scores(rows)), Cut(places=1), 200, generator())
    assert draws.inside[0] == 1
    assert [each[0] for each in draws.intervals] == [1, 1]


def test_more_reviews_make_an_interval_narrower():
    widths = []
    for size in (2, 6):
        found = estimate(scores_of(drawn(generator(9), submissions=40, jurors=8, size=size)))
        low, high = draw(found, Cut(places=3), 300, generator()).intervals
        widths.append((high - low).mean())
    assert widths[1] < 0.8 * widths[0]


def test_a_cut_off_is_reached_more_often_the_lower_it_is(found):
    shares = [draw(found, Cut(score=score), 200, generator()).inside.mean() for score in (0, 50, 60, 70, 100)]
    assert shares == sorted(shares, reverse=True)
    assert (shares[0], shares[-1]) == (1, 0)


def test_a_cut_of_both_asks_for_both(found):
    both, one = (
        draw(found, cut, 200, generator()).inside for cut in (Cut(places=3, score=72.0), Cut(places=3))
    )
    assert (both <= one).all()
    assert both.sum() < one.sum()


def test_parts_are_ranked_apart():
    reviews = drawn(generator(2)) + [
        review(f"t{r.submission}", f"t{r.juror}", r.score) for r in drawn(generator(3))
    ]
    found = estimate(scores_of(reviews))
    ranks = draw(found, Cut(places=1), 50, generator()).ranks
    assert sorted(ranks[:12, 0]) == sorted(ranks[12:, 0]) == list(range(1, 13))


def test_a_band_ends_where_the_next_is_surely_below_its_first():
    always = np.array([[1, 2, 1, 2], [2, 1, 2, 1], [3, 3, 3, 3], [4, 4, 4, 4]], np.int32)
    draws = Draws(always, np.zeros(4))
    assert draws.bands(np.arange(4)).tolist() == [1, 1, 2, 3]
    assert draws.tied_with(0).tolist() == [True, True, False, False]


@pytest.mark.parametrize("rows", [[[5, 6], [6, 5], [5, 6], [6, 5]], [[5, 5], [5, 5], [5, 5], [5, 5]]])
def test_where_no_quality_is_seen_every_rank_is_open(rows):
    found = estimate(table_scores(rows))
    assert (found.variances.quality, found.variances.severity) == (0, 0)
    draws = draw(found, Cut(places=1), 400, generator())
    assert [each.tolist() for each in draws.intervals] == [[1] * 4, [4] * 4]
    assert draws.inside == pytest.approx([0.25] * 4, abs=0.1)


def test_equal_submissions_of_one_panel_are_as_likely_before_as_behind():
    quality, adds = (70, 40, 70, 55), (-1, 0, 1)
    found = estimate(table_scores([[q + b for b in adds] for q in quality]))
    assert found.variances.noise == pytest.approx(0, abs=1e-9)
    draws = draw(found, Cut(places=1), 400, generator())
    assert draws.inside == pytest.approx([0.5, 0, 0.5, 0], abs=0.1)
