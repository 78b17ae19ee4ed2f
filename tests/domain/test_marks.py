from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thinkia.domain.marks import (
    allowed_marks,
    declared_weights,
    effective_weights,
    has_few_places,
    highest,
    highest_score,
    is_allowed,
    lowest,
    lowest_score,
    missing_criteria,
    plain_decimal,
    review_score,
)
from thinkia.domain.rubric import Aggregate, Criterion, MarksToScore, Rubric, Scale

ONE_TO_FIVE = Scale(min=Decimal(1), max=Decimal(5), step=Decimal(1))
HALVES = Scale(min=Decimal(0), max=Decimal("2.5"), step=Decimal("0.5"))
CONTINUOUS = Scale(min=Decimal(0), max=Decimal(1))
LISTED = Scale(values=(Decimal(1), Decimal(3), Decimal(5)))
CHECKLIST = Scale(checklist=(Decimal(1), Decimal(2), Decimal(1)))


def marked(**marks):
    return {code: Decimal(str(mark)) for code, mark in marks.items()}


def gsa(rule):
    weights = {"usability": 45, "emotional": 40, "feedback": 15}
    return Rubric(
        tuple(Criterion(code, ONE_TO_FIVE, weight=Decimal(weight)) for code, weight in weights.items()),
        marks_to_score=rule,
    )


@pytest.mark.parametrize(
    ("scale", "taken", "refused"),
    [
        (ONE_TO_FIVE, ["1", "5", "3.0"], ["0", "6", "4.5", "-1", "1.000001"]),
        (HALVES, ["0", "0.5", "2.5", "2.50"], ["2.6", "3", "0.25", "-0.5"]),
        (CONTINUOUS, ["0", "1", "0.918367", "0.9183670"], ["0.9183674", "1.000001", "-0.000001"]),
        (LISTED, ["1", "3", "5.0"], ["2", "4", "0"]),
        (CHECKLIST, ["0", "1", "2", "3", "4"], ["5", "0.5", "-1"]),
        (Scale(checklist=(Decimal(2), Decimal(2))), ["0", "2", "4"], ["1", "3"]),
        (
            Scale(min=Decimal("0.1"), max=Decimal("0.7"), step=Decimal("0.2")),
            ["0.1", "0.3", "0.7"],
            ["0.2", "0"],
        ),
        (Scale(min=Decimal(0), max=Decimal(20), step=Decimal(5)), ["0", "20"], ["18", "21"]),
    ],
)
def test_a_scale_takes_its_marks_and_no_others(scale, taken, refused):
    assert [mark for mark in taken if not is_allowed(scale, Decimal(mark))] == []
    assert [mark for mark in refused if is_allowed(scale, Decimal(mark))] == []


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("scale", [ONE_TO_FIVE, CONTINUOUS, LISTED, CHECKLIST])
def test_no_scale_takes_what_is_no_number(scale, text):
    assert not is_allowed(scale, Decimal(text))


@pytest.mark.parametrize(
    ("scale", "marks"),
    [
        (ONE_TO_FIVE, ["1", "2", "3", "4", "5"]),
        (HALVES, ["0", "0.5", "1.0", "1.5", "2.0", "2.5"]),
        (LISTED, ["1", "3", "5"]),
        (CHECKLIST, ["0", "1", "2", "3", "4"]),
    ],
)
def test_a_short_scale_lists_its_marks_to_choose_from(scale, marks):
    assert allowed_marks(scale) == tuple(Decimal(mark) for mark in marks)
    assert (lowest(scale), highest(scale)) == (Decimal(marks[0]), Decimal(marks[-1]))


@pytest.mark.parametrize(
    "scale", [CONTINUOUS, Scale(min=Decimal(0), max=Decimal(10**9), step=Decimal("0.000001"))]
)
def test_a_scale_too_fine_to_list_asks_for_a_number(scale):
    assert allowed_marks(scale) is None


def test_a_hundred_and_one_marks_can_still_be_chosen():
    assert len(allowed_marks(Scale(min=Decimal(0), max=Decimal(100), step=Decimal(1)))) == 101


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_a_checklist_takes_exactly_the_sums_of_some_of_its_items(items):
    scale = Scale(checklist=tuple(Decimal(item) for item in items))
    every = chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))
    sums = {sum(some) for some in every}
    assert {n for n in range(sum(items) + 2) if is_allowed(scale, Decimal(n))} == sums


