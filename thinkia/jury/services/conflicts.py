"""What ends a review without marks: a conflict of the juror, or an excuse of the organisers.

Nothing is erased. The review keeps what it had and the reason; it counts no more, and the juror sees the
proposal no more. Where a juror has given marks, organisers alone take none away: two persons decide.
"""

from datetime import datetime

from sqlalchemy.orm import joinedload

from thinkia.agreements.models import Agreement
from thinkia.agreements.services import Wanted, ask
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.lifecycle import REVIEW, ReviewState, destination
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury.models import Conflict, Juror, Review
from thinkia.jury.queries.people import juror_of_call, standing_conflict, submission_in
from thinkia.jury.queries.reviews import marks_of, review_between, review_by_code, times_reopened
from thinkia.policy import Actor
from thinkia.submissions.models import Submission

RECUSE, EXCUSE = "review.recuse", "review.excuse"


@atomic
def declare(juror: Juror, submission: Submission, reason: str, actor: Actor, now: datetime) -> Conflict:
    """A juror says so of a proposal: from this moment it is nowhere in his or her reach.

    A review that was begun, or is final, is kept and excluded. Always with a reason.
    """
    return _keep_out(juror, submission, reason, actor, now)


@atomic
def recuse(
    juror: Juror, submission: Submission, reason: str, actor: Actor, now: datetime
) -> Agreement | None:
    """The organisers keep a juror from a proposal: at once, unless marks are there.

    Marks that a juror has given are excluded by two persons: then the request that waits is returned.
    """
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    if standing_conflict(juror, submission.id) is not None:
        raise Refused(Reason.CONFLICT_KNOWN, submission=submission.code)
    review = review_between(juror, submission.id)
    if review is None or not _has_marks(lock(review)):
        _keep_out(juror, submission, reason, actor, now, by_organiser=True)
        return None
    wanted = Wanted(
        kind=RECUSE,
        object_ref=f"review:{review.code}",
        label=submission.code,
        reason=reason,
        arguments={"juror": juror.code, "submission": submission.code},
    )
    return ask(juror.call, wanted, actor, now)


@atomic
def perform_recusal(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """What ``recuse`` asked for, confirmed."""
    juror = juror_of_call(agreement.call_id, agreement.arguments["juror"])
    submission = submission_in(agreement.call_id, agreement.arguments["submission"])
    if juror is None or submission is None:
        raise Refused(Reason.REVIEW_CLOSED)
    _keep_out(juror, submission, agreement.reason, actor, now, by_organiser=True, agreement=agreement)


@atomic
def withdraw(conflict: Conflict, actor: Actor, now: datetime) -> None:
    """Take a conflict back: a date in the register. A review that it ended stays ended."""
    conflict = lock(conflict, joinedload(Conflict.juror), joinedload(Conflict.submission))
    if conflict.withdrawn_at is not None:
        raise Refused(Reason.NOTHING_CHANGED)
    conflict.withdrawn_at = now
    _record("conflict.withdrawn", conflict.juror, conflict.submission, actor, now)


@atomic
def excuse(review: Review, reason: str, actor: Actor, now: datetime) -> Agreement | None:
    """This review will not be given, for a reason that is kept; a ranking goes on without it.

    What is final is not excused: a mark that a juror has given is never taken away like this. What was
    final and was reopened counted once: excusing it needs a second person, and the request is returned.
    """
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    if destination(REVIEW, "excuse", review.state) is None or not times_reopened(review):
        close(review, "excuse", reason.strip(), actor, now)
        return None
    label = review.submission.code
    wanted = Wanted(kind=EXCUSE, object_ref=f"review:{review.code}", label=label, reason=reason)
    return ask(review.call, wanted, actor, now)


@atomic
def perform_excuse(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """What ``excuse`` asked for, confirmed."""
    review = review_by_code(agreement.object_ref.removeprefix("review:"))
    if review is None:
        raise Refused(Reason.REVIEW_CLOSED)
    close(review, "excuse", agreement.reason, actor, now)


@atomic
def close(review: Review, move: str, reason: str, actor: Actor, now: datetime) -> None:
    """End a review by ``excuse`` or ``recuse``."""
    review = lock(review)
    state = destination(REVIEW, move, review.state)
    if state is None:
        raise Refused(Reason.REVIEW_CLOSED)
    review.state, review.closed_at, review.closed_reason = ReviewState(state), now, reason
    record(f"review.{state}", f"review:{review.code}", actor=actor, now=now, call_id=review.call_id)


def _keep_out(
    juror: Juror,
    submission: Submission,
    reason: str,
    actor: Actor,
    now: datetime,
    *,
    by_organiser: bool = False,
    agreement: Agreement | None = None,
) -> Conflict:
    """Write the conflict down and end the review. Whoever asked is whose conflict it is in the register."""
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    lock(juror)
    if standing_conflict(juror, submission.id) is not None:
        raise Refused(Reason.CONFLICT_KNOWN, submission=submission.code)
    conflict = Conflict(
        juror_id=juror.id,
        submission_id=submission.id,
        reason=reason.strip(),
        by_organiser=by_organiser,
        declared_at=now,
        declared_by_id=agreement.asked_by_id if agreement else actor.account_id,
        agreement_id=agreement.id if agreement else None,
    )
    db.session.add(conflict)
    _record("conflict.recorded" if by_organiser else "conflict.declared", juror, submission, actor, now)
    review = review_between(juror, submission.id)
    if review is not None and destination(REVIEW, "recuse", review.state) is not None:
        close(review, "recuse", reason.strip(), actor, now)
    return conflict


def _has_marks(review: Review) -> bool:
    """Whether there is anything that a juror has given, now or before it was reopened."""
    open_or_final = destination(REVIEW, "recuse", review.state) is not None
    return open_or_final and bool(marks_of(review) or times_reopened(review))


def _record(action: str, juror: Juror, submission: Submission, actor: Actor, now: datetime) -> None:
    about = {"submission": submission.code}
    record(action, f"juror:{juror.code}", actor=actor, now=now, call_id=juror.call_id, data=about)
