"""What results ask of juries: marks to rank, and how far everybody is. A constant number of SELECTs each."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, func, select

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState, SubmissionState
from thinkia.jury.models import Juror, Mark, Review
from thinkia.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review as rankings and exports read it: codes, its state, its marks by criterion."""

    review: str
    submission: str
    juror: str
    sector: str
    state: ReviewState
    finished_at: datetime | None = None
    marks: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many reviews stand where. Recused ones are no longer asked for and count nowhere."""

    assigned: int = 0
    started: int = 0
    final: int = 0
    excused: int = 0

    @property
    def left(self) -> int:
        """Neither final nor excused."""
        return self.assigned + self.started

    @property
    def total(self) -> int:
        """Everything that was asked for and not excused."""
        return self.left + self.final


def reviews_for_ranking(call: Call) -> list[ReviewRow]:
    """Every review of the proposals that are in the competition, with its marks: two SELECTs.

    All states come; a ranking uses the final ones and refuses while some are neither final nor excused.
    """
    reviews = db.session.execute(
        select(
            *(Review.id, Review.code, Submission.code, Juror.code),
            *(Review.sector, Review.state, Review.finished_at),
        )
        .join(Submission, Submission.id == Review.submission_id)
        .join(Juror, Juror.id == Review.juror_id)
        .where(Review.call_id == call.id, Submission.state == SubmissionState.SUBMITTED)
        .order_by(Submission.code, Juror.code)
    ).all()
    rows = {found[0]: ReviewRow(*found[1:]) for found in reviews}
    marks = db.session.execute(
        select(Mark.review_id, Mark.criterion, Mark.value)
        .join(Review, Review.id == Mark.review_id)
        .where(Review.call_id == call.id)
    )
    for review_id, criterion, value in marks:
        if review_id in rows:
            rows[review_id].marks[criterion] = value
    return list(rows.values())


def progress_by_juror(call: Call) -> dict[str, Progress]:
    """Juror's code → progress; only those who were assigned something."""
    return _progress(call, Juror.code)


def progress_by_sector(call: Call) -> dict[str, Progress]:
    """Sector that the seat is for → progress."""
    return _progress(call, Review.sector)


def progress_by_submission(call: Call) -> dict[str, Progress]:
    """Submission's code → progress."""
    return _progress(call, Submission.code)


def total_progress(call: Call) -> Progress:
    """All of the call's reviews."""
    return _progress(call, Review.call_id).get(call.id, Progress())


def _progress(call: Call, by: Any) -> dict[Any, Progress]:
    rows = db.session.execute(
        select(by, Review.state, func.count())
        .select_from(Review)
        .join(Submission, Submission.id == Review.submission_id)
        .join(Juror, Juror.id == Review.juror_id)
        .where(Review.call_id == call.id, Submission.state == SubmissionState.SUBMITTED)
        .group_by(by, Review.state)
        .order_by(by)
    )
    return _gathered(rows.all())


def _gathered(rows: list[Row[Any]] | Any) -> dict[Any, Progress]:
    counts: dict[Any, dict[str, int]] = {}
    for key, state, count in rows:
        if state != ReviewState.RECUSED:
            counts.setdefault(key, {})[state.value] = count
    return {key: Progress(**found) for key, found in counts.items()}
