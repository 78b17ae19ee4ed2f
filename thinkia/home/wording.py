"""The words of the desks: what comes next, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from thinkia.calls.models import Call
from thinkia.domain.bases import WindowKind
from thinkia.domain.next_step import NextStep, next_step
from thinkia.domain.phases import open_windows
from thinkia.jury.models import Juror
from thinkia.submissions.models import Submission
from thinkia.teams.models import Team

STATUS = {
    NextStep.WAIT_FOR_OPENING: (_l("Team ready"), "plain"),
    NextStep.FIND_TEAM: (_l("No team yet"), ""),
    NextStep.START_SUBMISSION: (_l("Not begun"), "soft"),
    NextStep.FINISH_SUBMISSION: (_l("Draft"), ""),
    NextStep.MAY_STILL_CHANGE: (_l("Submitted"), "plain"),
    NextStep.WAIT_FOR_JURY: (_l("In evaluation"), "plain"),
    NextStep.NOT_HANDED_IN: (_l("Not submitted"), "off"),
    NextStep.WAITING: (_l("On the waiting list"), "soft"),
    NextStep.DID_NOT_GO_ON: (_l("Did not go on"), "off"),
    NextStep.EXCLUDED: (_l("Excluded"), "error"),
    NextStep.WITHDRAWN: (_l("Withdrawn"), "off"),
    NextStep.READ_RESULT: (_l("Result published"), "ink"),
}
BUTTONS = {
    NextStep.FIND_TEAM: _l("Find or create a team"),
    NextStep.START_SUBMISSION: _l("Start the proposal"),
    NextStep.FINISH_SUBMISSION: _l("Finish the proposal"),
    NextStep.MAY_STILL_CHANGE: _l("See the proposal"),
    NextStep.WAIT_FOR_JURY: _l("See the proposal"),
    NextStep.WAITING: _l("See the proposal"),
    NextStep.DID_NOT_GO_ON: _l("See the proposal"),
    NextStep.EXCLUDED: _l("Read the reason"),
    NextStep.READ_RESULT: _l("See the result"),
    NextStep.WAIT_FOR_OPENING: _l("See the team"),
}
PLACES = {
    NextStep.FIND_TEAM: "teams.find",
    NextStep.WAIT_FOR_OPENING: "teams.show",
    NextStep.START_SUBMISSION: "submissions.new",
    NextStep.READ_RESULT: "results.show",
}


@dataclass(frozen=True, slots=True)
class Application:
    """One line of a citizen's desk."""

    call: Call
    team: Team | None
    submission: Submission | None
    step: NextStep

    @property
    def status(self) -> tuple[Any, str]:
        return STATUS[self.step]

    @property
    def button(self) -> Any:
        return BUTTONS.get(self.step)

    @property
    def place(self) -> tuple[str, str]:
        """Endpoint and code of where the next step is taken."""
        endpoint = PLACES.get(self.step)
        if endpoint in {"teams.find", "results.show"}:
            return endpoint, self.call.code
        if endpoint and self.team:
            return endpoint, self.team.code
        return (
            ("submissions.show", self.submission.code) if self.submission else ("calls.show", self.call.code)
        )


class Seat(NamedTuple):
    """One line of a juror's desk."""

    juror: Juror
    call: Call
    left: int
    finished: int
    decides: bool  # an order waits for this chair


def headline(
    applications: Sequence[Application],
    seats: Sequence[Seat],
    invitations: Sequence[object],
    offered: Sequence[object],
) -> str:
    """The one thing that matters most on a desk, as a sentence: ``offered`` are seats on juries."""
    left = sum(seat.left for seat in seats)
    if left:
        return ngettext(
            "You have %(num)d proposal left to read", "You have %(num)d proposals left to read", left
        )
    if any(seat.decides for seat in seats):
        return _("An order waits for your decision")
    if offered:
        return _("A jury invites you")
    if invitations:
        return _("A team invites you")
    unfinished = sum(entry.step == NextStep.FINISH_SUBMISSION for entry in applications)
    if unfinished:
        return ngettext(
            "You have %(num)d proposal to finish", "You have %(num)d proposals to finish", unfinished
        )
    return _("My space")


def application(call: Call, team: Team | None, submission: Submission | None, now: datetime) -> Application:
    """What a citizen's desk says of one call."""
    step = next_step(
        open_windows(call.calendar, now),
        has_team=team is not None,
        submission=submission.state if submission else None,
        has_result=call.results_published_at is not None,
    )
    return Application(call, team, submission, step)


def deadline(call: Call, now: datetime) -> tuple[str, datetime] | None:
    """The next instant that matters to an applicant, in words and as a moment."""
    is_open, calendar = open_windows(call.calendar, now), call.calendar
    if WindowKind.SUBMISSION in is_open:
        return _("Submissions close"), calendar.submission.closes
    if now < calendar.submission.opens:
        return _("Submissions open"), calendar.submission.opens
    if call.results_published_at is None:
        return _("The result is due"), calendar.results
    return None
