"""Numbers as people type them in Spanish and in English: 1234,5 and 1234.5 are the same.

A comma and a point both may separate decimals. What could mean two numbers, such as 1.500, is not
guessed: ``Ambiguous`` is raised and the person says it in another way.
"""

import re
from decimal import Decimal

MOST_DIGITS = 15
MOST_PLACES = 6
_SPACES = re.compile(r"[\s\u00a0\u202f']")
_PLAIN = re.compile(r"(-?)(\d+)(?:[.,](\d+))?", re.ASCII)
_GROUPED = re.compile(r"(-?)(\d{1,3}(?:([.,])\d{3})(?:\3\d{3})*)(?:(?!\3)[.,](\d+))?", re.ASCII)


class Ambiguous(ValueError):
    """The text can be read as two numbers."""


def read_number(text: str) -> Decimal | None:
    """The number that a text says, or ``None`` when it says none. Raises ``Ambiguous``."""
    written = _SPACES.sub("", text).replace("−", "-")
    if _is_ambiguous(written):
        raise Ambiguous(text)
    if plain := _PLAIN.fullmatch(written):
        sign, whole, places = plain.groups()
    elif grouped := _GROUPED.fullmatch(written):
        sign, whole, _, places = grouped.groups()
        whole = whole.replace(".", "").replace(",", "")
    else:
        return None
    places = (places or "").rstrip("0")
    if len(whole.lstrip("0")) > MOST_DIGITS or len(places) > MOST_PLACES:
        return None
    return Decimal(f"{sign}{whole}.{places or '0'}") + 0


def spelled(number: Decimal) -> str:
    """A number in the one way that ``read_number`` never takes for another; ``Decimal`` reads it too."""
    text = format(number.normalize() + 0, "f")
    return f"{text}0" if _is_ambiguous(text) else text


def _is_ambiguous(written: str) -> bool:
    """One separator before exactly three digits, as in 1.500 (in 0.500 it cannot be thousands)."""
    found = _PLAIN.fullmatch(written)
    return bool(found and len(found[3] or "") == 3 and len(found[2]) <= 3 and found[2].lstrip("0"))
