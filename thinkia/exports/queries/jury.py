"""SELECTs of the tables of juries: panels, marks, what became of them, notes and conflicts."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from thinkia.accounts.models import Account
from thinkia.agreements.models import Agreement
from thinkia.calls.models import Call, Challenge
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.domain.lifecycle import ReviewState, SubmissionState
from thinkia.jury.models import Conflict, DeliberationNote, FormerReview, Juror, Mark, Review, micro
from thinkia.submissions.models import Submission

COUNTING = (ReviewState.ASSIGNED, ReviewState.STARTED, ReviewState.FINAL)


def panel_rows(call: Call) -> Select[Any]:
    """Who was given what to read, whatever became of it: by proposal, then juror."""
    return (
        select(
            *(Submission.code.label("submission"), Submission.title, Challenge.code.label("challenge")),
            *(Juror.code.label("juror"), Juror.name, Juror.role, Review.sector, Review.code.label("review")),
            *(Review.state, Review.assigned_at, Review.closed_at, Review.closed_reason),
            *(Review.is_abstention, Review.closed_round, Juror.evaluators),
        )
        .join(Submission, Submission.id == Review.submission_id)
        .join(Challenge, Challenge.id == Submission.challenge_id)
        .join(Juror, Juror.id == Review.juror_id)
        .where(Review.call_id == call.id)
        .order_by(Submission.code, Juror.code, Review.code)
    )


def conflict_rows(call: Call) -> Select[Any]:
    """Every line of the register of conflicts, also those taken back, by juror and moment."""
    declared, confirmed, withdrawn = aliased(Account), aliased(Account), aliased(Account)
    return (
        select(
            Juror.code.label("juror"),
            *(Conflict.scope, Submission.code.label("submission"), Conflict.team_code, Conflict.institution),
            *(Conflict.reason, Conflict.by_organiser, Conflict.declared_at, Conflict.withdrawn_at),
            declared.name.label("declared_by"),
            confirmed.name.label("confirmed_by"),
            withdrawn.name.label("withdrawn_by"),
        )
        .join(Juror, Juror.id == Conflict.juror_id)
        .outerjoin(Submission, Submission.id == Conflict.submission_id)
        .join(declared, declared.id == Conflict.declared_by_id)
        .outerjoin(Agreement, Agreement.id == Conflict.agreement_id)
        .outerjoin(confirmed, confirmed.id == Agreement.decided_by_id)
        .outerjoin(withdrawn, withdrawn.id == Conflict.withdrawn_by_id)
        .where(Juror.call_id == call.id)
        .order_by(Juror.code, Conflict.declared_at, Conflict.id)
    )


def mark_rows(call: Call) -> Select[Any]:
    """A mark each, of reviews that count or still may: neither excused nor recused, nor of what is out.

    Of rounds that are closed: all that were given then.
    """
    return (
        select(
            Submission.code.label("submission"),
            Juror.code.label("juror"),
            Review.sector,
            Mark.criterion,
            Mark.value,
            Mark.reason,
            Review.state,
            Review.source,
            Review.code.label("review"),
            *(Juror.evaluators, Review.closed_round),
        )
        .join(Review, Review.id == Mark.review_id)
        .join(Juror, Juror.id == Review.juror_id)
        .join(Submission, Submission.id == Review.submission_id)
        .where(
            Review.call_id == call.id,
            Review.state.in_(COUNTING),
            or_(Submission.state == SubmissionState.SUBMITTED, Review.closed_round.is_not(None)),
        )
        .order_by(Review.closed_round.is_(None), Review.closed_round)
        .order_by(Submission.code, Juror.code, Mark.criterion)
    )


def review_rows(call: Call) -> Select[Any]:
    """A review and a mark each (or none), of every state: gathered into one row a review when written."""
    return (
        select(
            Review.code.label("review"),
            Submission.code.label("submission"),
            Submission.state.label("submission_state"),
            Juror.code.label("juror"),
            Review.sector,
            Juror.evaluators,
            Review.state,
            Review.source,
            Review.closed_reason,
            Review.assigned_at,
            Review.finished_at,
            Review.feedback,
            Review.note,
            Review.closed_round,
            Mark.criterion,
            Mark.value,
        )
        .join(Juror, Juror.id == Review.juror_id)
        .join(Submission, Submission.id == Review.submission_id)
        .outerjoin(Mark, Mark.review_id == Review.id)
        .where(Review.call_id == call.id)
        .order_by(Submission.code, Juror.code, Review.code, Mark.criterion)
    )


def former_rows(call: Call) -> Select[Any]:
    """(FormerReview, review, submission, juror, sector, asked) of every version that was final once, each
    review's in their order; ``asked`` is the reason of whoever asked for it to be reopened.
    """
    return (
        select(
            FormerReview,
            *(Review.code.label("review"), Submission.code.label("submission")),
            *(Juror.code.label("juror"), Review.sector, Agreement.reason.label("asked")),
        )
        .join(Review, Review.id == FormerReview.review_id)
        .join(Juror, Juror.id == Review.juror_id)
        .join(Submission, Submission.id == Review.submission_id)
        .outerjoin(Agreement, Agreement.id == FormerReview.agreement_id)
        .where(Review.call_id == call.id)
        .order_by(Submission.code, Juror.code, Review.code, FormerReview.number)
    )


def marks_of_changed(call: Call) -> dict[str, dict[str, int]]:
    """Review → criterion → mark in millionths, of the reviews that were final before: as they are now."""
    rows = db.session.execute(
        select(Review.code, Mark.criterion, Mark.value)
        .join(Mark, Mark.review_id == Review.id)
        .where(Review.call_id == call.id, Review.id.in_(select(FormerReview.review_id))),
        execution_options=EVERY_ROUND,
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for review, criterion, value in rows:
        found[review][criterion] = micro(value)
    return found


def note_rows(call: Call) -> Select[Any]:
    """What panels said, by proposal and moment, with who said it."""
    return (
        select(
            *(Submission.code.label("submission"), DeliberationNote.written_at, DeliberationNote.text),
            *(Juror.code.label("juror"), Juror.name, Juror.sector, Juror.role),
        )
        .join(Submission, Submission.id == DeliberationNote.submission_id)
        .join(Juror, Juror.id == DeliberationNote.juror_id)
        .where(Submission.call_id == call.id)
        .order_by(Submission.code, DeliberationNote.id)
    )
