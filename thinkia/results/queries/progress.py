"""SELECTs of the organisers' progress page: counts by juror and by proposal, open reviews. Never a mark."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import joinedload

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.disagreement import Extremes
from thinkia.domain.lifecycle import JurorState, ReviewState, SubmissionState
from thinkia.domain.pace import RECENT, STILL_AFTER
from thinkia.domain.sectors import in_ring_order
from thinkia.jury.models import Juror, Mark, Review
from thinkia.jury.queries.paper import without_marks
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


def jurors_at_work(call: Call, now: datetime, *, still: bool = False) -> Select[Any]:
    """(Juror, left, final, closed, recent, began, saved, touched) of those who accepted or have reviews.

    Most open first. ``still``: only those with something left who touched nothing for days.
    """
    counts = _counts(call, Review.juror_id, now)
    statement = (
        select(Juror, *_columns(counts))
        .outerjoin(counts, counts.c.key == Juror.id)
        .where(
            Juror.call_id == call.id,
            (Juror.state == JurorState.ACCEPTED) | counts.c.key.is_not(None),
        )
        .order_by(func.coalesce(counts.c.left, 0).desc(), Juror.name, Juror.id)
    )
    return statement.where(*_still(counts, now)) if still else statement


def submissions_read(call: Call, now: datetime, *, still: bool = False) -> Select[Any]:
    """(id, code, title, left, final, closed, recent, began, saved, touched) of what is in the competition.

    Most open first, then by code. ``still`` as above.
    """
    counts = _counts(call, Review.submission_id, now)
    statement = (
        select(Submission.id, Submission.code, Submission.title, *_columns(counts))
        .outerjoin(counts, counts.c.key == Submission.id)
        .where(Submission.call_id == call.id, Submission.state == SubmissionState.SUBMITTED)
        .order_by(func.coalesce(counts.c.left, 0).desc(), Submission.code)
    )
    return statement.where(*_still(counts, now)) if still else statement


def how_many(statement: Select[Any]) -> int:
    """How many rows a list would have."""
    return db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0


def pace_of(call: Call, now: datetime) -> Row[Any]:
    """(recent, began) of the whole jury: how many became final of late, when the first was assigned."""
    recent = func.count().filter(Review.state == ReviewState.FINAL, Review.finished_at > now - RECENT)
    return db.session.execute(
        select(recent.label("recent"), func.min(Review.assigned_at).label("began"))
        .join(Submission, Submission.id == Review.submission_id)
        .where(Review.call_id == call.id, Submission.state == SubmissionState.SUBMITTED)
    ).one()


def sectors_of_panels(submission_ids: Collection[int]) -> dict[int, dict[str, bool]]:
    """Submission → sector → whether each of its reviews there is final; closed ones are not counted."""
    rows = db.session.execute(
        select(Review.submission_id, Review.sector, func.sum(case((Review.state.in_(OPEN), 1), else_=0)))
        .where(Review.submission_id.in_(submission_ids), Review.state.not_in(CLOSED))
        .group_by(Review.submission_id, Review.sector)
    )
    found: dict[int, dict[str, bool]] = {}
    for submission_id, sector, left in rows:
        found.setdefault(submission_id, {})[sector] = not left
    return found


def extremes(call: Call) -> list[Extremes]:
    """The lowest and the highest mark of each proposal on each criterion, of final reviews."""
    rows = db.session.execute(
        select(
            Submission.code,
            Submission.title,
            Mark.criterion,
            func.min(Mark.value),
            func.max(Mark.value),
            func.count(),
        )
        .join(Review, Review.submission_id == Submission.id)
        .join(Mark, Mark.review_id == Review.id)
        .where(
            Review.call_id == call.id,
            Review.state == ReviewState.FINAL,
            Submission.state == SubmissionState.SUBMITTED,
        )
        .group_by(Submission.code, Submission.title, Mark.criterion)
    )
    return [Extremes(*row) for row in rows]


def open_reviews(call: Call, juror: str, submission: str, *, unmarked: bool = False) -> Select[tuple[Review]]:
    """Reviews that are neither final nor closed, of this juror and this proposal where they are named.

    ``unmarked``: only those that could be entered from paper, because no mark was ever given.
    """
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
    if unmarked:
        statement = statement.where(*without_marks())
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


def _counts(call: Call, key: Any, now: datetime) -> Any:
    """Key → reviews of what is in the competition: how many are where, how many became final of late, when
    the first was assigned, when any was last saved, and when any was last saved or assigned.
    """
    final = Review.state == ReviewState.FINAL
    saved = func.coalesce(Review.saved_at, Review.finished_at)
    return (
        select(
            key.label("key"),
            func.count().filter(Review.state.in_(OPEN)).label("left"),
            func.count().filter(final).label("final"),
            func.count().filter(Review.state.in_(CLOSED)).label("closed"),
            func.count().filter(final, Review.finished_at > now - RECENT).label("recent"),
            func.min(Review.assigned_at).label("began"),
            func.max(saved).label("saved"),
            func.max(func.coalesce(saved, Review.assigned_at)).label("touched"),
        )
        .join(Submission, Submission.id == Review.submission_id)
        .where(Review.call_id == call.id, Submission.state == SubmissionState.SUBMITTED)
        .group_by(key)
        .subquery()
    )


def _columns(counts: Any) -> list[Any]:
    """What the lists show of each; nothing assigned is 0."""
    numbers = [func.coalesce(counts.c[name], 0).label(name) for name in ("left", "final", "closed", "recent")]
    return [*numbers, counts.c.began, counts.c.saved, counts.c.touched]


def _still(counts: Any, now: datetime) -> tuple[Any, ...]:
    """As ``stands_still`` says."""
    return counts.c.left > 0, counts.c.touched <= now - STILL_AFTER
