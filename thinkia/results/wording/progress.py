"""When a jury would be done, in words that promise no more than is known."""

from datetime import datetime
from decimal import Decimal

from flask_babel import format_decimal
from flask_babel import gettext as _

from thinkia.domain.pace import LEAST_DONE
from thinkia.web.locale import day


def expected_words(end: datetime | None, closes: datetime, zone: str, *, still: bool) -> str:
    """The expected end against the day that evaluation closes. ``still``: something has come to a stop."""
    if end is None:
        return _(
            "It cannot be said yet when the jury will be done: that takes at least %(least)s reviews that "
            "became final in the last 7 days, and a day of work.",
            least=LEAST_DONE,
        )
    told = _(
        "At the pace of the last days, the last review would be final around %(day)s.", day=day(end, zone)
    )
    against = _("That is in time.") if end <= closes else _("That is after evaluation closes.")
    counts_on = _("It counts on what stands still to go on.")
    return f"{told} {against} {counts_on}" if still else f"{told} {against}"


def mark_figure(points: Decimal) -> str:
    """As in "2" or "0,5"."""
    return format_decimal(points, format="#,##0.##")
