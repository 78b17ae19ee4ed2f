"""SELECTs about one juror's work."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from thinkia.agreements.models import Agreement
from thinkia.calls.models import Call, Challenge
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.domain.lifecycle import ReviewState, SubmissionState
from thinkia.domain.signatures import SignedReview, seal
from thinkia.jury.models import FormerReview, Juror, Mark, Review, Signature
from thinkia.jury.queries.conflicts import keeps_its_juror_out, kept_from
from thinkia.submissions.models import Receipt, Submission

UNFINISHED = (ReviewState.ASSIGNED, ReviewState.STARTED)
SHOWN = (*UNFINISHED, ReviewState.FINAL)


WITH_ALL = (
    joinedload(Review.call).joinedload(Call.version),
    joinedload(Review.call).joinedload(Call.host),
    joinedload(Review.juror),
    joinedload(Review.submission).joinedload(Submission.challenge),
    joinedload(Review.receipt).joinedload(Receipt.bases_version),
    selectinload(Review.marks),
)


def review_by_code(code: str) -> Review | None:
    """A review with its marks, juror, call and bases, the proposal, and the receipt that is read.

    Says whether a conflict keeps its juror from the proposal: also one that came to cover it since.
    """
    return _review(code, {})


def review_of_any_round(code: str) -> Review | None:
    """The same, also of a round that is closed: for pages that tell what was done."""
    return _review(code, EVERY_ROUND)


def _review(code: str, rounds: Mapping[str, Any]) -> Review | None:
    statement = select(Review, keeps_its_juror_out()).where(Review.code == code).options(*WITH_ALL)
    row = db.session.execute(statement, execution_options=rounds).first()
    if row is None:
        return None
    found: Review = row[0]
    found.kept_out = bool(row[1])
    return found


def review_in_call(code: str, review: str) -> Review | None:
    """A review of a call by their codes, with all of that: for the organisers."""
    statement = select(Review).join(Call, Call.id == Review.call_id)
    return db.session.scalar(statement.where(Call.code == code, Review.code == review).options(*WITH_ALL))


def former_reviews(code: str) -> Sequence[FormerReview]:
    """How a review stood each time it was final before, the newest first; with who asked and confirmed where
    it was reopened.
    """
    return db.session.scalars(
        select(FormerReview)
        .join(Review, Review.id == FormerReview.review_id)
        .where(Review.code == code)
        .options(
            joinedload(FormerReview.agreement).joinedload(Agreement.asked_by),
            joinedload(FormerReview.agreement).joinedload(Agreement.decided_by),
        )
        .order_by(FormerReview.number.desc())
    ).all()


def former_versions(review: Review) -> int:
    """How often a review was final before. Whether anything else of it counted once."""
    return db.session.scalar(select(func.count()).where(FormerReview.review_id == review.id)) or 0


def reopened_unfinished(juror: Juror) -> bool:
    """Whether something that this juror had finished was reopened, and is not finished again."""
    statement = select(FormerReview.id).join(Review, Review.id == FormerReview.review_id)
    statement = statement.where(Review.juror_id == juror.id, Review.state.in_(UNFINISHED))
    return db.session.scalar(statement.limit(1)) is not None


def readings_of(juror: Juror) -> Select[Any]:
    """Everything that a juror reads or read, for the organisers: no marks.

    (code, state, saved_at, finished_at, closed_at, closed_reason, is_abstention, source, submission, title,
    marked, former)
    """
    marked = select(func.count()).where(Mark.review_id == Review.id).scalar_subquery()
    former = select(func.count()).where(FormerReview.review_id == Review.id).scalar_subquery()
    return (
        select(
            *(Review.code, Review.state, Review.saved_at, Review.finished_at),
            *(Review.closed_at, Review.closed_reason, Review.is_abstention, Review.source),
            *(Submission.code.label("submission"), Submission.title),
            *(marked.label("marked"), former.label("former")),
        )
        .join(Submission, Submission.id == Review.submission_id)
        .where(Review.juror_id == juror.id)
        .order_by(Submission.code)
    )


def state_of(review: Review) -> ReviewState:
    """In which state a review is now."""
    return db.session.scalars(select(Review.state).where(Review.id == review.id)).one()


def marks_of(review: Review) -> list[Mark]:
    """The marks of a review as they are now."""
    statement = select(Mark).where(Mark.review_id == review.id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def desk_rows(juror: Juror) -> Sequence[Row[Any]]:
    """A juror's list in its order: what is to be read or was, never what a conflict took away.

    (code, state, position, saved_at, finished_at, source, submission, title, challenge, marked, reopened): no
    marks.
    """
    marked = select(func.count()).where(Mark.review_id == Review.id).scalar_subquery()
    reopened = select(func.count()).where(FormerReview.review_id == Review.id).scalar_subquery()
    return db.session.execute(
        select(
            Review.code,
            Review.state,
            Review.position,
            Review.saved_at,
            Review.finished_at,
            Review.source,
            Submission.code.label("submission"),
            Submission.title,
            Challenge.code.label("challenge"),
            marked.label("marked"),
            reopened.label("reopened"),
        )
        .join(Submission, Submission.id == Review.submission_id)
        .join(Challenge, Challenge.id == Submission.challenge_id)
        .where(*_shown(juror.id))
        .order_by(Review.position, Review.id)
    ).all()


def reviews_to_sign(juror: Juror, *, held: bool = False) -> list[Review]:
    """The reviews of a juror's list with their marks and proposals, in its order; ``held`` until the end."""
    statement = (
        select(Review)
        .join(Submission, Submission.id == Review.submission_id)
        .where(*_shown(juror.id))
        .options(joinedload(Review.submission), selectinload(Review.marks))
        .order_by(Review.position, Review.id)
    )
    if held:
        statement = statement.with_for_update(of=Review).execution_options(populate_existing=True)
    return list(db.session.scalars(statement))


