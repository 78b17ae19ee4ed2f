"""SELECTs about what was taken out of an order, or given back: exclusions, closed reviews, reopened ones."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import joinedload

from thinkia.agreements.models import Agreement
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.domain.lifecycle import AgreementState, ReviewState, SubmissionState
from thinkia.jury.models import FormerReview, Juror, Review
from thinkia.submissions.models import Submission
from thinkia.submissions.services import EXCLUDE

CLOSED = (ReviewState.EXCUSED, ReviewState.RECUSED)
MOST = 200


def excluded(call: Call) -> Sequence[Row[Any]]:
    """(code, excluded_at, excluded_reason) of what left the competition, the last one first."""
    return db.session.execute(
        select(Submission.code, Submission.excluded_at, Submission.excluded_reason)
        .where(Submission.call_id == call.id, Submission.state == SubmissionState.EXCLUDED)
        .order_by(Submission.excluded_at.desc(), Submission.code)
        .limit(MOST)
    ).all()


def exclusions_agreed(call: Call) -> dict[str, Agreement]:
    """Proposal's code → the two persons who excluded it."""
    rows = db.session.scalars(
        select(Agreement)
        .where(
            Agreement.call_id == call.id,
            Agreement.kind == EXCLUDE,
            Agreement.state == AgreementState.CONFIRMED,
        )
        .options(joinedload(Agreement.asked_by), joinedload(Agreement.decided_by))
        .order_by(Agreement.id)
    )
    return {agreement.label: agreement for agreement in rows}


def closed_reviews(call: Call) -> Select[Any]:
    """(submission, juror, sector, state, reason, at, is_abstention) of reviews not given, in any round."""
    return (
        select(
            Submission.code.label("submission"),
            Juror.name.label("juror"),
            Review.sector.label("sector"),
            Review.state.label("state"),
            Review.closed_reason.label("reason"),
            Review.closed_at.label("at"),
            Review.is_abstention.label("is_abstention"),
        )
        .join(Submission, Submission.id == Review.submission_id)
        .join(Juror, Juror.id == Review.juror_id)
        .where(
            Review.call_id == call.id,
            Review.state.in_(CLOSED),
            Submission.state == SubmissionState.SUBMITTED,
        )
        .order_by(Review.closed_at.desc(), Review.id)
        .execution_options(**EVERY_ROUND)
    )


def former_of_call(call: Call) -> Sequence[FormerReview]:
    """What final reviews of any round were before, the last one first, with who reopened them."""
    return db.session.scalars(
        select(FormerReview)
        .join(Review, Review.id == FormerReview.review_id)
        .where(Review.call_id == call.id)
        .options(
            joinedload(FormerReview.review).joinedload(Review.juror),
            joinedload(FormerReview.review).joinedload(Review.submission),
            joinedload(FormerReview.agreement).joinedload(Agreement.asked_by),
            joinedload(FormerReview.agreement).joinedload(Agreement.decided_by),
        )
        .order_by(FormerReview.ended_at.desc(), FormerReview.id)
        .limit(MOST),
        execution_options=EVERY_ROUND,
    ).all()
