from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tests.builders import both, some_bases
from thinkia.domain.bases import Partner, Round, Source, TieKey, TieKeyKind, Window
from thinkia.domain.bases_check import problems
from thinkia.domain.cloning import cloned
from thinkia.domain.rounds import Advance


def local(instant, zone="America/Guayaquil"):
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def test_every_instant_moves_by_the_same_days_and_keeps_its_hour():
    bases = some_bases()
    calendar = cloned(bases, code="otra", opens_on=date(2027, 1, 4)).calendar
    assert local(bases.calendar.registration.opens) == "2026-02-25 12:00"
    assert local(calendar.registration.opens) == "2027-01-04 12:00"
    assert (
        calendar.results - bases.calendar.results
        == calendar.submission.opens - bases.calendar.submission.opens
    )


def test_an_hour_is_kept_across_a_change_of_clocks():
    bases = some_bases(time_zone="America/New_York", now=datetime(2026, 3, 2, 17, 0, tzinfo=UTC))
    moved = cloned(bases, code="otra", opens_on=date(2026, 5, 4)).calendar
    assert local(bases.calendar.registration.opens, "America/New_York")[11:] == "12:00"
    assert local(moved.registration.opens, "America/New_York") == "2026-05-04 12:00"


def test_rounds_move_with_the_call():
    bases = some_bases()
    lottery = TieKey(TieKeyKind.LOTTERY, source=both("Lotería"), drawn_at=bases.calendar.results)
    opens, closes = bases.calendar.evaluation.opens, bases.calendar.evaluation.closes
    first = Round("a", both("A"), evaluation=Window(opens, closes), advance=Advance(top=1))
    last = Round("b", both("B"), tie_break=(replace(lottery, seed="1"),))
    clone = cloned(replace(bases, rounds=(first, last)), code="otra", opens_on=date(2027, 1, 4))
    assert clone.rounds[0] == replace(first, evaluation=clone.calendar.evaluation)
    assert clone.rounds[1].tie_break == (replace(lottery, drawn_at=clone.calendar.results),)
    assert problems(clone) == ()


def test_a_clone_is_nobodys_and_names_no_seed():
    lottery = TieKey(
        TieKeyKind.LOTTERY, seed="1", source=both("Lotería"), drawn_at=some_bases().calendar.results
    )
    bases = replace(
        some_bases(),
        host=Partner("A", "public"),
        partners=(Partner("B", "private"),),
        source=Source("C"),
        tie_break=(lottery,),
    )
    clone = cloned(bases, code="otra", opens_on=date(2027, 1, 4))
    assert (clone.code, clone.host, clone.partners, clone.source) == ("otra", None, (), None)
    assert clone.tie_break[0].seed is None
    assert clone.tie_break[0].drawn_at == clone.calendar.results
    assert problems(clone) == ()
