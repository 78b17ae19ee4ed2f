"""Until when a team may appeal: whole days on the clock of the call, working days without its holidays."""

from datetime import UTC, date, datetime

import pytest

from thinkia.domain.appeals import closes, holiday
from thinkia.domain.bases import Appeals

ECUADOR = "America/Guayaquil"
THURSDAY = datetime(2026, 12, 3, 15, 0, tzinfo=UTC)  # 10:00 in Guayaquil


def last(rules, published_at=THURSDAY, zone=ECUADOR):
    return f"{closes(rules, zone, published_at):%Y-%m-%d %H:%M %z}"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (Appeals(1), "2026-12-04 23:59 -0500"),
        (Appeals(2), "2026-12-07 23:59 -0500"),
        (Appeals(5), "2026-12-10 23:59 -0500"),
        (Appeals(5, working_days=False), "2026-12-08 23:59 -0500"),
        (Appeals(5, holidays=("2026-12-07", "2026-12-12")), "2026-12-11 23:59 -0500"),
        (Appeals(5, working_days=False, holidays=("2026-12-07",)), "2026-12-08 23:59 -0500"),
    ],
)
def test_the_day_of_publication_does_not_count_and_the_last_one_counts_whole(rules, expected):
    assert last(rules) == expected


def test_the_day_is_that_of_the_calls_clock():
    late = datetime(2026, 12, 4, 3, 0, tzinfo=UTC)  # still the 3rd in Guayaquil
    assert last(Appeals(1), late) == "2026-12-04 23:59 -0500"
    assert last(Appeals(1), late, "UTC") == "2026-12-07 23:59 +0000"


def test_what_is_published_on_a_saturday_counts_from_monday():
    saturday = datetime(2026, 12, 5, 15, 0, tzinfo=UTC)
    assert last(Appeals(1), saturday) == "2026-12-07 23:59 -0500"


def test_a_holiday_is_written_one_way():
    assert holiday("2026-12-25") == date(2026, 12, 25)
    assert [holiday(text) for text in ("25/12/2026", "20261225", "2026-02-30", "")] == [None] * 4
