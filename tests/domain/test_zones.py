from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from thinkia.domain.zones import readings, written, zone_named

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    "name", ["", "America", "../etc/passwd", "/etc/localtime", "America/Guayaqil", "UTC\x00"]
)
def test_what_is_no_zone_is_none(name):
    assert zone_named(name) is None


def test_an_hour_means_one_instant_or_two_or_none():
    assert readings(datetime.fromisoformat("2026-03-12 17:00"), ZoneInfo("America/Guayaquil")) == (
        datetime(2026, 3, 12, 22, tzinfo=UTC),
    )
    twice = readings(datetime.fromisoformat("2026-11-01 01:30"), NEW_YORK)
    assert [one.hour for one in twice] == [5, 6]
    assert readings(datetime.fromisoformat("2026-03-08 02:30"), NEW_YORK) == ()


def test_an_instant_is_written_short_and_never_ambiguous():
    assert written(datetime(2026, 3, 12, 22, tzinfo=UTC), ZoneInfo("America/Guayaquil")) == "2026-03-12 17:00"
    assert written(datetime(2026, 3, 12, 22, 0, 5, tzinfo=UTC), NEW_YORK) == "2026-03-12 18:00:05"
    assert written(datetime(2026, 11, 1, 6, 30, tzinfo=UTC), NEW_YORK) == "2026-11-01 01:30-05:00"
