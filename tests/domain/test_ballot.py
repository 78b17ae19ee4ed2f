from decimal import Decimal

import pytest

from thinkia.domain.ballot import (
    Fault,
    Typed,
    is_chosen,
    missing,
    read,
    read_criterion,
    typed_number,
    unjustified,
)
from thinkia.domain.rubric import Criterion, JustifyAt, Rubric, Scale

ONE_TO_FIVE = Scale(min=Decimal(1), max=Decimal(5), step=Decimal(1))
HALVES = Scale(min=Decimal(0), max=Decimal("2.5"), step=Decimal("0.5"))
ANY = Scale(min=Decimal(0), max=Decimal(1))
LIST = Scale(checklist=(Decimal(1), Decimal(2), Decimal(1)))


def given(scale, text="", items=None, reason=""):
    return read_criterion(Criterion("x", scale), Typed(text, items or {}, reason))


@pytest.mark.parametrize(
    ("text", "number"),
    [("4", "4"), (" 4,5 ", "4.5"), ("4.5", "4.5"), ("0", "0"), ("-1", "-1"), ("0,000001", "0.000001")],
)
def test_people_write_decimals_with_a_comma_or_a_point(text, number):
    assert typed_number(text.strip()) == Decimal(number)


@pytest.mark.parametrize("text", ["1.234,5", "4,5,6", "cuatro", "NaN", "1e3", "+4", "４", "4 5", ","])
def test_nothing_is_guessed_from_what_is_no_number(text):
    assert given(ANY, text).fault is Fault.NOT_A_NUMBER


@pytest.mark.parametrize(
    ("scale", "text"), [(ONE_TO_FIVE, "6"), (ONE_TO_FIVE, "4,5"), (HALVES, "0.7"), (ANY, "1.1")]
)
def test_a_number_that_is_not_on_the_scale_is_a_fault_and_no_mark(scale, text):
    assert given(scale, text).fault is Fault.OFF_SCALE
    assert given(scale, text).mark is None


def test_nothing_typed_is_no_mark_and_a_zero_is_one():
    assert given(HALVES, "  ").mark is None
    assert given(HALVES, "0").mark == 0


def test_a_checklist_has_its_mark_once_every_item_is_answered():
    begun = given(LIST, items={0: True, 2: False})
    assert (begun.mark, begun.items, begun.is_begun) == (None, {0: True, 2: False}, True)
    assert given(LIST, items={0: True, 1: True, 2: False}).mark == 3
    assert given(LIST, items={0: False, 1: False, 2: False}).mark == 0
    assert given(LIST, items={0: True, 1: True, 9: True}).mark is None


def test_a_short_scale_is_chosen_and_a_long_or_continuous_one_typed():
    assert is_chosen(ONE_TO_FIVE)
    assert is_chosen(Scale(min=Decimal(0), max=Decimal(10), step=Decimal(1)))
    assert is_chosen(Scale(values=(Decimal(1), Decimal(3), Decimal(5))))
    assert not is_chosen(Scale(min=Decimal(0), max=Decimal(20), step=Decimal(1)))
    assert not is_chosen(ANY)
    assert not is_chosen(LIST)


def test_a_ballot_says_what_is_missing_and_whose_reason_is_owed():
    rubric = Rubric((Criterion("a", ONE_TO_FIVE, justify=True), Criterion("b", LIST), Criterion("c", ANY)))
    ballot = read(
        rubric, {"a": Typed("5"), "b": Typed(items={0: True}), "c": Typed("nada", reason="por esto")}
    )

    assert ballot.marks == {"a": 5}
    assert ballot.faults == {"c": Fault.NOT_A_NUMBER}
    assert missing(rubric, ballot) == ("b", "c")
    assert unjustified(rubric, ballot) == ("a",)
    assert ballot.given["c"].reason == "por esto"


@pytest.mark.parametrize(
    ("typed", "is_owed"),
    [("1", True), ("5", True), ("2", False), ("4", False), ("", False), ("9", False)],
)
def test_a_reason_may_be_owed_at_the_ends_of_the_scale_alone(typed, is_owed):
    rubric = Rubric((Criterion("a", ONE_TO_FIVE, justify_at=JustifyAt.EXTREMES),))
    assert unjustified(rubric, read(rubric, {"a": Typed(typed)})) == (("a",) if is_owed else ())
    assert unjustified(rubric, read(rubric, {"a": Typed(typed, reason="Porque sí")})) == ()


def test_the_ends_of_a_checklist_are_nothing_met_and_everything_met():
    rubric = Rubric((Criterion("a", LIST, justify_at=JustifyAt.EXTREMES),))
    for met, is_owed in (((), True), ((0,), False), (range(len(LIST.checklist)), True)):
        items = {index: index in met for index in range(len(LIST.checklist))}
        assert unjustified(rubric, read(rubric, {"a": Typed(items=items)})) == (("a",) if is_owed else ())
