"""Every SELECT about what teams read of their result."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import joinedload

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.domain.lifecycle import COMPETED, ReviewState, SubmissionState
from thinkia.feedback.models import CommentCheck, Counts, Show
from thinkia.jury.models import Mark, Review
from thinkia.submissions.models import Submission

AS_CHECKED = and_(CommentCheck.review_id == Review.id, CommentCheck.version == Review.version)
COMPETES = and_(Submission.state.in_(COMPETED), Submission.state != SubmissionState.EXCLUDED)
IS_COMMENT = and_(Review.state == ReviewState.FINAL, Review.feedback != "")


_SHOWS: dict[Show, ColumnElement[bool]] = {
    Show.WAITING: CommentCheck.review_id.is_(None),
    Show.SHOWN: CommentCheck.is_shown.is_(True),
    Show.HELD: CommentCheck.is_shown.is_(False),
}


def submission_for_feedback(code: str) -> Submission | None:
    """A submission with its call, the bases and host."""
    return db.session.scalar(_with_call().where(Submission.code == code))


def submission_of_call(code: str, submission: str) -> Submission | None:
    """The same, if it was handed in to the call of that code."""
    return db.session.scalar(
        _with_call()
        .join(Call, Call.id == Submission.call_id)
        .where(Submission.code == submission, Call.code == code, Submission.state.in_(COMPETED))
    )


def competed(call: Call) -> Select[tuple[Submission]]:
    """What was handed in and stayed, excluded or not, by code."""
    return (
        select(Submission)
        .where(Submission.call_id == call.id, Submission.state.in_(COMPETED))
        .order_by(Submission.code)
    )


def comments_to(call: Call, show: Show) -> Select[Any]:
    """(code, version, text, submission, is_shown, reason) of comments to teams, of every round: nothing says
    whose.
    """
    return (
        select(
            Review.code,
            Review.version,
            Review.feedback.label("text"),
            Submission.code.label("submission"),
            CommentCheck.is_shown,
            CommentCheck.reason,
        )
        .join(Submission, Submission.id == Review.submission_id)
        .outerjoin(CommentCheck, AS_CHECKED)
        .where(Review.call_id == call.id, IS_COMMENT, COMPETES, _SHOWS[show])
        .order_by(Submission.code, Review.code)
        .execution_options(**EVERY_ROUND)
    )


def counts(call: Call) -> Counts:
    """Of all comments to the teams of a call."""
    return _counted(Review.call_id == call.id)


def counts_of(submission: Submission) -> Counts:
    """Of the comments to one team."""
    return _counted(Review.submission_id == submission.id)


def shown_comments(submission: Submission) -> list[str]:
    """What its team may read. The order says nothing of who wrote."""
    return list(
        db.session.scalars(
            select(Review.feedback)
            .join(CommentCheck, AS_CHECKED)
            .where(Review.submission_id == submission.id, IS_COMMENT, CommentCheck.is_shown.is_(True))
            .order_by(Review.code),
            execution_options=EVERY_ROUND,
        )
    )


def marks_given(submission: Submission, closed_round: int | None) -> dict[str, int]:
    """How many final marks each criterion of it has, of a round that is closed or of the one it is in."""
    rows = db.session.execute(
        select(Mark.criterion, func.count())
        .join(Review, Review.id == Mark.review_id)
        .where(
            Review.submission_id == submission.id,
            Review.state == ReviewState.FINAL,
            Review.closed_round.is_(None) if closed_round is None else Review.closed_round == closed_round,
        )
        .group_by(Mark.criterion),
        execution_options=EVERY_ROUND,
    )
    return dict(rows.tuples().all())


def reviews_of(call: Call, codes: Sequence[str]) -> dict[str, tuple[Review, CommentCheck | None]]:
    """Final reviews of a call with a comment, by code, each with what was decided of any version."""
    rows = db.session.execute(
        select(Review, CommentCheck)
        .outerjoin(CommentCheck, CommentCheck.review_id == Review.id)
        .where(Review.call_id == call.id, Review.code.in_(codes), IS_COMMENT),
        execution_options=EVERY_ROUND,
    )
    return {review.code: (review, check) for review, check in rows.tuples()}


def _counted(condition: ColumnElement[bool]) -> Counts:
    shown = func.count(case((CommentCheck.is_shown.is_(True), 1)))
    held = func.count(case((CommentCheck.is_shown.is_(False), 1)))
    row = db.session.execute(
        select(func.count(), shown, held)
        .select_from(Review)
        .join(Submission, Submission.id == Review.submission_id)
        .outerjoin(CommentCheck, AS_CHECKED)
        .where(condition, IS_COMMENT, COMPETES),
        execution_options=EVERY_ROUND,
    ).one()
    return Counts(*row)


def _with_call() -> Select[tuple[Submission]]:
    return select(Submission).options(
        joinedload(Submission.call).joinedload(Call.version),
        joinedload(Submission.call).joinedload(Call.host),
    )
