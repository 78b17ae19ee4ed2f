"""Scores and marks as people read them: rounded for display, never so that they seem to pass a cut-off."""

from decimal import Decimal
from fractions import Fraction

from flask_babel import format_decimal

from thinkia.domain.ranking.figures import PLACES, rounded_text


def figure(value: Fraction, places: int = 2) -> str:
    """As in "88,25"."""
    zeros = "0" * places
    return format_decimal(
        Decimal(rounded_text(value, places)), format=f"#,##0.{zeros}" if places else "#,##0"
    )


def score_figure(score: Fraction, cut_off: Decimal | None) -> str:
    """A score with two decimals; with six where two would put it on the wrong side of the cut-off."""
    limit = None if cut_off is None else Fraction(cut_off)
    if limit is not None and (Fraction(rounded_text(score, 2)) >= limit) != (score >= limit):
        return figure(score, PLACES)
    return figure(score)
