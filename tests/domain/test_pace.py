"""An estimate of when work ends says nothing where too little is known."""

from datetime import UTC, datetime, timedelta

import pytest

from thinkia.domain.pace import expected_end, stands_still

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("done", "began", "left", "days"),
    [
        (6, 3, 4, 2),  # two a day
        (7, 7, 7, 7),
        (7, 30, 7, 7),  # only the last seven days count
        (2, 3, 4, None),  # too few to speak of a pace
        (6, 0.5, 4, None),  # not yet a day
        (6, 3, 0, None),  # nothing is left
        (0, 9, 4, None),
        (3, 7, 1000, None),  # more than a year away
    ],
)
def test_the_end_follows_the_pace_of_the_last_days(done, began, left, days):
    end = expected_end(done, NOW - began * DAY, left, NOW)
    assert end == (None if days is None else NOW + days * DAY)


def test_work_stands_still_after_three_days_while_something_is_left():
    assert stands_still(1, NOW - 3 * DAY, NOW)
    assert not stands_still(1, NOW - 3 * DAY + timedelta(seconds=1), NOW)
    assert not stands_still(0, NOW - 9 * DAY, NOW)