def seal_of(juror: Juror, reviews: Sequence[Review]) -> str:
    """The hash of these reviews' marks, as a signature keeps it. They are loaded with their marks."""
    signed = (SignedReview(one.code, one.submission.code, one.micro_marks) for one in reviews)
    return seal(juror.call.code, juror.code, signed)


def signature_over(juror: Juror, content_sha256: str) -> Signature | None:
    """The juror's signature over exactly these marks."""
    return db.session.scalar(
        select(Signature).where(Signature.juror_id == juror.id, Signature.content_sha256 == content_sha256)
    )


def last_signature(juror: Juror) -> Signature | None:
    """When the juror last signed in the round that the call is in, whatever was signed."""
    return db.session.scalar(
        select(Signature)
        .join(Call, Call.id == juror.call_id)
        .where(Signature.juror_id == juror.id, Signature.round == Call.round)
        .order_by(Signature.signed_at.desc(), Signature.id.desc())
        .limit(1)
    )


def closed_counts(juror: Juror) -> dict[str, int]:
    """How many reviews ended without counting, by how: ``excused``, ``abstained``, ``recused``.

    Which ones is not said to the juror.
    """
    how = case((Review.is_abstention, "abstained"), else_=Review.state)
    rows = db.session.execute(
        select(how, func.count())
        .where(Review.juror_id == juror.id, Review.state.in_((ReviewState.EXCUSED, ReviewState.RECUSED)))
        .group_by(how)
    )
    return dict(rows.tuples().all())


def neighbours(review: Review) -> Sequence[Row[Any]]:
    """(code, state, marked, finals) of the juror's list, in its order.

    ``finals`` is how many jurors have finished the proposal: which one still lacks readers, and no mark.
    """
    marked = select(func.count()).where(Mark.review_id == Review.id).scalar_subquery()
    every = aliased(Review)
    of_all = (every.submission_id == Review.submission_id, every.state == ReviewState.FINAL)
    finals = select(func.count()).select_from(every).where(*of_all).scalar_subquery()
    return db.session.execute(
        select(Review.code, Review.state, marked.label("marked"), finals.label("finals"))
        .join(Submission, Submission.id == Review.submission_id)
        .where(*_shown(review.juror_id))
        .order_by(Review.position, Review.id)
    ).all()


def own_other_marks(review: Review, most: int = 10) -> Sequence[Row[Any]]:
    """(criterion, value, review, submission, title) that the same juror gave lately, on other proposals.

    Of the ``most`` that were saved last, the highest mark first. Nothing of what a conflict took away.
    """
    others = (
        select(Review.id)
        .join(Submission, Submission.id == Review.submission_id)
        .where(*_shown(review.juror_id), Review.id != review.id, Review.saved_at.is_not(None))
        .order_by(Review.saved_at.desc(), Review.id)
        .limit(most)
    )
    return db.session.execute(
        select(
            Mark.criterion,
            Mark.value,
            Review.code.label("review"),
            Submission.code.label("submission"),
            Submission.title,
        )
        .join(Review, Review.id == Mark.review_id)
        .join(Submission, Submission.id == Review.submission_id)
        .where(Review.id.in_(others))
        .order_by(Mark.value.desc(), Submission.code)
    ).all()


def has_marks(call: Call) -> bool:
    """Whether any juror of the call gave any mark, in any round."""
    found = select(Mark.review_id).join(Review, Review.id == Mark.review_id).where(Review.call_id == call.id)
    return db.session.scalar(found.limit(1), execution_options=EVERY_ROUND) is not None


def has_reviews(juror: Juror) -> bool:
    """Whether anything was ever given to a juror to read, in any round."""
    found = select(Review.id).where(Review.juror_id == juror.id).limit(1)
    return db.session.scalar(found, execution_options=EVERY_ROUND) is not None


def sectors_sat_for(juror: Juror) -> set[str]:
    """The sectors that a juror sits for, or sat for, on any panel of any round."""
    found = select(Review.sector).where(Review.juror_id == juror.id).distinct()
    return set(db.session.scalars(found, execution_options=EVERY_ROUND))


def unfinished_of(juror: Juror) -> list[Review]:
    """What a juror still has to finish."""
    return list(
        db.session.scalars(select(Review).where(Review.juror_id == juror.id, Review.state.in_(UNFINISHED)))
    )


def unfinished_counts(call: Call) -> dict[int, int]:
    """Juror → how many proposals are left."""
    rows = db.session.execute(
        select(Review.juror_id, func.count())
        .join(Submission, Submission.id == Review.submission_id)
        .where(
            Review.call_id == call.id,
            Review.state.in_(UNFINISHED),
            Submission.state == SubmissionState.SUBMITTED,
        )
        .group_by(Review.juror_id)
    )
    return dict(rows.tuples().all())


def _shown(juror_id: int) -> tuple[Any, ...]:
    return (
        Review.juror_id == juror_id,
        Review.state.in_(SHOWN),
        Submission.state == SubmissionState.SUBMITTED,
        Submission.id.not_in(kept_from(juror_id)),
    )
