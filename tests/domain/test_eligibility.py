"""Who may enter a call: ages on the day, territory, and every reason at once."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thinkia.domain.ages import age_on
from thinkia.domain.bases import Eligibility
from thinkia.domain.eligibility import asks_for_province, day_in, obstacles, youngest
from thinkia.domain.reasons import Reason

TODAY = date(2026, 3, 2)


def reasons(eligibility=None, *, born=date(1990, 1, 1), province="17", day=TODAY):
    found = obstacles(eligibility or Eligibility(), born=born, province=province, day=day)
    return [each.reason for each in found]


def test_a_call_without_limits_takes_everybody_who_may_agree_for_themselves():
    assert reasons() == []
    assert reasons(born=date(2011, 3, 2)) == []
    assert reasons(born=date(2011, 3, 3)) == [Reason.TOO_YOUNG_FOR_CALL]


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2008, 3, 2), []),
        (date(2008, 3, 3), [Reason.TOO_YOUNG_FOR_CALL]),
        (date(1995, 3, 3), []),
        (date(1995, 3, 2), [Reason.TOO_OLD_FOR_CALL]),
    ],
)
def test_ages_are_those_of_the_day_with_both_ends_included(born, expected):
    assert reasons(Eligibility(min_age=18, max_age=30), born=born) == expected


def test_who_was_born_on_29_february_comes_of_age_on_1_march():
    limits = Eligibility(min_age=18)
    born = date(2008, 2, 29)
    assert reasons(limits, born=born, day=date(2026, 2, 28)) == [Reason.TOO_YOUNG_FOR_CALL]
    assert reasons(limits, born=born, day=date(2026, 3, 1)) == []


def test_a_refusal_names_the_age():
    (found,) = obstacles(Eligibility(min_age=18), born=date(2010, 1, 1), province=None, day=TODAY)
    assert found.details == {"age": 18}


def test_no_bases_go_below_the_age_of_own_consent():
    assert youngest(Eligibility(min_age=12)) == 15
    assert youngest(Eligibility(min_age=16)) == 16


@pytest.mark.parametrize(
    ("eligibility", "province", "expected"),
    [
        (Eligibility(provinces=("01", "17")), "17", []),
        (Eligibility(provinces=("01", "17")), "09", [Reason.OTHER_TERRITORY]),
        (Eligibility(provinces=("01",)), None, [Reason.PROVINCE_NEEDED]),
        (Eligibility(residents_only=True), None, [Reason.PROVINCE_NEEDED]),
        (Eligibility(residents_only=True), "09", []),
        (Eligibility(), None, []),
    ],
)
def test_territory_is_where_one_lives_when_the_bases_look_at_it(eligibility, province, expected):
    assert reasons(eligibility, province=province) == expected
    assert asks_for_province(eligibility) is (eligibility != Eligibility())


def test_every_reason_is_said_at_once():
    limits = Eligibility(min_age=18, provinces=("01",))
    assert reasons(limits, born=date(2015, 1, 1), province="09") == [
        Reason.TOO_YOUNG_FOR_CALL,
        Reason.OTHER_TERRITORY,
    ]
    assert reasons(limits, born=None, province=None) == [Reason.BIRTH_DATE_NEEDED, Reason.PROVINCE_NEEDED]


def test_the_day_is_that_of_the_calls_zone():
    late = datetime(2026, 3, 3, 4, 59, tzinfo=UTC)
    assert day_in("America/Guayaquil", late) == date(2026, 3, 2)
    assert day_in("Pacific/Galapagos", datetime(2026, 3, 3, 5, 30, tzinfo=UTC)) == date(2026, 3, 2)
    assert day_in("America/Guayaquil", datetime(2026, 3, 3, 5, 30, tzinfo=UTC)) == date(2026, 3, 3)


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(days, days)
def test_an_age_grows_by_one_on_each_birthday_and_on_no_other_day(born, day):
    if born > day:
        born, day = day, born
    tomorrow = date.fromordinal(day.toordinal() + 1)
    grown = age_on(tomorrow, born) - age_on(day, born)
    is_birthday = (tomorrow.month, tomorrow.day) == (born.month, born.day)
    is_birthday |= (
        (born.month, born.day) == (2, 29) and (tomorrow.month, tomorrow.day) == (3, 1) and day.day == 28
    )
    assert grown == is_birthday
