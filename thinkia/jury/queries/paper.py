"""SELECTs about ballots on paper: which reviews have no mark, who may not see theirs, what was printed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.domain.lifecycle import CallState, JurorState, SubmissionState
from thinkia.domain.reasons import Reason
from thinkia.jury.models import FormerReview, Juror, Mark, Review
from thinkia.jury.queries.conflicts import accounts_kept_from, keeps_its_juror_out
from thinkia.jury.queries.people import WITH_CALL
from thinkia.jury.queries.reviews import UNFINISHED, former_versions
from thinkia.outside.outbox import OutboxTask
from thinkia.submissions.models import Receipt, Submission

PRINT = "jury.print_ballots"  # stands in the outbox: never renamed


def without_marks() -> tuple[ColumnElement[bool], ...]:
    """Of a review: open, with no mark now or ever, and its juror still may read the proposal.

    For a SELECT that joins ``Juror`` and ``Submission``.
    """
    return (
        Review.state.in_(UNFINISHED),
        Submission.state == SubmissionState.SUBMITTED,
        Juror.state == JurorState.ACCEPTED,
        ~exists().where(Mark.review_id == Review.id),
        ~exists().where(FormerReview.review_id == Review.id),
        ~keeps_its_juror_out(),
    )


def to_print(call: Call) -> Select[Any]:
    """(Juror, ballots) of everybody with reviews that have no mark, by name."""
    return (
        select(Juror, func.count().label("ballots"))
        .join(Review, Review.juror_id == Juror.id)
        .join(Submission, Submission.id == Review.submission_id)
        .where(Review.call_id == call.id, *without_marks())
        .group_by(Juror.id)
        .order_by(Juror.name, Juror.id)
    )


def jurors_to_print(call_id: int) -> Sequence[Juror]:
    """The same people, with the call, its bases and host."""
    of_call = (
        select(Review.juror_id)
        .join(Juror, Juror.id == Review.juror_id)
        .join(Submission, Submission.id == Review.submission_id)
        .where(Review.call_id == call_id, *without_marks())
    )
    statement = select(Juror).where(Juror.id.in_(of_call)).options(*WITH_CALL).order_by(Juror.name, Juror.id)
    return db.session.scalars(statement).all()


def ballots_of(juror: Juror) -> Sequence[Review]:
    """A juror's reviews without a mark, in the order of the list, with proposal and receipt."""
    return db.session.scalars(
        select(Review)
        .join(Juror, Juror.id == Review.juror_id)
        .join(Submission, Submission.id == Review.submission_id)
        .where(Review.juror_id == juror.id, *without_marks())
        .options(
            joinedload(Review.submission).joinedload(Submission.challenge),
            joinedload(Review.receipt).joinedload(Receipt.bases_version),
            selectinload(Review.marks),
        )
        .order_by(Review.position, Review.id)
    ).all()


def last_print(call_id: int) -> OutboxTask | None:
    """The last time that all ballots of a call were asked for, and what came of it."""
    return db.session.scalar(
        select(OutboxTask)
        .where(OutboxTask.dedupe_key.like(f"{PRINT}:{call_id}:%"))
        .order_by(OutboxTask.id.desc())
        .limit(1)
    )


def accounts_kept_from_marks(review_codes: Sequence[str]) -> Sequence[Row[Any]]:
    """(review, account) of those who may not see what a juror gave on paper.

    The juror, whoever has a conflict with the proposal, and everybody who reads it for the same panel. Of a
    round that is closed also whoever reads it now.
    """
    beside, reader = aliased(Review), aliased(Juror)
    same_panel = or_(beside.closed_round.is_(None), beside.closed_round == Review.closed_round)
    panel = (
        select(Review.code, reader.account_id)
        .join(beside, beside.submission_id == Review.submission_id)
        .join(reader, reader.id == beside.juror_id)
        .where(Review.code.in_(review_codes), same_panel, reader.account_id.is_not(None))
    )
    read = db.session.execute(panel, execution_options=EVERY_ROUND)
    return [*accounts_kept_from(review_codes), *read]


def why_no_paper(review: Review, account_id: int | None, now: datetime) -> Reason | None:
    """What keeps this person from entering this review from paper; ``None``: nothing.

    The review is as ``review_by_code`` loads it.
    """
    call = review.call
    live = call.state is CallState.PUBLISHED and call.results_published_at is None
    if not live or now < call.calendar.evaluation.opens:
        return Reason.PAPER_NOT_NOW
    stands = review.submission.state is SubmissionState.SUBMITTED
    if not stands or review.juror.state is not JurorState.ACCEPTED or review.state not in UNFINISHED:
        return Reason.PAPER_CLOSED
    if review.kept_out or not review.statement_signed:
        return Reason.PAPER_CONFLICT
    if review.has_content or former_versions(review):
        return Reason.PAPER_MARKS_THERE
    own = account_id in {row[1] for row in accounts_kept_from_marks([review.code])}
    return Reason.PAPER_OWN if own else None
