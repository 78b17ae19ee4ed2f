"""Ages in whole years, on the mainland's day."""

from datetime import UTC, date, datetime

import pytest

from thinkia.domain.ages import age_on, day_in_ecuador


@pytest.mark.parametrize(
    ("day", "birth", "age"),
    [
        (date(2026, 5, 16), date(2011, 5, 17), 14),
        (date(2026, 5, 17), date(2011, 5, 17), 15),
        (date(2026, 2, 28), date(2012, 2, 29), 13),
        (date(2026, 3, 1), date(2012, 2, 29), 14),
        (date(2028, 2, 29), date(2012, 2, 29), 16),
    ],
)
def test_a_birthday_counts_from_its_first_moment(day, birth, age):
    assert age_on(day, birth) == age


def test_the_day_is_that_of_the_mainland():
    assert day_in_ecuador(datetime(2026, 5, 17, 4, 59, tzinfo=UTC)) == date(2026, 5, 16)
    assert day_in_ecuador(datetime(2026, 5, 17, 5, 0, tzinfo=UTC)) == date(2026, 5, 17)
