"""A call's bases as the start of another call: the same rules, its own name, dates still to come.

Days move by a whole number, so weekdays may change and the hours on the clock do not, also where clocks
are put forward in between. What belongs to the first call alone (its source, partners, the seed of a
past lottery) stays behind.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo

from thinkia.domain.bases import Bases, Calendar, Partner, TieKey, TieKeyKind, Window
from thinkia.domain.phases import windows
from thinkia.domain.text import Bilingual
from thinkia.domain.zones import readings, zone_named


def reused(
    bases: Bases, code: str, title: Bilingual, first_day: date, *, host: Partner, contact: str
) -> Bases:
    """Bases for a new call of ``host`` whose first window opens on ``first_day`` of the call's own zone."""
    zone = zone_named(bases.time_zone)
    if zone is None:
        raise ValueError(f"there is no time zone {bases.time_zone}")
    opens = min(window.opens for window in windows(bases.calendar).values())
    days = first_day - opens.astimezone(zone).date()
    return replace(
        bases,
        code=code,
        title=title,
        host=host,
        partners=(),
        contact_email=contact,
        source=None,
        calendar=_moved_calendar(bases.calendar, days, zone),
        tie_break=tuple(_moved_key(key, days, zone) for key in bases.tie_break),
    )


def _moved_calendar(calendar: Calendar, days: timedelta, zone: tzinfo) -> Calendar:
    def window(one: Window) -> Window:
        return Window(moved(one.opens, days, zone), moved(one.closes, days, zone))

    return replace(
        calendar,
        registration=window(calendar.registration),
        team_formation=window(calendar.team_formation) if calendar.team_formation else None,
        submission=window(calendar.submission),
        evaluation=window(calendar.evaluation),
        results=moved(calendar.results, days, zone),
    )


def _moved_key(key: TieKey, days: timedelta, zone: tzinfo) -> TieKey:
    if key.key is not TieKeyKind.LOTTERY:
        return key
    return replace(key, seed=None, drawn_at=moved(key.drawn_at, days, zone) if key.drawn_at else None)


def moved(instant: datetime, days: timedelta, zone: tzinfo) -> datetime:
    """The same time on the clock some days later; an hour that clocks jump over gives way to the next."""
    local = instant.astimezone(zone).replace(tzinfo=None, fold=0) + days
    known = readings(local, zone)
    return known[0] if known else (local + timedelta(hours=1)).replace(tzinfo=zone)
