"""A draft: begun once per team and challenge, written by several people, taken back and taken up again."""

from datetime import datetime

from thinkia.calls.models import Challenge
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.db.transaction import atomic, lock
from thinkia.domain.answers import TITLE, Value, is_complete
from thinkia.domain.bases import Question
from thinkia.domain.deadlines import Deadline, Worth, saving
from thinkia.domain.lifecycle import SUBMISSION, SubmissionState, destination
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.policy import Actor
from thinkia.submissions import hooks
from thinkia.submissions.models import Answer, Seen, Submission, account_of, demand_editable
from thinkia.submissions.queries import WITH_CALL, answers_to, submissions_of_team
from thinkia.teams.models import Team
from thinkia.teams.queries import WITH_CALL as TEAM_WITH_CALL


@atomic
def start(team: Team, challenge: Challenge, title: str, actor: Actor, now: datetime) -> Submission:
    """Begin the team's answer to a challenge. A second click finds the first one's draft.

    Where the team has one already it is refused, and taken up again if it was withdrawn.
    """
    lock(team, *TEAM_WITH_CALL)
    known = next((one for one in submissions_of_team(team) if one.challenge_id == challenge.id), None)
    if challenge.call_id != team.call_id or not challenge.is_open:
        raise Refused(Reason.CHALLENGE_CLOSED)
    if known is not None and known.state == SubmissionState.DRAFT and known.title == title:
        return known
    if known is not None:
        raise Refused(Reason.CHALLENGE_TAKEN)
    submission = Submission(
        code=new_code(),
        call_id=team.call_id,
        call=team.call,
        challenge=challenge,
        team_id=team.id,
        bases_version_id=team.call.version_id,
        title=title,
        started_at=now,
    )
    db.session.add(submission)
    db.session.flush()
    log("submission.started", submission, actor, now, challenge=challenge.code)
    return submission


@atomic
def save(
    submission: Submission,
    question: Question,
    value: Value,
    actor: Actor,
    now: datetime,
    *,
    seen: Seen | None = None,
    by_hand: bool = True,
) -> Answer | None:
    """Keep what was answered, complete or not. ``now`` is when the request arrived.

    After the deadline it is kept apart and counts for nothing. What somebody else saved since ``seen`` is
    not overwritten: ``ANSWER_CHANGED_ELSEWHERE``. ``None``: there was nothing to keep.
    """
    lock(submission, *WITH_CALL)
    demand_editable(submission)
    is_late = saving(Deadline.of(submission.call.calendar), now).worth is Worth.KEPT
    known = answers_to(submission, question.code)
    answer = known.get(is_late)
    standing = answer or known.get(False)
    if (standing.value if standing else None) == value:
        return standing
    _demand_seen(answer, seen, is_late=is_late)
    if answer is None:
        answer = Answer(submission_id=submission.id, question=question.code, is_late=is_late, version=0)
        db.session.add(answer)
    answer.value, answer.version = value, answer.version + 1
    answer.saved_at, answer.saved_by_id = now, account_of(actor)
    answer.saved_from = seen.page if seen else ""
    submission.saved_at = now
    if question.code == TITLE.code and not is_late and is_complete(TITLE, value):
        submission.title = value
    db.session.flush()
    if by_hand or is_late:  # what is saved while somebody types would drown the journal
        log("submission.saved", submission, actor, now, question=question.code, late=is_late)
    return answer


@atomic
def withdraw(submission: Submission, actor: Actor, now: datetime) -> None:
    """Take the submission out of the call. Receipts stay; it can be taken up again until the deadline."""
    _move(submission, "withdraw")
    log("submission.withdrawn", submission, actor, now)


@atomic
def leave(submission: Submission, actor: Actor, now: datetime) -> None:
    """Give up the place in the competition once the deadline is over: for good. Receipts and marks stay."""
    call = lock(submission.call, *WITH_BASES)  # before the submission, as whoever closes a round
    if call.results_published_at is not None:
        raise Refused(Reason.RESULT_PUBLISHED)
    _move(submission, "leave")
    log("submission.left", submission, actor, now)
    db.session.flush()
    hooks.tell_leaving(call, now)


@atomic
def reopen(submission: Submission, actor: Actor, now: datetime) -> None:
    """Take a withdrawn submission up again, as a draft that has to be handed in."""
    _move(submission, "reopen")
    submission.receipt_id = submission.submitted_at = None
    submission.bases_version_id = submission.call.version_id or submission.bases_version_id
    log("submission.reopened", submission, actor, now)


@atomic
def log(action: str, submission: Submission, actor: Actor, now: datetime, **data: str | int | bool) -> None:
    """One line of the journal about a submission."""
    record(
        action,
        f"submission:{submission.code}",
        actor=actor,
        now=now,
        call_id=submission.call_id,
        data=data,
    )


def _move(submission: Submission, name: str) -> None:
    lock(submission, *WITH_CALL)
    state = destination(SUBMISSION, name, submission.state)
    if state is None:
        raise Refused(Reason.NOT_EDITABLE)
    submission.state = SubmissionState(state)


def _demand_seen(answer: Answer | None, seen: Seen | None, *, is_late: bool) -> None:
    """The page that saved last may save again, also when it never heard that the last time succeeded."""
    version = answer.version if answer else 0
    if seen is None or (answer is not None and seen.page and answer.saved_from == seen.page):
        return
    if version != (seen.late_version if is_late else seen.version):
        raise Refused(Reason.ANSWER_CHANGED_ELSEWHERE)
