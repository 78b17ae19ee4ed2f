from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thinkia.domain.ranking.figures import exact_text, rounded_text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("80", "80.0"),
        ("0", "0.0"),
        ("18.5", "18.5"),
        ("9.918367", "9.918367"),
        ("1/8", "0.125"),
        ("1/128", "0.0078125"),
        ("1/1000000000", "0.000000001"),
        ("-5/2", "-2.5"),
        ("250/3", "83.333333"),
        ("200/3", "66.666667"),
        ("-1/3", "-0.333333"),
        ("1/30000000", "0.000000"),
        ("-1/30000000", "0.000000"),
        ("100/7", "14.285714"),
    ],
)
def test_all_decimals_where_they_end_and_six_where_they_do_not(number, text):
    assert exact_text(Fraction(number)) == text


@given(st.decimals(-1000, 1000, places=6))
def test_what_ends_is_written_exactly(number):
    assert Decimal(exact_text(Fraction(number))) == number


@pytest.mark.parametrize(
    ("number", "text"), [("0.125", "0.12"), ("0.375", "0.38"), ("59.999", "60.00"), ("7", "7.00")]
)
def test_for_display_halves_go_to_the_even_digit(number, text):
    assert rounded_text(Fraction(number), 2) == text


def test_for_display_even_no_decimals():
    assert rounded_text(Fraction("2.5"), 0) == "2"
