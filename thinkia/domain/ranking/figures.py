"""How an exact score is written."""

from fractions import Fraction

PLACES = 6


def exact_text(number: Fraction) -> str:
    """A decimal string with at least one decimal: all of them where they end (``80.0``, ``9.918367``),
    otherwise six, rounded half to even (``83.333333``).
    """
    places = decimal_places(number)
    if places is None:
        return _written(round(number * 10**PLACES), PLACES)
    places = max(places, 1)
    return _written(int(number * 10**places), places)


def rounded_text(number: Fraction, places: int) -> str:
    """A decimal string with exactly this many decimals, rounded half to even: for display only."""
    return _written(round(number * 10**places), places)


def decimal_places(number: Fraction) -> int | None:
    """How many decimals a number needs, or ``None`` if they never end."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _written(units: int, places: int) -> str:
    sign = "-" if units < 0 else ""
    digits = str(abs(units)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
