"""Severities for a method that is official: exact, and the same whatever the machine or the order of rows."""

import random
from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.ranking.study.panels import drawn, generator
from thinkia.domain.ranking.severity import Scored, severities
from thinkia.domain.ranking.study.model import estimate
from thinkia.domain.ranking.study.scores import scores_of

scores = st.integers(0, 400).map(lambda quarters: Fraction(quarters, 4))


@st.composite
def panels(draw):
    """Submissions that share jurors, some of them with gaps."""
    jurors = draw(st.integers(3, 5))
    table = draw(st.lists(st.lists(scores, min_size=jurors, max_size=jurors), min_size=4, max_size=8))
    gaps = draw(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 4)), max_size=4))
    return [
        Scored(f"s{row}", f"j{column}", score)
        for row, line in enumerate(table)
        for column, score in enumerate(line)
        if (row, column) not in gaps
    ]


def complete(table):
    return [Scored(f"s{r}", f"j{c}", Fraction(v)) for r, line in enumerate(table) for c, v in enumerate(line)]


def means(reviews, corrected):
    found = defaultdict(list)
    for one in reviews:
        found[one.submission].append(one.score - corrected.get(one.juror, 0))
    return {code: sum(each, Fraction(0)) / len(each) for code, each in found.items()}


def ranks(by_code):
    return {code: sum(other > value for other in by_code.values()) for code, value in by_code.items()}


def exactly(reviews):
    """The model's equations in fractions, by elimination; ratio of variances and all."""
    rows, people = sorted({r.submission for r in reviews}), sorted({r.juror for r in reviews})
    sizes = {s: sum(r.submission == s for r in reviews) for s in rows}
    mean = means(reviews, {})
    size = len(people)
    links = [[Fraction(0)] * size for _ in people]
    right = [Fraction(0)] * size
    for r in reviews:
        a = people.index(r.juror)
        links[a][a] += 1
        right[a] += r.score - mean[r.submission]
        for other in reviews:
            if other.submission == r.submission:
                links[a][people.index(other.juror)] -= Fraction(1, sizes[r.submission])
    one_more = [[value + Fraction(1, size) for value in line] for line in links]
    least = dict(zip(people, eliminated(one_more, right), strict=True))
    fitted = means(reviews, least)
    left = sum((r.score - least[r.juror] - fitted[r.submission]) ** 2 for r in reviews)
    between = sum((r.score - mean[r.submission]) ** 2 for r in reviews) - left
    noise = left / (len(reviews) - len(rows) - size + 1)
    severity = (between - (size - 1) * noise) / (len(reviews) - len(rows))
    if severity <= 0:
        return dict.fromkeys(people, Fraction(0))
    shrunk = [
        [value + (noise / severity if a == b else 0) for b, value in enumerate(line)]
        for a, line in enumerate(links)
    ]
    return dict(zip(people, eliminated(shrunk, right) if noise else least.values(), strict=True))


def eliminated(matrix, right):
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for n in range(len(rows)):
        pivot = next(row for row in rows[n:] if row[n])
        rows.remove(pivot)
        rows.insert(n, [value / pivot[n] for value in pivot])
        for m, row in enumerate(rows):
            if m != n:
                rows[m] = [a - row[n] * b for a, b in zip(row, rows[n], strict=True)]
    return [row[-1] for row in rows]


@settings(max_examples=60, deadline=None)
@given(panels())
def test_they_are_the_exact_solution_rounded_half_to_even(reviews):
    found = severities(reviews)
    assert found == {
        juror: Fraction(round(value * 10**6), 10**6) for juror, value in exactly(reviews).items()
    }


@settings(max_examples=40, deadline=None)
@given(panels(), st.randoms())
def test_neither_the_order_of_rows_nor_names_matter(reviews, chance):
    mixed = list(reviews)
    chance.shuffle(mixed)
    assert severities(mixed) == severities(reviews)
    names = {f"j{n}": code for n, code in enumerate(chance.sample("vwxyz", 5))}
    renamed = [Scored(f"{one.submission}x", names[one.juror], one.score) for one in mixed]
    assert severities(renamed) == {names[juror]: value for juror, value in severities(reviews).items()}


