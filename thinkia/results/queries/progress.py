"""SELECTs of the organisers' progress page: counts by juror and by proposal, open reviews. Never a mark."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.lifecycle import JurorState, ReviewState, SubmissionState
from thinkia.domain.sectors import in_ring_order
from thinkia.jury.models import Juror, Review
from thinkia.submissions.models import Submission

OPEN = (ReviewState.ASSIGNED, ReviewState.STARTED)
CLOSED = (ReviewState.EXCUSED, ReviewState.RECUSED)


def by_sector(call: Call) -> list[tuple[str, dict[ReviewState, int]]]:
    """Sector of the seat → how many reviews stand where, in the order of the ring."""
    rows = db.session.execute(
        select(Review.sector, Review.state, func.count())
        .join(Submission, Submission.id == Review.submission_id)
        .where(Review.call_id == call.id, Submission.state == SubmissionState.SUBMITTED)
        .group_by(Review.sector, Review.state)
    )
    found: dict[str, dict[ReviewState, int]] = {}
    for sector, state, count in rows:
        found.setdefault(sector, {})[state] = count
    return [(sector, found[sector]) for sector in in_ring_order(found)]


def jurors_at_work(call: Call) -> Select[Any]:
    """(Juror, open, final, closed) of those who accepted or were assigned something: most open first."""
    counts = _counts(call, Review.juror_id)
    left = func.coalesce(counts.c.left, 0)
    return (
        select(Juror, left.label("left"), func.coalesce(counts.c.final, 0), func.coalesce(counts.c.closed, 0))
        .outerjoin(counts, counts.c.key == Juror.id)
        .where(
            Juror.call_id == call.id,
            (Juror.state == JurorState.ACCEPTED) | counts.c.key.is_not(None),
        )
        .order_by(left.desc(), Juror.name, Juror.id)
    )


def submissions_read(call: Call) -> Select[Any]:
    """(code, title, open, final, closed) of what is in the competition: most open first, then by code."""
    counts = _counts(call, Review.submission_id)
    left = func.coalesce(counts.c.left, 0)
    return (
        select(
            Submission.code,
            Submission.title,
            left.label("left"),
            func.coalesce(counts.c.final, 0).label("final"),
            func.coalesce(counts.c.closed, 0).label("closed"),
        )
        .outerjoin(counts, counts.c.key == Submission.id)
        .where(Submission.call_id == call.id, Submission.state == SubmissionState.SUBMITTED)
        .order_by(left.desc(), Submission.code)
    )


def open_reviews(call: Call, juror: str, submission: str) -> Select[tuple[Review]]:
    """Reviews that are neither final nor closed, of this juror and this proposal where they are named."""
    statement = (
        select(Review)
        .join(Submission, Submission.id == Review.submission_id)
        .join(Juror, Juror.id == Review.juror_id)
        .where(
            Review.call_id == call.id,
            Review.state.in_(OPEN),
            Submission.state == SubmissionState.SUBMITTED,
        )
        .options(joinedload(Review.juror), joinedload(Review.submission))
        .order_by(Juror.name, Juror.id, Submission.code)
    )
    if juror:
        statement = statement.where(Juror.code == juror)
    return statement.where(Submission.code == submission) if submission else statement


def review_in_call(code: str, review: str) -> Review | None:
    """A review by the codes of its call and its own, with juror, proposal, call, bases and host."""
    return db.session.scalar(
        select(Review)
        .join(Call, Call.id == Review.call_id)
        .where(Call.code == code, Review.code == review)
        .options(
            joinedload(Review.call).joinedload(Call.version),
            joinedload(Review.call).joinedload(Call.host),
            joinedload(Review.juror),
            joinedload(Review.submission),
        )
    )


def jurors_to_remind(call: Call, since: datetime, juror: str = "") -> Sequence[Juror]:
    """Who accepted, has reviews to finish, and was not written to since this moment."""
    waiting = (
        select(Review.juror_id)
        .join(Submission, Submission.id == Review.submission_id)
        .where(
            Review.call_id == call.id,
            Review.state.in_(OPEN),
            Submission.state == SubmissionState.SUBMITTED,
        )
    )
    statement = (
        select(Juror)
        .where(
            Juror.call_id == call.id,
            Juror.state == JurorState.ACCEPTED,
            Juror.id.in_(waiting),
            (Juror.reminded_at < since) | Juror.reminded_at.is_(None),
        )
        .order_by(Juror.name, Juror.id)
    )
    return db.session.scalars(statement.where(Juror.code == juror) if juror else statement).all()


def _counts(call: Call, key: Any) -> Any:
    """Key → open, final and closed reviews of what is in the competition."""
    return (
        select(
            key.label("key"),
            func.count().filter(Review.state.in_(OPEN)).label("left"),
            func.count().filter(Review.state == ReviewState.FINAL).label("final"),
            func.count().filter(Review.state.in_(CLOSED)).label("closed"),
        )
        .join(Submission, Submission.id == Review.submission_id)
        .where(Review.call_id == call.id, Submission.state == SubmissionState.SUBMITTED)
        .group_by(key)
        .subquery()
    )