@pytest.mark.parametrize("text", ["4", "-1", "2.50", "0.918367", "007"])
def test_a_plain_decimal_is_read(text):
    assert plain_decimal(text) == Decimal(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 4",
        "4 ",
        "+4",
        "4,5",
        "1e3",
        "NaN",
        "inf",
        "４",
        "٤",
        "4.",
        ".5",
        "1_000",
        "0x4",
        "½",
        "4\n",
        "−1",
    ],
)
def test_what_is_not_a_plain_decimal_is_not_guessed(text):
    assert plain_decimal(text) is None


def test_six_places_are_few_and_trailing_zeros_do_not_count():
    assert has_few_places(Decimal("0.123456"))
    assert has_few_places(Decimal("0.1234560000"))
    assert not has_few_places(Decimal("0.1234567"))


# Scores


@pytest.mark.parametrize(
    ("rule", "scores"),
    [(MarksToScore.OF_MAX, ["85", "81", "74"]), (MarksToScore.MIN_MAX, ["81.25", "76.25", "67.5"])],
)
def test_the_same_marks_read_two_ways(rule, scores):
    jurors = [(4, 5, 3), (5, 3, 4), (4, 4, 2)]
    found = [review_score(gsa(rule), marked(usability=u, emotional=e, feedback=f)) for u, e, f in jurors]
    assert found == [Fraction(score) for score in scores]


def test_points_are_added_as_they_are():
    rubric = Rubric((Criterion("f1", CONTINUOUS), Criterion("docs", CHECKLIST)), aggregate=Aggregate.SUM)
    assert review_score(rubric, marked(f1="0.918367", docs=3)) == Fraction("3.918367")


def test_equal_weights_when_the_bases_give_none():
    rubric = Rubric(tuple(Criterion(code, ONE_TO_FIVE) for code in "abc"))
    assert declared_weights(rubric) == dict.fromkeys("abc", Fraction(100, 3))
    assert review_score(rubric, marked(a=5, b=5, c=5)) == 100
    assert review_score(rubric, marked(a=1, b=2, c=3)) == 40


def test_an_unmarked_criterion_is_never_a_zero_and_a_zero_is_never_unmarked():
    rubric = Rubric(
        tuple(Criterion(code, Scale(min=Decimal(0), max=Decimal(5), step=Decimal(1))) for code in "abc")
    )
    assert review_score(rubric, marked(a=5, b=5)) is None
    assert missing_criteria(rubric, marked(a=5, b=5)) == ("c",)
    assert review_score(rubric, marked(a=5, b=5, c=0)) == Fraction(200, 3)
    assert review_score(rubric, marked(a=0, b=0, c=0)) == 0


def test_the_reach_of_a_score():
    assert (lowest_score(gsa(MarksToScore.OF_MAX)), highest_score(gsa(MarksToScore.OF_MAX))) == (20, 100)
    assert (lowest_score(gsa(MarksToScore.MIN_MAX)), highest_score(gsa(MarksToScore.MIN_MAX))) == (0, 100)


# Weights


def test_documents_that_outweigh_performance_ten_to_one_are_seen():
    ten_items = Scale(checklist=tuple(Decimal(n) for n in (1, 2, 1, 2, 1, 1, 1, 1)))
    rubric = Rubric((Criterion("f1", CONTINUOUS), Criterion("docs", ten_items)), aggregate=Aggregate.SUM)
    assert effective_weights(rubric) == {"f1": Fraction(100, 11), "docs": Fraction(1000, 11)}
    assert declared_weights(rubric) == effective_weights(rubric)


def test_a_scale_from_one_weighs_less_than_declared_beside_a_checklist_from_zero():
    rubric = Rubric(
        (
            Criterion("idea", ONE_TO_FIVE, weight=Decimal(50)),
            Criterion("docs", CHECKLIST, weight=Decimal(50)),
        ),
    )
    assert effective_weights(rubric) == {"idea": Fraction(400, 9), "docs": Fraction(500, 9)}


def test_min_max_weighs_what_it_declares():
    rubric = Rubric(
        (
            Criterion("idea", ONE_TO_FIVE, weight=Decimal(30)),
            Criterion("docs", CHECKLIST, weight=Decimal(70)),
        ),
        marks_to_score=MarksToScore.MIN_MAX,
    )
    assert effective_weights(rubric) == declared_weights(rubric) == {"idea": 30, "docs": 70}


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9)), min_size=1, max_size=6),
    st.sampled_from(Aggregate),
    st.sampled_from(MarksToScore),
)
def test_effective_weights_add_up_to_exactly_one_hundred(spans, aggregate, rule):
    criteria = tuple(
        Criterion(f"c{n}", Scale(min=Decimal(low), max=Decimal(low + width)))
        for n, (low, width) in enumerate(spans)
    )
    assert sum(effective_weights(Rubric(criteria, aggregate, rule)).values()) == 100
