"""Which windows of a calendar are out of order.

The inequalities, all of them (``docs/call-file.md`` lists them for people):
every window opens before it closes; registration opens no later than submission and closes no later;
team formation lies inside registration's opening and submission's close; evaluation opens at the close
of submission or after it; results are promised at the end of evaluation or after it.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import NamedTuple

from thinkia.domain.bases import Calendar
from thinkia.domain.bases_check.kinds import Path, Problem, ProblemKind, Problems
from thinkia.domain.zones import written

LONGEST_GRACE = 86_400
WINDOWS = ("registration", "team_formation", "submission", "evaluation")
Instants = Mapping[Path, datetime]


class Inequality(NamedTuple):
    """``earlier`` is never after ``later``. A problem stands at the side that one would move."""

    kind: ProblemKind
    at: Path
    earlier: Path
    later: Path


INEQUALITIES = (
    Inequality(
        ProblemKind.SUBMISSION_OPENS_BEFORE_REGISTRATION,
        ("submission", "opens"),
        ("registration", "opens"),
        ("submission", "opens"),
    ),
    Inequality(
        ProblemKind.SUBMISSION_CLOSES_BEFORE_REGISTRATION,
        ("submission", "closes"),
        ("registration", "closes"),
        ("submission", "closes"),
    ),
    Inequality(
        ProblemKind.TEAMS_BEFORE_REGISTRATION,
        ("team_formation", "opens"),
        ("registration", "opens"),
        ("team_formation", "opens"),
    ),
    Inequality(
        ProblemKind.TEAMS_AFTER_SUBMISSION,
        ("team_formation", "closes"),
        ("team_formation", "closes"),
        ("submission", "closes"),
    ),
    Inequality(
        ProblemKind.EVALUATION_BEFORE_CLOSE,
        ("evaluation", "opens"),
        ("submission", "closes"),
        ("evaluation", "opens"),
    ),
    Inequality(ProblemKind.RESULTS_BEFORE_EVALUATION, ("results",), ("evaluation", "closes"), ("results",)),
)


def calendar_problems(calendar: Calendar, zone: tzinfo) -> Problems:
    """A problem for each inequality that does not hold; instants are told in the call's zone."""
    if not 0 <= calendar.grace_seconds <= LONGEST_GRACE:
        yield Problem(("calendar", "grace_seconds"), ProblemKind.GRACE, {"limit": LONGEST_GRACE})
    yield from order_problems(dict(_instants(calendar)), zone)


def order_problems(known: Instants, zone: tzinfo) -> Problems:
    """The same of the instants that are known, by their path in the calendar: some may not have been read."""
    for window in WINDOWS:
        opens, closes = known.get((window, "opens")), known.get((window, "closes"))
        if opens and closes and opens >= closes:
            yield _unordered(ProblemKind.CLOSES_BEFORE_OPENING, (window, "closes"), opens, closes, zone)
    for kind, at, sooner, later in INEQUALITIES:
        if sooner in known and later in known and known[sooner] > known[later]:
            yield _unordered(kind, at, known[sooner], known[later], zone)


def _instants(calendar: Calendar) -> Iterator[tuple[Path, datetime]]:
    for name in WINDOWS:
        window = getattr(calendar, name)
        if window is not None:
            yield (name, "opens"), window.opens
            yield (name, "closes"), window.closes
    yield ("results",), calendar.results


def _unordered(kind: ProblemKind, path: Path, earlier: datetime, later: datetime, zone: tzinfo) -> Problem:
    params = {"earlier": written(earlier, zone), "later": written(later, zone), "window": path[0]}
    return Problem(("calendar", *path), kind, params)
