"""What ends a review without marks: a conflict of the juror, or an excuse of the organisers.

Nothing is erased. The review keeps what it had and the reason; it counts no more, and the juror sees the
proposal no more.
"""

from datetime import datetime

from sqlalchemy.orm import joinedload

from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.lifecycle import REVIEW, ReviewState, destination
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury.models import Conflict, Juror, Review
from thinkia.jury.queries.people import standing_conflict
from thinkia.jury.queries.reviews import review_between
from thinkia.policy import Actor
from thinkia.submissions.models import Submission


@atomic
def declare(
    juror: Juror,
    submission: Submission,
    reason: str,
    actor: Actor,
    now: datetime,
    *,
    by_organiser: bool = False,
) -> Conflict:
    """A juror must not judge this proposal: from this moment it is nowhere in his or her reach.

    A review that was begun, or is final, is kept and excluded. Said by the juror, or recorded by the
    organisers as a recusal; always with a reason.
    """
    if not reason:
        raise Refused(Reason.REASON_NEEDED)
    lock(juror)
    if standing_conflict(juror, submission.id) is not None:
        raise Refused(Reason.CONFLICT_KNOWN, submission=submission.code)
    conflict = Conflict(
        juror_id=juror.id,
        submission_id=submission.id,
        reason=reason,
        by_organiser=by_organiser,
        declared_at=now,
        declared_by_id=actor.account_id,
    )
    db.session.add(conflict)
    _record("conflict.recorded" if by_organiser else "conflict.declared", juror, submission, actor, now)
    review = review_between(juror, submission.id)
    if review is not None and destination(REVIEW, "recuse", review.state) is not None:
        close(review, "recuse", reason, actor, now)
    return conflict


@atomic
def withdraw(conflict: Conflict, actor: Actor, now: datetime) -> None:
    """Take a conflict back: a date in the register. A review that it ended stays ended."""
    conflict = lock(conflict, joinedload(Conflict.juror), joinedload(Conflict.submission))
    if conflict.withdrawn_at is not None:
        raise Refused(Reason.NOTHING_CHANGED)
    conflict.withdrawn_at = now
    _record("conflict.withdrawn", conflict.juror, conflict.submission, actor, now)


@atomic
def excuse(review: Review, reason: str, actor: Actor, now: datetime) -> None:
    """This review will not be given, for a reason that is kept; a ranking goes on without it.

    What is final is not excused: a mark that a juror has given is never taken away like this.
    """
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    close(review, "excuse", reason.strip(), actor, now)


@atomic
def close(review: Review, move: str, reason: str, actor: Actor, now: datetime) -> None:
    """End a review by ``excuse`` or ``recuse``."""
    review = lock(review)
    state = destination(REVIEW, move, review.state)
    if state is None:
        raise Refused(Reason.REVIEW_CLOSED)
    review.state, review.closed_at, review.closed_reason = ReviewState(state), now, reason
    record(f"review.{state}", f"review:{review.code}", actor=actor, now=now, call_id=review.call_id)


def _record(action: str, juror: Juror, submission: Submission, actor: Actor, now: datetime) -> None:
    about = {"submission": submission.code}
    record(action, f"juror:{juror.code}", actor=actor, now=now, call_id=juror.call_id, data=about)
