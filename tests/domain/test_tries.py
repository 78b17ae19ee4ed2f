"""How long one waits after wrong passphrases."""

from datetime import UTC, datetime, timedelta

import pytest

from thinkia.domain.tries import LONGEST_EVERYWHERE, LONGEST_HERE, ready_at

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


def failed(number):
    """So many failures, one a second, the last at noon."""
    return [NOON - timedelta(seconds=ago) for ago in range(number)]


@pytest.mark.parametrize("number", [0, 1, 4])
def test_some_tries_are_free(number):
    assert ready_at(failed(number), failed(number)) is None


@pytest.mark.parametrize(("number", "minutes"), [(5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (400, 15)])
def test_then_each_doubles_the_wait_up_to_a_quarter_of_an_hour(number, minutes):
    assert ready_at(failed(number), []) == NOON + timedelta(minutes=minutes)


@pytest.mark.parametrize(("number", "seconds"), [(20, 1), (22, 4), (25, 30), (10_000, 30)])
def test_tries_from_everywhere_slow_down_and_never_for_long(number, seconds):
    assert ready_at([], failed(number)) == NOON + timedelta(seconds=seconds)


def test_the_longer_wait_counts():
    assert ready_at(failed(9), failed(900)) == NOON + LONGEST_HERE > NOON + LONGEST_EVERYWHERE
