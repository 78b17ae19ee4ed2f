"""SELECTs of exports: rows arrive a few hundred at a time, so that memory does not grow with the call."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased

from thinkia.accounts.models import Account
from thinkia.agreements.models import Agreement
from thinkia.calls.models import BasesVersion, Call, Challenge
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState, SubmissionState
from thinkia.exports.models import Export
from thinkia.journal.models import Entry
from thinkia.jury.models import Conflict, DeliberationNote, FormerReview, Juror, Mark, Review, micro
from thinkia.policy.actor import MemberRole
from thinkia.submissions.models import Receipt, Submission
from thinkia.teams.models import Member, Team

AT_ONCE = 500
COUNTING = (ReviewState.ASSIGNED, ReviewState.STARTED, ReviewState.FINAL)


def streamed(statement: Select[Any]) -> Iterator[Row[Any]]:
    """The rows of one SELECT, by a cursor of the server where there is one."""
    yield from db.session.execute(statement.execution_options(yield_per=AT_ONCE))


def team_rows(call: Call) -> Select[Any]:
    """(code, name, about, created_at, members, representative), by code."""
    count = select(func.count(Member.id)).where(Member.team_id == Team.id).scalar_subquery()
    representative = (
        select(Account.name)
        .join(Member, Member.account_id == Account.id)
        .where(Member.team_id == Team.id, Member.role == MemberRole.REPRESENTATIVE)
        .scalar_subquery()
    )
    return (
        select(Team.code, Team.name, Team.about, Team.created_at, count, representative)
        .where(Team.call_id == call.id)
        .order_by(Team.code)
    )


def member_rows(call: Call) -> Select[Any]:
    """A person in a team each, with the e-mail address: whoever writes the table leaves it out or not."""
    return (
        select(
            Team.code,
            Team.name.label("team"),
            Account.name.label("person"),
            Member.role,
            Account.sector,
            Account.institution,
            Account.province,
            Account.canton,
            Member.joined_at,
            Account.email,
        )
        .join(Team, Team.id == Member.team_id)
        .join(Account, Account.id == Member.account_id)
        .where(Member.call_id == call.id)
        .order_by(Team.code, Member.joined_at, Member.id)
    )


def submission_names(call: Call) -> Select[Any]:
    """(code, title, challenge, team, team_name, submitted_at, content) of what was handed in."""
    return (
        select(
            Submission.code,
            Submission.title,
            Challenge.code.label("challenge"),
            Team.code.label("team"),
            Team.name.label("team_name"),
            Submission.submitted_at,
            Receipt.content,
        )
        .join(Challenge, Challenge.id == Submission.challenge_id)
        .join(Team, Team.id == Submission.team_id)
        .join(Receipt, Receipt.id == Submission.receipt_id)
        .where(Submission.call_id == call.id)
    )


def submission_rows(call: Call) -> Select[Any]:
    """What was handed in, with the receipt that counts. Drafts are their teams' own."""
    more = (
        Submission.state,
        Receipt.number,
        Receipt.content_sha256,
        Submission.excluded_at,
        Submission.excluded_reason,
    )
    return submission_names(call).add_columns(*more).order_by(Submission.code)


def published_contents(call: Call) -> list[str]:
    """The texts of every version of the bases, the newest first: questions may have come and gone."""
    return list(
        db.session.scalars(
            select(BasesVersion.content)
            .where(BasesVersion.call_id == call.id, BasesVersion.published_at.is_not(None))
            .order_by(BasesVersion.number.desc())
        )
    )


def juror_rows(call: Call) -> Select[Any]:
    """(code, name, sector, institution, role, state, email), by code."""
    return (
        select(Juror.code, Juror.name, Juror.sector, Juror.institution, Juror.role, Juror.state, Juror.email)
        .where(Juror.call_id == call.id)
        .order_by(Juror.code)
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
    """A mark each, of reviews that count or still may: neither excused nor recused, nor of what is out."""
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
        )
        .join(Review, Review.id == Mark.review_id)
        .join(Juror, Juror.id == Review.juror_id)
        .join(Submission, Submission.id == Review.submission_id)
        .where(
            Review.call_id == call.id,
            Review.state.in_(COUNTING),
            Submission.state == SubmissionState.SUBMITTED,
        )
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
            Review.state,
            Review.source,
            Review.closed_reason,
            Review.assigned_at,
            Review.finished_at,
            Review.feedback,
            Review.note,
            Mark.criterion,
            Mark.value,
        )
        .join(Juror, Juror.id == Review.juror_id)
        .join(Submission, Submission.id == Review.submission_id)
        .outerjoin(Mark, Mark.review_id == Review.id)
        .where(Review.call_id == call.id)
        .order_by(Submission.code, Juror.code, Mark.criterion)
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
        .where(Review.call_id == call.id, Review.id.in_(select(FormerReview.review_id)))
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


def last_entry(call: Call) -> Row[Any] | None:
    """(seq, hash) of the journal's last line about a call."""
    return db.session.execute(
        select(Entry.seq, Entry.hash).where(Entry.call_id == call.id).order_by(Entry.seq.desc()).limit(1)
    ).first()


def exports_so_far(call: Call) -> Select[tuple[Any, ...]]:
    """(Export, name of who made it), newest first."""
    return (
        select(Export, Account.name)
        .outerjoin(Account, Account.id == Export.made_by_id)
        .where(Export.call_id == call.id)
        .order_by(Export.id.desc())
    )
