"""An organiser's overview of one call: what the calendar says, and what the features above bring to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.hooks import Alert, CockpitPart, Figure, NextAction, Step, Task
from thinkia.calls.models import Call
from thinkia.calls.queries import draft_version
from thinkia.calls.wording import STATES
from thinkia.calls.wording.dates import Status, status, time_left
from thinkia.domain.bases import Calendar
from thinkia.domain.lifecycle import CallState
from thinkia.policy import Action
from thinkia.web.locale import day_short, hours
from thinkia.web.security import may

FIGURES = 6
Part = TypeVar("Part", Figure, NextAction, Alert, Task, Step)


@dataclass(frozen=True)
class Cockpit:
    """What the page shows. Figures are at most six; of several next actions the first in order is shown."""

    status: Status
    phases: list[tuple[str, str, str]]
    action: NextAction | None
    figures: list[tuple[Any, str | None, str, str | None]]
    alerts: list[dict[str, str]]
    tasks: list[tuple[str, str, str | None, str | None]]


def cockpit(call: Call, parts: Iterable[CockpitPart], now: datetime) -> Cockpit:
    """The cockpit of a call from its calendar and the parts that features above gave."""
    given = list(parts)
    now_status = status(call, call.bases, now)
    actions = [*_of(NextAction, given), *_own_actions(call)]
    figures = [*_of(Figure, given), *_own_figures(call, now_status, now)]
    return Cockpit(
        now_status,
        _phases(call, {step.phase: step.under for step in _of(Step, given)}, now),
        min(actions, key=lambda action: action.order, default=None),
        [(one.number, one.of or None, one.words, one.under or None) for one in figures[:FIGURES]],
        [
            {
                "symbol": one.symbol,
                "title": one.title,
                "under": one.under,
                "link": one.link,
                "href": one.href,
            }
            for one in _of(Alert, given)
        ],
        [
            ("met" if one.done else "waiting", one.text, one.under or None, one.href or None)
            for one in _of(Task, given)
        ],
    )


def _of(kind: type[Part], parts: list[CockpitPart]) -> list[Part]:
    """The parts of one kind, in their order."""
    found = [part for part in parts if isinstance(part, kind)]
    return sorted(found, key=lambda part: getattr(part, "order", 0))


def _own_actions(call: Call) -> Iterable[NextAction]:
    """What the call itself asks for: to be finished and published, or its change to be decided."""
    if not may(Action.CALL_PUBLISH, call):
        return
    address = url_for("calls_manage.publish", code=call.code)
    if call.state == CallState.DRAFT:
        under = _("Nobody but your host's people sees it yet.")
        yield NextAction(_("Finish and publish the call"), under, _("Look it over and publish"), address, 10)
    elif draft_version(call) is not None:
        under = _("It is not in force until you publish it, with its reason.")
        yield NextAction(_("A change of the rules waits"), under, _("Look the change over"), address, 20)


def _own_figures(call: Call, now_status: Status, now: datetime) -> Iterable[Figure]:
    challenges = len(call.bases.challenges)
    version = call.version.number if call.version else 0
    if now_status.at is not None and now_status.left:
        number, _blank, unit = time_left(now_status.at - now).partition(" ")
        under = (
            f"{day_short(now_status.at, call.bases.time_zone)}, {hours(now_status.at, call.bases.time_zone)}"
        )
        yield Figure(number, now_status.label, under, unit)
    yield Figure(challenges, ngettext("challenge", "challenges", challenges))
    yield Figure(version, _("version of the rules"), str(STATES[call.state]))


def _phases(call: Call, under: dict[str, str], now: datetime) -> list[tuple[str, str, str]]:
    """The steps of a call: done, under way or to come."""
    calendar, zone = call.calendar, call.bases.time_zone
    rules = ngettext("version %(num)d", "version %(num)d", call.version.number if call.version else 0)
    draft = call.state == CallState.DRAFT
    steps = [(_("Rules"), str(STATES[CallState.DRAFT]) if draft else rules, draft, not draft)]
    for key, name, opens, closes in _windows(calendar):
        when = f"{day_short(closes, zone)}, {hours(closes, zone)}"
        steps.append(
            (name, under.get(key) or when, not draft and opens <= now < closes, not draft and closes <= now)
        )
    published = call.results_published_at
    due = calendar.evaluation.closes <= now and published is None and not draft
    when = day_short(published or calendar.results, zone)
    steps.append((_("Result"), under.get("results") or when, due, published is not None))
    return [(name, words, "done" if done else "now" if open_ else "") for name, words, open_, done in steps]


def _windows(calendar: Calendar) -> list[tuple[str, str, datetime, datetime]]:
    return [
        ("registration", _("Registration"), calendar.registration.opens, calendar.registration.closes),
        ("submission", _("Proposals"), calendar.submission.opens, calendar.submission.closes),
        ("evaluation", _("Evaluation"), calendar.evaluation.opens, calendar.evaluation.closes),
    ]
