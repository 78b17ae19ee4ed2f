"""Where the pages of a submission hang, and what several of them need."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, url_for

from thinkia.domain.deadlines import Deadline
from thinkia.domain.formation import findings
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.standing import standing
from thinkia.submissions import wording
from thinkia.submissions.models import Answer, Submission, SubmittedFile
from thinkia.teams.wording import finding_words
from thinkia.web.navigation import way_to
from thinkia.web.security import now

bp = Blueprint("submissions", __name__)


def whole(submission: Submission) -> dict[str, Any]:
    """What the task list and the page of answers show."""
    bases = submission.call.bases
    deadline = Deadline.of(bases.calendar)
    members = [member.registration.attributes for member in submission.team.members]
    found = findings(bases.team, members)
    title, *lines = submission.lines
    version = submission.call.version
    is_draft = submission.state == SubmissionState.DRAFT
    return {
        "submission": submission,
        "bases": bases,
        "deadline": deadline,
        "standing": standing(submission.state, deadline, now()),
        "title": title,
        "lines": lines,
        "missing": [line for line in (title, *lines) if not line.is_complete],
        "rules": [finding_words(each) for each in found],
        "is_team_whole": all(each.is_met for each in found),
        "challenge": next((one for one in bases.challenges if one.code == submission.challenge.code), None),
        "savers": _savers(submission),
        "followed": is_draft and bool(version and (version.published_at or now()) > submission.started_at),
        "local_clock": deadline.closes.astimezone(ZoneInfo(bases.time_zone)),
        "w": wording,
    }


def _savers(submission: Submission) -> dict[str, Answer | SubmittedFile]:
    """Who saved what counts, and when, by question."""
    answers = {answer.question: answer for answer in submission.answers if not answer.is_late}
    return {**answers, **{file.question: file for file in submission.files}}


def file_address(submission: Submission) -> Any:
    """The address of a file of this submission, by its id."""
    return lambda file_id: url_for("submissions.file", code=submission.code, file_id=file_id)


def feedback_address(submission: Submission) -> str:
    """Where the team reads what the jury says, once that page exists."""
    return way_to("feedback.show", code=submission.code)
