"""SELECTs about marks that are brought in with a sheet: how every review stands, and who keeps away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, exists, select, union
from sqlalchemy.orm import joinedload, selectinload

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.domain.lifecycle import CallState, JurorState, ReviewState, SubmissionState
from thinkia.domain.reasons import Reason
from thinkia.jury.models import Conflict, FormerReview, Juror, Mark, Review
from thinkia.jury.queries.conflicts import keeps_its_juror_out
from thinkia.jury.queries.reviews import UNFINISHED
from thinkia.submissions.models import Submission
from thinkia.teams.models import Member

AT_ONCE = 500


class Place(StrEnum):
    """How a review stands to marks that somebody else brings: only what is empty is filled."""

    EMPTY = "empty"
    FINAL = "final"
    BEGUN = "begun"
    CONFLICT = "conflict"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A review as a row of the sheet: whose, of what, and whether marks may be brought in."""

    review: str
    submission: str
    title: str
    juror: str
    name: str
    sector: str
    place: Place
    closed_round: int | None = None


def sheet_rows(call: Call, *, every_round: bool = False) -> list[SheetRow]:
    """Every review of the round that a call is in, or of all rounds, by proposal and juror: one SELECT."""
    rows = db.session.execute(
        select(
            *(Review.code, Review.state, Review.sector, Review.drafts, Review.note, Review.feedback),
            Review.closed_round,
            *(Submission.code.label("submission"), Submission.title, Submission.state.label("stands")),
            *(Juror.code.label("juror"), Juror.name, Juror.state.label("seat"), Juror.statement_at),
            exists().where(Mark.review_id == Review.id).label("marked"),
            exists().where(FormerReview.review_id == Review.id).label("former"),
            keeps_its_juror_out().label("kept_out"),
        )
        .join(Submission, Submission.id == Review.submission_id)
        .join(Juror, Juror.id == Review.juror_id)
        .where(Review.call_id == call.id)
        .order_by(Submission.code, Juror.code, Review.id),
        execution_options=EVERY_ROUND if every_round else {},
    )
    return [
        SheetRow(
            *(row.code, row.submission, row.title, row.juror, row.name, row.sector),
            *(_place(row), row.closed_round),
        )
        for row in rows
    ]


def held_reviews(call: Call, codes: Sequence[str]) -> Iterator[Review]:
    """These reviews with marks, juror and submission, held until the transaction ends, some at a time."""
    for start in range(0, len(codes), AT_ONCE):
        yield from db.session.scalars(
            select(Review)
            .where(Review.call_id == call.id, Review.code.in_(codes[start : start + AT_ONCE]))
            .options(joinedload(Review.juror), joinedload(Review.submission), selectinload(Review.marks))
            .order_by(Review.id)
            .with_for_update(of=Review)
            .execution_options(populate_existing=True)
        ).unique()


def accounts_kept_from_sheet(call_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """(call, account) of who may not see marks of a whole jury: who reads, has a conflict, or takes part.

    Who read in any round: what is over has marks of a whole jury too.
    """
    jurors = select(Juror.call_id, Juror.account_id).where(
        Juror.call_id.in_(call_ids), Juror.account_id.is_not(None)
    )
    reads = select(Review.id).where(Review.juror_id == Juror.id, Review.state != ReviewState.RECUSED).exists()
    keeps_away = exists().where(Conflict.juror_id == Juror.id, Conflict.withdrawn_at.is_(None))
    members = (
        select(Submission.call_id, Member.account_id)
        .join(Member, Member.team_id == Submission.team_id)
        .where(Submission.call_id.in_(call_ids))
    )
    return db.session.execute(
        union(jurors.where(reads | keeps_away), members), execution_options=EVERY_ROUND
    ).all()


def why_no_sheet(call: Call, account_id: int | None, now: datetime) -> Reason | None:
    """What keeps this person from bringing in marks now; ``None``: nothing."""
    live = call.state is CallState.PUBLISHED and call.results_published_at is None
    if not live or now < call.calendar.evaluation.opens:
        return Reason.PAPER_NOT_NOW
    own = account_id in {row[1] for row in accounts_kept_from_sheet([call.id])}
    return Reason.SHEET_OWN if own else None


def _place(row: Row[Any]) -> Place:
    if row.state is ReviewState.FINAL:
        return Place.FINAL
    stands = row.stands is SubmissionState.SUBMITTED and row.seat is JurorState.ACCEPTED
    if row.state not in UNFINISHED or not stands:
        return Place.CLOSED
    if row.kept_out or row.statement_at is None:
        return Place.CONFLICT
    begun = row.marked or row.former or row.drafts or row.note or row.feedback
    return Place.BEGUN if begun else Place.EMPTY
