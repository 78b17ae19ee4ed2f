"""Which windows of a calendar are out of order.

The inequalities, all of them (``docs/call-file.md`` lists them for people):
every window opens before it closes; registration opens no later than submission and closes no later;
team formation lies inside registration's opening and submission's close; evaluation opens at the close
of submission or after it; results are promised at the end of evaluation or after it.
"""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from thinkia.domain.bases import Calendar, Window
from thinkia.domain.bases_check.kinds import Path, Problem, ProblemKind, Problems
from thinkia.domain.zones import written

LONGEST_GRACE = 86_400


def calendar_problems(calendar: Calendar, zone: tzinfo) -> Problems:
    """A problem for each inequality that does not hold; instants are told in the call's zone."""
    if not 0 <= calendar.grace_seconds <= LONGEST_GRACE:
        yield Problem(("calendar", "grace_seconds"), ProblemKind.GRACE, {"limit": LONGEST_GRACE})
    for name, window in _named(calendar):
        if window.opens >= window.closes:
            yield _unordered(
                ProblemKind.CLOSES_BEFORE_OPENING, (name, "closes"), window.opens, window.closes, zone
            )
    for kind, path, earlier, later in _inequalities(calendar):
        if earlier > later:
            yield _unordered(kind, path, earlier, later, zone)


def _named(calendar: Calendar) -> Iterator[tuple[str, Window]]:
    yield "registration", calendar.registration
    if calendar.team_formation is not None:
        yield "team_formation", calendar.team_formation
    yield "submission", calendar.submission
    yield "evaluation", calendar.evaluation


def _inequalities(calendar: Calendar) -> Iterator[tuple[ProblemKind, Path, datetime, datetime]]:
    """What must not be later than what; the path is of the side one would move."""
    entry, handing_in = calendar.registration, calendar.submission
    kind = ProblemKind
    yield kind.SUBMISSION_OPENS_BEFORE_REGISTRATION, ("submission", "opens"), entry.opens, handing_in.opens
    yield (
        kind.SUBMISSION_CLOSES_BEFORE_REGISTRATION,
        ("submission", "closes"),
        entry.closes,
        handing_in.closes,
    )
    teams = calendar.team_formation
    if teams is not None:
        yield kind.TEAMS_BEFORE_REGISTRATION, ("team_formation", "opens"), entry.opens, teams.opens
        yield kind.TEAMS_AFTER_SUBMISSION, ("team_formation", "closes"), teams.closes, handing_in.closes
    reading = calendar.evaluation
    yield kind.EVALUATION_BEFORE_CLOSE, ("evaluation", "opens"), handing_in.closes, reading.opens
    yield kind.RESULTS_BEFORE_EVALUATION, ("results",), reading.closes, calendar.results


def _unordered(kind: ProblemKind, path: Path, earlier: datetime, later: datetime, zone: tzinfo) -> Problem:
    params = {"earlier": written(earlier, zone), "later": written(later, zone), "window": path[0]}
    return Problem(("calendar", *path), kind, params)
