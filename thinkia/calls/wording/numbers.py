"""Numbers, money, sizes and lists as the reader's language writes them. Exact until they are words."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from babel.lists import format_list
from flask_babel import format_decimal
from flask_babel import gettext as _
from markupsafe import Markup, escape

from thinkia.web.locale import language


def number(value: Decimal | Fraction | int) -> str:
    """As in "4.000" or "0,5": all its places, up to six."""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    return format_decimal(value, format="#,##0.######")


def percent(value: Decimal | Fraction) -> str:
    """As in "29,3 %": one place at most."""
    exact = Fraction(value)
    rounded = Decimal(round(exact * 10)) / 10
    return _("%(number)s%%", number=format_decimal(rounded, format="#,##0.#"))


def money(amount: Decimal, currency: str) -> str:
    return f"{currency} {number(amount)}" if currency else number(amount)


def size(octets: int) -> str:
    """As in "10 MB"."""
    if octets >= 1_000_000:
        return f"{format_decimal(Decimal(octets) / 1_000_000, format='#,##0.#')} MB"
    return f"{format_decimal(Decimal(octets) / 1000, format='#,##0.#')} kB"


def listed(items: Iterable[object], *, style: Literal["standard", "or"] = "standard") -> Markup:
    """As in "a, b y c"; with ``style="or"``, "a, b o c". Safe parts stay safe."""
    return Markup(format_list([str(escape(item)) for item in items], style=style, locale=language()))  # noqa: S704 - each item is escaped
