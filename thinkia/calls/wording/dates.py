"""The calendar of a call in words: its headline, its dates in two zones, what moved."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.models import Call
from thinkia.calls.wording import PHASES, STATES
from thinkia.domain.bases import Bases, Calendar, Round, Window
from thinkia.domain.lifecycle import CallState
from thinkia.domain.phases import Phase, headline, windows
from thinkia.web.locale import GALAPAGOS, MAINLAND, moment
from thinkia.web.pages import plain

SOON = timedelta(days=7)


class Date(NamedTuple):
    """A date of the calendar: its key, its name and the instant."""

    key: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """What stands first on a call's page: the phase, what it means now, and the date that it turns on.

    Where time runs, ``lead`` and ``left`` say it in two pieces ("Closes in", "6 days"), for lists.
    """

    phase: Phase | CallState
    big: str
    at: datetime | None = None
    label: str = ""
    lead: str = ""
    left: str = ""
    soon: bool = False

    @property
    def tag(self) -> str:
        """The state in a word or two."""
        return str(PHASES[self.phase] if isinstance(self.phase, Phase) else STATES[self.phase])


def dates(calendar: Calendar) -> list[Date]:
    """Every date, in time. Windows that open or close together share a line where the words allow it."""
    entry, handing_in = calendar.registration, calendar.submission
    found = [Date("registration.opens", _("Registration opens"), entry.opens)]
    if handing_in.opens == entry.opens:
        found = [Date("registration.opens", _("Registration and submission open"), entry.opens)]
    else:
        found.append(Date("submission.opens", _("Submission opens"), handing_in.opens))
    if handing_in.closes == entry.closes:
        found.append(Date("submission.closes", _("Registration and submission close"), handing_in.closes))
    else:
        found.append(Date("registration.closes", _("Registration closes"), entry.closes))
        found.append(Date("submission.closes", _("Submission closes"), handing_in.closes))
    if calendar.team_formation:
        found.append(Date("team_formation.opens", _("Team formation opens"), calendar.team_formation.opens))
        found.append(
            Date("team_formation.closes", _("Team formation closes"), calendar.team_formation.closes)
        )
    found.append(Date("evaluation.opens", _("Evaluation begins"), calendar.evaluation.opens))
    found.append(Date("evaluation.closes", _("Evaluation ends"), calendar.evaluation.closes))
    found.append(Date("results", _("Result"), calendar.results))
    return sorted(found, key=lambda date: date.at)


def dates_of(bases: Bases) -> list[Date]:
    """The dates of a call, those of its rounds among them."""
    found = dates(bases.calendar)
    for one in bases.rounds:
        if one.evaluation is not None:
            found.extend(_dates_of_round(one, one.evaluation))
    return sorted(found, key=lambda date: (date.at, date.key == "results"))


def milestones_of(bases: Bases) -> list[Date]:
    """The dates of the picture; rounds with dates of their own stand in the place of the evaluation."""
    ends = [
        Date(f"rounds.{one.code}.closes", plain(one.title) or one.code, one.evaluation.closes)
        for one in bases.rounds
        if one.evaluation is not None
    ]
    found = [date for date in milestones(bases.calendar) if not ends or date.key != "evaluation.closes"]
    return sorted([*found, *ends], key=lambda date: date.at)


def milestones(calendar: Calendar) -> list[Date]:
    """The four or five dates of the picture, with short names."""
    found = [
        Date("registration.opens", _("Opening"), min(calendar.registration.opens, calendar.submission.opens))
    ]
    if calendar.registration.closes < calendar.submission.closes:
        found.append(Date("registration.closes", _("Registration ends"), calendar.registration.closes))
    found.append(Date("submission.closes", _("Closing"), calendar.submission.closes))
    found.append(Date("evaluation.closes", _("Evaluation"), calendar.evaluation.closes))
    found.append(Date("results", _("Result"), calendar.results))
    return sorted(found, key=lambda date: date.at)


def closing_sentences(calendar: Calendar) -> list[str]:
    """What the rules give after the close of submissions, a sentence each."""
    found = []
    if minutes := calendar.grace_seconds // 60:
        found.append(
            ngettext(
                "Time of grace: what was begun before the close may still arrive for %(num)d minute.",
                "Time of grace: what was begun before the close may still arrive for %(num)d minutes.",
                minutes,
            )
        )
    if calendar.hand_in_drafts:
        found.append(
            _("A complete draft whose declarations were accepted is handed in by itself at the close.")
        )
    return found


def second_zone(zone: str) -> str:
    """The zone that stands beside the call's own: Galápagos for the mainland, the mainland for the rest."""
    return GALAPAGOS.key if zone == MAINLAND else MAINLAND


