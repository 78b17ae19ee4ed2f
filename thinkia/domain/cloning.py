"""A new call's bases from another's: the same rules, under another code, at another time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from thinkia.domain import zones
from thinkia.domain.bases import Bases, Calendar, Round, TieKey, Window


def cloned(bases: Bases, *, code: str, opens_on: date) -> Bases:
    """Bases whose registration opens on a day; every other instant moves by as many days, at its own hour.

    What belongs to the one call is left out: who convened it, its partners, where its facts come from,
    and the seed of its lottery.
    """
    zone = zones.zone_named(bases.time_zone) or UTC
    days = opens_on - bases.calendar.registration.opens.astimezone(zone).date()
    return replace(
        bases,
        code=code,
        calendar=_moved_calendar(bases.calendar, days, zone),
        tie_break=tuple(_moved_step(step, days, zone) for step in bases.tie_break),
        rounds=tuple(_moved_round(one, days, zone) for one in bases.rounds),
        host=None,
        partners=(),
        source=None,
    )


def _moved_calendar(calendar: Calendar, days: timedelta, zone: tzinfo) -> Calendar:
    formation = calendar.team_formation
    return replace(
        calendar,
        registration=_moved_window(calendar.registration, days, zone),
        submission=_moved_window(calendar.submission, days, zone),
        evaluation=_moved_window(calendar.evaluation, days, zone),
        results=_moved(calendar.results, days, zone),
        team_formation=_moved_window(formation, days, zone) if formation else None,
    )


def _moved_round(one: Round, days: timedelta, zone: tzinfo) -> Round:
    return replace(
        one,
        evaluation=_moved_window(one.evaluation, days, zone) if one.evaluation else None,
        tie_break=tuple(_moved_step(step, days, zone) for step in one.tie_break),
    )


def _moved_window(window: Window, days: timedelta, zone: tzinfo) -> Window:
    return Window(_moved(window.opens, days, zone), _moved(window.closes, days, zone))


def _moved_step(step: TieKey, days: timedelta, zone: tzinfo) -> TieKey:
    drawn_at = _moved(step.drawn_at, days, zone) if step.drawn_at else None
    return replace(step, drawn_at=drawn_at, seed=None)


def _moved(instant: datetime, days: timedelta, zone: tzinfo) -> datetime:
    """The same local hour, days later; where clocks jump over it, the instant just as far on."""
    local = instant.astimezone(zone).replace(tzinfo=None, fold=0) + days
    return min(zones.readings(local, zone), default=local.replace(tzinfo=zone).astimezone(UTC))
