"""What the calendar decides: which windows are open at a moment, and the one headline phase.

Nothing here is stored. A window contains its opening instant and not its closing one. Windows may
overlap, so a moment has a *set* of open windows; the headline is the one a page puts first.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from thinkia.domain.bases import Calendar, Window, WindowKind


class Phase(StrEnum):
    """The headline of a published call, in the order in which a call lives through them."""

    ANNOUNCED = "announced"
    OPEN = "open"  # submissions are taken
    REGISTRATION = "registration"  # people may enter, submissions are not taken yet
    BETWEEN = "between"  # nothing is open, the next window is to come
    EVALUATION = "evaluation"
    DECIDING = "deciding"  # evaluation is over, no result yet
    RESULTS = "results"


def windows(calendar: Calendar) -> dict[WindowKind, Window]:
    """Every window; team formation defaults to the first opening until the close of submissions."""
    formation = calendar.team_formation or Window(
        min(calendar.registration.opens, calendar.submission.opens), calendar.submission.closes
    )
    return {
        WindowKind.REGISTRATION: calendar.registration,
        WindowKind.TEAM_FORMATION: formation,
        WindowKind.SUBMISSION: calendar.submission,
        WindowKind.EVALUATION: calendar.evaluation,
    }


def open_windows(calendar: Calendar, now: datetime) -> frozenset[WindowKind]:
    """The windows that contain ``now``."""
    return frozenset(
        kind for kind, window in windows(calendar).items() if window.opens <= now < window.closes
    )


def grace_ends(calendar: Calendar) -> datetime:
    """Until when what was begun before the deadline may still arrive."""
    return calendar.submission.closes + timedelta(seconds=calendar.grace_seconds)


def headline(calendar: Calendar, now: datetime, *, published_results: bool = False) -> Phase:
    """The one phase a page shows. Published results win over any calendar."""
    if published_results:
        return Phase.RESULTS
    is_open = open_windows(calendar, now)
    if WindowKind.SUBMISSION in is_open:
        return Phase.OPEN
    if WindowKind.REGISTRATION in is_open:
        return Phase.REGISTRATION
    if WindowKind.EVALUATION in is_open:
        return Phase.EVALUATION
    every = windows(calendar).values()
    if now < min(window.opens for window in every):
        return Phase.ANNOUNCED
    return Phase.DECIDING if now >= calendar.evaluation.closes else Phase.BETWEEN