def time_left(until: timedelta) -> str:
    """As in "6 days", "5 hours" or "40 minutes": whole ones, never more than there is."""
    minutes = max(0, int(until.total_seconds() // 60))
    if minutes >= 48 * 60:
        return ngettext("%(num)d day", "%(num)d days", minutes // 1440)
    if minutes >= 2 * 60:
        return ngettext("%(num)d hour", "%(num)d hours", minutes // 60)
    return ngettext("%(num)d minute", "%(num)d minutes", minutes)


def status(call: Call, bases: Bases, now: datetime) -> Status:
    """The headline of a call: a decision of people first, otherwise what the calendar says now."""
    if call.state in {CallState.CANCELLED, CallState.ARCHIVED} and call.results_published_at is None:
        return Status(
            call.state,
            _("This call is cancelled") if call.state == CallState.CANCELLED else _("This call is closed"),
        )
    phase = headline(bases.calendar, now, published_results=call.results_published_at is not None)
    return _STATUS[phase](phase, bases.calendar, now, call)


def moved_dates(before: Bases, after: Bases) -> list[str]:
    """Each date that moved: what it is now, and what it was."""
    old = {date.key: date.at for date in _every_date(before)}
    return [
        _(
            "%(date)s: %(new)s. It was: %(old)s.",
            date=date.words,
            new=moment(date.at, after.time_zone),
            old=moment(old[date.key], before.time_zone) if date.key in old else "—",
        )
        for date in _every_date(after)
        if old.get(date.key) != date.at
    ]


def _every_date(bases: Bases) -> Iterator[Date]:
    named = {
        "registration": (_("Registration opens"), _("Registration closes")),
        "team_formation": (_("Team formation opens"), _("Team formation closes")),
        "submission": (_("Submission opens"), _("Submission closes")),
        "evaluation": (_("Evaluation begins"), _("Evaluation ends")),
    }
    for kind, window in windows(bases.calendar).items():
        opens, closes = named[kind]
        yield Date(f"{kind}.opens", opens, window.opens)
        yield Date(f"{kind}.closes", closes, window.closes)
    for one in bases.rounds:
        yield from _dates_of_round(one, bases.each_round[one.code].calendar.evaluation)
    yield Date("results", _("Result"), bases.calendar.results)


def _dates_of_round(one: Round, window: Window) -> Iterator[Date]:
    title = plain(one.title) or one.code
    yield Date(f"rounds.{one.code}.opens", _("%(round)s begins", round=title), window.opens)
    yield Date(f"rounds.{one.code}.closes", _("%(round)s ends", round=title), window.closes)


def _announced(phase: Phase, calendar: Calendar, now: datetime, _call: Call) -> Status:
    at = min(window.opens for window in windows(calendar).values())
    left = time_left(at - now)
    return Status(phase, _("Opens in %(time)s", time=left), at, _("Opening"), _("Opens in"), left)


def _open(phase: Phase, calendar: Calendar, now: datetime, _call: Call) -> Status:
    at = calendar.submission.closes
    left, soon = time_left(at - now), at - now < SOON
    return Status(phase, _("Closes in %(time)s", time=left), at, _("Deadline"), _("Closes in"), left, soon)


def _registration(phase: Phase, calendar: Calendar, now: datetime, _call: Call) -> Status:
    at = calendar.registration.closes
    left, soon = time_left(at - now), at - now < SOON
    big = _("Registration closes in %(time)s", time=left)
    return Status(phase, big, at, _("Deadline"), _("Registration closes in"), left, soon)


def _between(phase: Phase, calendar: Calendar, now: datetime, _call: Call) -> Status:
    if now < calendar.submission.opens:
        at = calendar.submission.opens
        left = time_left(at - now)
        big = _("Submission opens in %(time)s", time=left)
        return Status(phase, big, at, _("Next date"), _("Submission opens in"), left)
    at = calendar.evaluation.opens
    left = time_left(at - now)
    big = _("Evaluation begins in %(time)s", time=left)
    return Status(phase, big, at, _("Next date"), _("Evaluation begins in"), left)


def _evaluation(phase: Phase, calendar: Calendar, _now: datetime, _call: Call) -> Status:
    return Status(phase, _("The jury is reading"), calendar.results, _("Result due"))


def _deciding(phase: Phase, calendar: Calendar, _now: datetime, _call: Call) -> Status:
    return Status(phase, _("The result is to come"), calendar.results, _("Result due"))


def _results(phase: Phase, _calendar: Calendar, _now: datetime, call: Call) -> Status:
    return Status(phase, _("The result is published"), call.results_published_at, _("Publication"))


_STATUS: dict[Phase, Callable[[Phase, Calendar, datetime, Call], Status]] = {
    Phase.ANNOUNCED: _announced,
    Phase.OPEN: _open,
    Phase.REGISTRATION: _registration,
    Phase.BETWEEN: _between,
    Phase.EVALUATION: _evaluation,
    Phase.DECIDING: _deciding,
    Phase.RESULTS: _results,
}
