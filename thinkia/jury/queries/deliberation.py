"""SELECTs about what panels talk over. ``has_voice`` is the one place that says who takes part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.lifecycle import JurorState, ReviewState, SubmissionState
from thinkia.jury.models import DeliberationNote, DeliberationReading, FormerReview, Juror, Review
from thinkia.jury.queries.conflicts import kept_from
from thinkia.jury.queries.people import PRESIDING, own_seat
from thinkia.jury.queries.reviews import SHOWN, UNFINISHED
from thinkia.policy import Actor
from thinkia.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Voice:
    """How a juror stands to what a panel says of a proposal."""

    juror: Juror
    submission: Submission
    has_voice: bool

    @property
    def call(self) -> Call:
        """What the policy reads."""
        return self.juror.call

    @property
    def juror_account_id(self) -> int | None:
        return self.juror.account_id

    @property
    def juror_state(self) -> JurorState:
        return self.juror.state

    @property
    def statement_signed(self) -> bool:
        return self.juror.statement_at is not None


def has_voice(juror: Juror) -> ColumnElement[bool]:
    """In SQL, of a submission: whether this juror takes part in what its panel says.

    Whoever is final on it; and whoever presides without having been given it, with nothing left open of what
    he or she does read. Nobody across a conflict.
    """
    own = and_(Review.juror_id == juror.id, Review.submission_id == Submission.id)
    voice: ColumnElement[bool] = select(Review.id).where(own, Review.state == ReviewState.FINAL).exists()
    if juror.role in PRESIDING:
        other = aliased(Submission)
        left = select(Review.id).where(
            *(Review.juror_id == juror.id, Review.state.in_(UNFINISHED)),
            *(other.id == Review.submission_id, other.state == SubmissionState.SUBMITTED),
        )
        voice = or_(voice, and_(~select(Review.id).where(own).exists(), ~left.exists()))
    stands = Submission.state == SubmissionState.SUBMITTED
    return and_(stands, Submission.id.not_in(kept_from(juror.id)), voice)


def voice_on(code: str, submission: str, actor: Actor) -> Voice | None:
    """How the reader stands to a proposal of a call, by their codes. With the call, its bases and host."""
    juror = own_seat(code, actor)
    if juror is None:
        return None
    row = db.session.execute(
        select(Submission, has_voice(juror)).where(
            Submission.call_id == juror.call_id, Submission.code == submission
        )
    ).first()
    return Voice(juror, row[0], bool(row[1])) if row else None


def discussed_by(juror: Juror, *, new: bool = False) -> Select[Any]:
    """(code, title, final, panel, notes, fresh, last_at) of every proposal that this juror talks over.

    ``fresh`` counts what others wrote since the juror said to have read; ``new``: only where there is any.
    """
    read = (
        select(DeliberationReading.note_id)
        .where(
            DeliberationReading.juror_id == juror.id,
            DeliberationReading.submission_id == DeliberationNote.submission_id,
        )
        .scalar_subquery()
    )
    unread = and_(DeliberationNote.juror_id != juror.id, DeliberationNote.id > func.coalesce(read, 0))
    notes = (
        select(
            DeliberationNote.submission_id,
            func.count().label("notes"),
            func.count().filter(unread).label("fresh"),
            func.max(DeliberationNote.written_at).label("last_at"),
        )
        .join(Submission, Submission.id == DeliberationNote.submission_id)
        .where(Submission.call_id == juror.call_id, DeliberationNote.round == juror.call.round)
        .group_by(DeliberationNote.submission_id)
        .subquery()
    )
    fresh = func.coalesce(notes.c.fresh, 0)
    rows = _discussed(notes).add_columns(fresh.label("fresh")).where(has_voice(juror))
    rows = rows.where(Submission.call_id == juror.call_id)
    return rows.where(fresh > 0) if new else rows.order_by(None).order_by(fresh.desc(), *_latest(notes))


def waiting_for(juror: Juror, most: int) -> Sequence[Row[Any]]:
    """The first of those in which others wrote something that this juror has not read. As above."""
    return db.session.execute(discussed_by(juror, new=True).limit(most)).all()


def discussed_in(call: Call) -> Select[Any]:
    """(code, title, final, panel, notes, last_at) of the call's proposals, for the organisers."""
    notes = (
        select(
            DeliberationNote.submission_id,
            func.count().label("notes"),
            func.max(DeliberationNote.written_at).label("last_at"),
        )
        .where(DeliberationNote.round == call.round)
        .group_by(DeliberationNote.submission_id)
        .subquery()
    )
    stands = Submission.state == SubmissionState.SUBMITTED
    return _discussed(notes).where(Submission.call_id == call.id, stands)


