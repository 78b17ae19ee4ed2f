"""What submissions do when a call changes or a team ends, and the figures that they give to the cockpit."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls import hooks
from thinkia.domain.bases import WindowKind
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.phases import open_windows
from thinkia.submissions import acts, services
from thinkia.submissions.queries import numbers_of, submissions_of_team
from thinkia.teams import hooks as team_hooks
from thinkia.teams.models import Team

acts.register()


@hooks.on_change
def drafts_follow(change: hooks.Change) -> None:
    services.follow_bases(change.call)


@hooks.on_publish
def drafts_at_the_close(call: Any, now: datetime) -> None:
    services.await_close(call, now)


@team_hooks.before_ending
def keep_what_was_handed_in(team: Team, _now: datetime) -> None:
    services.forget(team)


@team_hooks.on_page
def proposals(team: Team, now: datetime) -> Iterator[team_hooks.Part]:
    """The team's proposals; and where to begin one, while there is a challenge left."""
    own, bases = submissions_of_team(team), team.call.bases
    is_open = WindowKind.SUBMISSION in open_windows(bases.calendar, now)
    for one in own:
        goes_on = is_open and one.state == SubmissionState.DRAFT
        link = _("Go on with the proposal") if goes_on else _("See the proposal")
        yield team_hooks.Part(_("Proposal"), one.title, link, "submissions.show", {"code": one.code})
    if is_open and len(own) < len(bases.challenges):
        title, under = _("Proposal"), _("Your team can begin: everybody in it can write.")
        if own:
            title, under = _("Another proposal"), _("Your team can also answer another challenge.")
        yield team_hooks.Part(title, under, _("Start a proposal"), "submissions.new", {"code": team.code})


@hooks.on_cockpit
def figures(call: Any, _now: datetime) -> Iterator[hooks.CockpitPart]:
    """How many proposals were handed in, and how many are still drafts."""
    numbers = numbers_of(call)
    handed_in = numbers.get(SubmissionState.SUBMITTED, 0)
    drafts = numbers.get(SubmissionState.DRAFT, 0)
    under = ngettext("%(num)d draft", "%(num)d drafts", drafts)
    yield hooks.Figure(handed_in, _("proposals submitted"), under=under, order=30)
    yield hooks.Step("submission", ngettext("%(num)d submitted", "%(num)d submitted", handed_in))
