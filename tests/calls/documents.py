"""Bases of every shape, with the texts that break other people's files."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from types import UnionType
from typing import get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from thinkia.domain.bases import Bases

NASTY = [
    "no",
    "~",
    "null",
    "1e3",
    "17:00",
    "01",
    "0x1F",
    "1_000",
    "2026-03-12",
    "=",
    "<<",
    "---",
    "- a",
    "a: b",
    "a #b",
    " leading",
    "trailing ",
    "\ttab",
    "two\nlines",
    "two\nlines\n",
    "two\nlines\n\n",
    "\nfirst is blank",
    "one\n\nthree",
    "one\n  indented\nthree",
    "# not a comment\n- not a list",
    "\n",
    "ñukanchikpa k’uyay, mana'shi",
    "👩‍🚀 🇪🇨",
    "a\u202eb\u2066c\u2069",
    "no\u00a0break \u2028 \ufeff",
    '"quoted" and \\ back',
    "{a: [b, c]}",
    "&a *a !a %a @a `a",
    "\x85\x07\x00",
    "yes\r\nwindows\r\n",
    "x" * 300,
    "palabra " * 40,
]
TEXTS = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBERS = st.integers(-(10**9), 10**9).map(lambda units: Decimal(units) / 1000)
MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
PLAIN = {
    str: TEXTS,
    int: st.integers(-(10**12), 10**12),
    bool: st.booleans(),
    Decimal: NUMBERS.map(lambda number: number.normalize() + 0),
    datetime: MOMENTS,
}


def of(hint):
    """Values of a type of the schema."""
    if isinstance(hint, UnionType):
        return st.none() | of(get_args(hint)[0])
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{one.name: of(hints[one.name]) for one in fields(hint)})
    if get_origin(hint) is tuple:
        return st.lists(of(get_args(hint)[0]), max_size=2).map(tuple)
    if get_origin(hint) is not None and issubclass(get_origin(hint), Mapping):
        return st.dictionaries(TEXTS, of(get_args(hint)[1]), max_size=3)
    return PLAIN[hint] if hint in PLAIN else st.sampled_from(hint)


ZONES = st.sampled_from(["America/Guayaquil", "America/New_York", "Asia/Kolkata", "nowhere"])
ALL = {name: of(hint) for name, hint in get_type_hints(Bases).items()}
BASES = st.builds(Bases, **{**ALL, "time_zone": ZONES})
