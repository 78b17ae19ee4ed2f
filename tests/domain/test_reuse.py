"""A call as the start of another one: the hours on the clock stay, whatever clocks do in between."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given as given_that
from hypothesis import strategies as st

from tests.builders import NOON, both, some_bases
from thinkia.domain.bases import Calendar, Partner, Source, TieKey, TieKeyKind, Window
from thinkia.domain.bases_check import problems
from thinkia.domain.phases import windows
from thinkia.domain.reuse import moved, reused

HOST = Partner("Municipio", "public")
MADRID = ZoneInfo("Europe/Madrid")


def again(bases, day=date(2027, 3, 1)):
    return reused(bases, "otra", both("Otra"), day, host=HOST, contact="x@example.org")


def test_the_new_call_has_its_own_name_and_nothing_of_the_first_ones_own():
    first = replace(
        some_bases(),
        partners=(Partner("U", "academia"),),
        source=Source("Bases"),
        tie_break=(TieKey(TieKeyKind.LOTTERY, seed="20260113"),),
    )
    second = again(first)
    assert (second.code, second.host, second.contact_email) == ("otra", HOST, "x@example.org")
    assert (second.partners, second.source) == ((), None)
    assert second.tie_break == (TieKey(TieKeyKind.LOTTERY),)
    assert second.rubric == first.rubric


@given_that(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_it_starts_on_the_day_with_the_same_lengths_and_hours(day):
    bases = some_bases()
    zone = ZoneInfo(bases.time_zone)
    second = again(bases, day)
    assert min(one.opens for one in windows(second.calendar).values()).astimezone(zone).date() == day
    for kind, window in windows(bases.calendar).items():
        other = windows(second.calendar)[kind]
        assert other.closes - other.opens == window.closes - window.opens
        assert other.opens.astimezone(zone).time() == window.opens.astimezone(zone).time()
    assert problems(second) == ()


def test_clocks_that_change_in_between_do_not_move_the_hour():
    winter = datetime(2026, 1, 15, 17, 0, tzinfo=MADRID)
    summer = moved(winter.astimezone(UTC), timedelta(days=181), MADRID)
    assert summer.astimezone(MADRID).isoformat() == "2026-07-15T17:00:00+02:00"


def test_an_hour_that_clocks_skip_gives_way_to_the_next():
    before = datetime(2026, 3, 28, 2, 30, tzinfo=MADRID)
    skipped = moved(before, timedelta(days=1), MADRID)
    assert skipped.astimezone(MADRID).isoformat() == "2026-03-29T03:30:00+02:00"


def test_the_day_of_a_lottery_moves_along():
    drawn = NOON + timedelta(days=22)
    bases = some_bases(tie_break=(TieKey(TieKeyKind.LOTTERY, source=both("Lotería"), drawn_at=drawn),))
    second = again(bases)
    gap = drawn - bases.calendar.submission.closes
    assert second.tie_break[0].drawn_at - second.calendar.submission.closes == gap


def test_a_window_of_teams_moves_too():
    calendar = some_bases().calendar
    teams = Window(calendar.registration.opens, calendar.submission.closes - timedelta(days=1))
    bases = some_bases(calendar=Calendar(**{**_parts(calendar), "team_formation": teams}))
    second = again(bases).calendar
    assert second.submission.closes - second.team_formation.closes == timedelta(days=1)


def _parts(calendar):
    names = ("registration", "submission", "evaluation", "results", "grace_seconds")
    return {name: getattr(calendar, name) for name in names}
