"""How fast work goes and when it would end at that pace; nothing where too little is known."""

from datetime import datetime, timedelta

RECENT = timedelta(days=7)  # what was done before says little of tomorrow
STILL_AFTER = timedelta(days=3)
LEAST_DONE = 3
LEAST_TIME = timedelta(days=1)
FARTHEST = timedelta(days=365)


def expected_end(done: int, began: datetime, left: int, now: datetime) -> datetime | None:
    """When the rest would be done, at the pace of the last days. ``done`` counts those of ``RECENT``.

    Nothing where nothing is left, where less than a day has passed since work ``began``, where too few are
    done to speak of a pace, or where the end would be more than a year away.
    """
    passed = min(now - began, RECENT)
    if left <= 0 or done < LEAST_DONE or passed < LEAST_TIME:
        return None
    lasts = passed * left / done
    return now + lasts if lasts <= FARTHEST else None


def stands_still(left: int, last: datetime, now: datetime) -> bool:
    """Whether something is left to do and nothing was touched for days."""
    return left > 0 and now - last >= STILL_AFTER
