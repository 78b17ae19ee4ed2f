"""What the chair is told of each juror."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.domain.ranking.study.panels import generator, review, reviews_of, table_scores
from thinkia.domain.ranking.study.jurors import diagnoses, leanings
from thinkia.domain.ranking.study.model import estimate
from thinkia.domain.ranking.study.record import reads
from thinkia.domain.ranking.study.scores import scores_of

BEGUN = datetime(2026, 3, 12, 13, tzinfo=UTC)


def told(scores, juror):
    return next(each for each in diagnoses(scores, estimate(scores)) if each.juror == juror)


def noisy_table(submissions=40):
    """j0 reads as others do, j1 is strict, j2 gives one score, j3 spreads widely, j4 marks by chance."""
    chance = generator(11)
    quality = chance.normal(60, 8, submissions)
    return [
        [
            q + chance.normal(0, 2),
            q - 12 + chance.normal(0, 2),
            60,
            60 + 2 * (q - 60) + chance.normal(0, 2),
            60 + chance.normal(0, 8),
        ]
        for q in quality
    ]


@pytest.fixture(scope="module")
def panel():
    return table_scores(noisy_table())


def test_a_strict_juror_is_told_with_the_error(panel):
    strict = told(panel, "j1")
    assert strict.severity < -5 * strict.severity_error


def test_one_score_for_everything_is_seen(panel):
    assert told(panel, "j2").same_score
    assert told(panel, "j2").consistency is None
    assert not told(panel, "j0").same_score


def test_a_wide_spread_is_seen(panel):
    assert told(panel, "j3").spread > 1.4 * told(panel, "j0").spread


def test_marks_by_chance_agree_with_nobody(panel):
    assert abs(told(panel, "j4").consistency) < 0.35
    assert told(panel, "j0").consistency > 0.8
    assert told(panel, "j4").noise > told(panel, "j0").noise


def test_a_mark_far_from_all_others_is_named():
    chance = generator(12)
    table = [[q + chance.normal(0, 1.5) for _ in range(5)] for q in chance.normal(60, 8, 40)]
    table[7][2] += 9
    scores = table_scores(table)
    assert told(scores, "j2").far == ("s7",)
    assert told(scores, "j0").far == ()


def test_little_is_said_of_few_reviews():
    scores = table_scores([[60, 50, 55], [70, 66, None], [50, 47, None], [44, 40, None]])
    few = told(scores, "j2")
    assert (few.reviews, few.spread, few.consistency, few.noise, few.same_score) == (
        1,
        None,
        None,
        None,
        False,
    )


def test_without_a_model_there_is_still_the_mean():
    scores = scores_of([review("a", "j", 1), review("b", "j", 3), review("c", "k", 2)])
    first = diagnoses(scores, None)[0]
    assert (first.mean, first.severity, first.severity_error) == (2, None, None)


def test_sectors_lean_as_their_jurors_do():
    table = [[60 + n, 61 + n, 50 + n, 52 + n % 3 + n] for n in range(12)]
    sectors = {"j0": "public", "j1": "public", "j2": "academia", "j3": "academia"}
    scores = scores_of(
        review(f"s{r}", f"j{c}", mark, sectors[f"j{c}"])
        for r, line in enumerate(table)
        for c, mark in enumerate(line)
    )
    academia, public = leanings(estimate(scores))
    assert (academia.sector, academia.jurors, public.sector) == ("academia", 2, "public")
    assert academia.severity == pytest.approx(-public.severity)
    assert academia.severity < -3


def test_a_juror_may_sit_for_a_sector_on_each_panel():
    scores = scores_of(
        [
            review("s0", "j0", 60, "public"),
            review("s1", "j0", 50, "academia"),
            review("s0", "j1", 58, "academia"),
            review("s1", "j1", 44, "academia"),
            review("s2", "j0", 70, "public"),
            review("s2", "j1", 66, "academia"),
        ]
    )
    assert [each.sectors for each in diagnoses(scores, None)] == [("academia", "public"), ("academia",)]
    assert [(each.sector, each.jurors) for each in leanings(estimate(scores))] == [
        ("academia", 2),
        ("public", 1),
    ]


def in_time(table, order):
    """The reviews of a table, each finished a minute after the one before: submissions in this order."""
    minute = {f"s{row}": number for number, row in enumerate(order)}
    return scores_of(
        replace(each, finished_at=BEGUN + timedelta(minutes=minute[each.submission]))
        for each in reviews_of(table)
    )


def test_who_grows_kinder_on_the_way_is_told_by_how_much():
    chance = generator(13)
    table = [[q + chance.normal(0, 1.5) for _ in range(4)] for q in chance.normal(60, 8, 41)]
    for row in range(21, 41):
        table[row][0] += 10
    onward, backward = in_time(table, range(41)), in_time(table, reversed(range(41)))
    kinder = told(onward, "j0")
    assert reads(kinder.drift, kinder.drift_error) == "kinder"
    assert 5 < kinder.drift < 10  # a part of it is taken for the quality of those submissions
    assert reads(told(backward, "j0").drift, told(backward, "j0").drift_error) == "stricter"
    steady = told(in_time([line[1:] for line in table], range(41)), "j1")
    assert reads(steady.drift, steady.drift_error) == "alike"


def test_nothing_is_said_of_drift_without_times_or_where_all_were_finished_at_once():
    table = noisy_table(12)
    assert told(table_scores(table), "j0").drift is None
    assert told(in_time(table, range(12)), "j0").drift is not None
    at_once = scores_of(replace(each, finished_at=BEGUN) for each in reviews_of(table))
    assert told(at_once, "j0").drift is None
    assert told(in_time(noisy_table(5), range(5)), "j0").drift is None, "two reviews in a half are too few"