def discussed_submission(code: str, submission: str) -> Submission | None:
    """A proposal of a call by their codes, with the call, its bases and host: for the organisers."""
    return db.session.scalar(
        select(Submission)
        .join(Call, Call.id == Submission.call_id)
        .where(
            Call.code == code, Submission.code == submission, Submission.state == SubmissionState.SUBMITTED
        )
        .options(
            joinedload(Submission.call).joinedload(Call.version),
            joinedload(Submission.call).joinedload(Call.host),
        )
    )


def final_reviews(submission: Submission) -> list[Review]:
    """The final reviews of a proposal with their jurors and marks, by juror."""
    return list(
        db.session.scalars(
            select(Review)
            .join(Juror, Juror.id == Review.juror_id)
            .where(Review.submission_id == submission.id, Review.state == ReviewState.FINAL)
            .options(joinedload(Review.juror), selectinload(Review.marks))
            .order_by(Juror.name, Juror.id)
        )
    )


def panel_size(submission: Submission) -> int:
    """How many read a proposal, or have read it."""
    asked = (Review.submission_id == submission.id, Review.state.in_(SHOWN))
    return db.session.scalar(select(func.count(Review.id)).where(*asked)) or 0


def former_of(reviews: Sequence[Review]) -> Sequence[FormerReview]:
    """What these reviews were before, each from its first version on."""
    return db.session.scalars(
        select(FormerReview)
        .where(FormerReview.review_id.in_([review.id for review in reviews]))
        .order_by(FormerReview.review_id, FormerReview.number)
    ).all()


def notes_on(call: Call, submission: Submission) -> Select[tuple[DeliberationNote]]:
    """What was written about a proposal in this round, the newest first, with who wrote it."""
    return (
        select(DeliberationNote)
        .where(DeliberationNote.submission_id == submission.id, DeliberationNote.round == call.round)
        .options(joinedload(DeliberationNote.juror))
        .order_by(DeliberationNote.id.desc())
    )


def note_of_form(juror: Juror, form: str) -> DeliberationNote | None:
    """The note that was written in this form, if it was sent before."""
    return db.session.scalar(
        select(DeliberationNote).where(DeliberationNote.juror_id == juror.id, DeliberationNote.form == form)
    )


def note_number(submission: Submission, note_id: int) -> int | None:
    """The same number, if it is one of a note about this proposal."""
    return db.session.scalar(
        select(DeliberationNote.id).where(
            DeliberationNote.submission_id == submission.id, DeliberationNote.id == note_id
        )
    )


def reading_of(juror: Juror, submission: Submission) -> DeliberationReading | None:
    """How far a juror says to have read."""
    return db.session.get(DeliberationReading, (juror.id, submission.id))


def _discussed(notes: Any) -> Select[Any]:
    readings = select(func.count(Review.id)).where(Review.submission_id == Submission.id)
    final = readings.where(Review.state == ReviewState.FINAL).correlate(Submission)
    panel = readings.where(Review.state.in_(SHOWN)).correlate(Submission)
    return (
        select(
            Submission.code,
            Submission.title,
            final.scalar_subquery().label("final"),
            panel.scalar_subquery().label("panel"),
            func.coalesce(notes.c.notes, 0).label("notes"),
            notes.c.last_at,
        )
        .outerjoin(notes, notes.c.submission_id == Submission.id)
        .order_by(*_latest(notes))
    )


def _latest(notes: Any) -> tuple[Any, ...]:
    """Where something was said last first, then by code."""
    return notes.c.last_at.is_(None), notes.c.last_at.desc(), Submission.code