@settings(max_examples=40, deadline=None)
@given(panels(), st.integers(-50, 50))
def test_points_for_everybody_change_no_severity(reviews, points):
    lifted = [Scored(one.submission, one.juror, one.score + points) for one in reviews]
    assert severities(lifted) == severities(reviews)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(scores, min_size=3, max_size=3), min_size=3, max_size=8))
def test_where_everybody_reads_everything_the_order_is_that_of_the_mean(table):
    reviews = complete(table)
    assert ranks(means(reviews, severities(reviews))) == ranks(means(reviews, {}))


def test_a_juror_who_is_always_ten_points_below_is_found_to_the_point():
    quality, adds = (50, 60, 70, 80, 55), (-10, 0, 10)
    reviews = [
        Scored(f"s{r}", f"j{c}", Fraction(q + b))
        for r, q in enumerate(quality)
        for c, b in enumerate(adds)
        if (r + c) % 4
    ]
    assert severities(reviews) == {"j0": -10, "j1": 0, "j2": 10}


def test_severities_of_a_part_add_up_to_nothing():
    found = severities([Scored(r.submission, r.juror, Fraction(r.score)) for r in drawn(generator(5))])
    assert abs(sum(found.values())) <= Fraction(len(found), 10**6)


def test_a_juror_with_few_reviews_is_corrected_less():
    chance = random.Random(3)
    reviews = [
        Scored(f"s{n}", juror, Fraction(60 + n + below + chance.randint(-4, 4)))
        for n in range(40)
        for juror, below in (("many", -10), ("a", 0), ("b", 0), ("few", -10))
        if juror != "few" or n < 2
    ]
    found = severities(reviews)
    assert found["many"] < found["few"] < 0


def test_without_a_review_to_spare_nothing_is_said():
    assert severities(complete([[1, 2]])) is None
    assert severities([Scored(f"s{n}", f"j{n}", Fraction(n)) for n in range(4)]) is None


def test_jurors_who_differ_by_chance_alone_are_not_corrected():
    assert severities(complete([[1, 2], [2, 1], [3, 4], [4, 3]])) == {"j0": 0, "j1": 0}


@pytest.mark.parametrize("seed", range(6))
def test_the_study_finds_the_same_in_floating_point(seed):
    reviews = drawn(generator(seed), submissions=30, jurors=8)
    exact = severities([Scored(r.submission, r.juror, Fraction(r.score)) for r in reviews])
    found = estimate(scores_of(reviews))
    assert list(exact) == list(found.scores.jurors)
    assert [float(value) for value in exact.values()] == pytest.approx(list(found.severities), abs=1e-6)


def test_a_half_of_the_sixth_decimal_goes_to_the_even_one_whatever_the_last_digits_did():
    half = Fraction(1, 2 * 10**6)
    for seed in range(20):
        chance = random.Random(seed)
        adds = [chance.randint(-4, 4) * 2 + 1 for _ in range(4)]
        adds.append(-sum(adds))
        reviews = [
            Scored(f"s{r}", f"j{c}", Fraction(7 * r, 3) + add * half)
            for r in range(8)
            for c, add in enumerate(adds)
            if r == 0 or chance.random() < 0.75
        ]
        expected = {f"j{c}": Fraction(round(Fraction(add, 2)), 10**6) for c, add in enumerate(adds)}
        assert severities(reviews) == expected


def test_a_chain_of_jurors_who_share_one_submission_each_is_solved_too():
    chance = random.Random(9)
    pairs = [(n, n) for n in range(60)] + [(n, n + 1) for n in range(59)] + [(0, 59), (7, 31)]
    reviews = [Scored(f"s{r:02}", f"j{c:02}", Fraction(50 + c % 7 + chance.randint(-3, 3))) for r, c in pairs]
    found = severities(reviews)
    assert len(found) == 60
    assert abs(sum(found.values())) <= Fraction(60, 10**6)
