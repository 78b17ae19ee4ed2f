"""Until when a team may ask for a review of its result.

The day of publication does not count, as in the law of terms; the last day counts whole, up to 23:59 on the
clock of the call. Working days are Monday to Friday without the holidays that the bases list: which days are
holidays, and where they are moved to, is decided each year, so no table of ours knows it.
"""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from thinkia.domain.bases import Appeals

LONGEST = 60
LAST_MINUTE = time(23, 59)
FRIDAY = 4


class Outcome(StrEnum):
    """How an appeal was answered."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"


def closes(rules: Appeals, zone: str, published_at: datetime) -> datetime:
    """The instant from which an appeal comes too late."""
    there = ZoneInfo(zone)
    day, left = published_at.astimezone(there).date(), rules.days
    while left:
        day += timedelta(1)
        left -= _counts(day, rules)
    return datetime.combine(day, LAST_MINUTE, there)


def holiday(text: str) -> date | None:
    """A day as bases write one, ``2026-12-25``; ``None`` for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _counts(day: date, rules: Appeals) -> bool:
    return not rules.working_days or (day.weekday() <= FRIDAY and day.isoformat() not in rules.holidays)
