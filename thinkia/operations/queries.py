"""What is wrong with the data, asked of the database. Long answers come in portions, never as a whole."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, exists, func, literal, or_, select, text

from thinkia.agreements.models import Agreement
from thinkia.calls.models import BasesVersion, Call, CallWindow
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.domain.lifecycle import COMPETED, AgreementState, CallState, RankingState, ReviewState
from thinkia.jury.models import Conflict, Mark, MarksSource, Review
from thinkia.jury.services.paper import FROM_PAPER
from thinkia.jury.services.sheets import FROM_SHEET
from thinkia.metrics.models import MetricValue
from thinkia.metrics.services import ENTER
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import OutboxTask, TaskState
from thinkia.results.models import Ranking
from thinkia.submissions.models import Receipt, Submission, SubmittedFile
from thinkia.teams.models import Member, Team

PORTION = 500
SEES_THE_PROPOSAL = (ReviewState.ASSIGNED, ReviewState.STARTED, ReviewState.FINAL)
GUARDS_OF_THE_JOURNAL = {  # how many triggers of this name hold it, and how many must
    "sqlite": (
        text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_no_%'"),
        2,
    ),
    "postgresql": (
        text(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'journal'::regclass "
            "AND tgname = 'journal_only_grows' AND tgenabled IN ('O', 'A')"
        ),
        1,
    ),
}


# The database itself


def database_kind() -> str:
    return db.session.get_bind().dialect.name


def revisions() -> frozenset[str]:
    """The migrations that the database says it has; none when it was never migrated."""
    there = db.session.connection()
    if not there.dialect.has_table(there, "alembic_version"):
        return frozenset()
    return frozenset(db.session.scalars(text("SELECT version_num FROM alembic_version")))


def sqlite_settings() -> tuple[str, bool]:
    """The journal's mode, and whether foreign keys are held."""
    mode = db.session.scalar(text("PRAGMA journal_mode"))
    return str(mode), bool(db.session.scalar(text("PRAGMA foreign_keys")))


def journal_is_guarded() -> bool:
    """Whether the database itself refuses to change or delete a line of the journal."""
    statement, expected = GUARDS_OF_THE_JOURNAL[database_kind()]
    return bool(db.session.scalar(statement) == expected)


# Work that waits


def oldest_due(now: datetime) -> datetime | None:
    """Since when the task that has waited longest could have run; tries to come are not due."""
    lost = (OutboxTask.state == TaskState.RUNNING) & (OutboxTask.lease_until < now)
    waiting = (OutboxTask.state == TaskState.WAITING) & (OutboxTask.run_at <= now)
    return db.session.scalar(select(func.min(OutboxTask.run_at)).where(waiting | lost))


def oldest_unsent() -> datetime | None:
    """When the letter was written that has waited longest and is still being tried."""
    return db.session.scalar(
        select(func.min(Mail.written_at))
        .join(OutboxTask, OutboxTask.id == Mail.outbox_id)
        .where(Mail.delivered_at.is_(None), OutboxTask.state.in_((TaskState.WAITING, TaskState.RUNNING)))
    )


def last_delivery() -> datetime | None:
    return db.session.scalar(select(func.max(Mail.delivered_at)))


def overdue_tasks(before: datetime) -> Iterator[Row[Any]]:
    """(id, task) that could have run before a moment and did not."""
    unfinished = OutboxTask.state.in_((TaskState.WAITING, TaskState.RUNNING))
    late = OutboxTask.run_at < before
    return _portions(select(OutboxTask.id, OutboxTask.task).where(unfinished, late).order_by(OutboxTask.id))


def unsent_letters(before: datetime) -> Iterator[Row[Any]]:
    """(id, template) of letters written before a moment that still wait; not those that were given up."""
    return _portions(
        select(Mail.id, Mail.template)
        .outerjoin(OutboxTask, OutboxTask.id == Mail.outbox_id)
        .where(
            Mail.delivered_at.is_(None),
            Mail.written_at < before,
            or_(OutboxTask.id.is_(None), OutboxTask.state.in_((TaskState.WAITING, TaskState.RUNNING))),
        )
        .order_by(Mail.id)
    )


def failed_tasks(ids: Sequence[int] = ()) -> Sequence[OutboxTask]:
    """The tasks that nobody tries any more, oldest first: all, or those of these ids."""
    statement = select(OutboxTask).where(OutboxTask.state == TaskState.FAILED).order_by(OutboxTask.id)
    return db.session.scalars(statement.where(OutboxTask.id.in_(ids)) if ids else statement).all()


# What must always hold


def handed_in_without_receipt() -> Iterator[Row[Any]]:
    """Codes of submissions handed in, without a receipt of their own or the moment of it."""
    return _portions(
        select(Submission.code)
        .outerjoin(Receipt, Receipt.id == Submission.receipt_id)
        .where(
            Submission.state.in_(COMPETED),
            or_(
                Receipt.id.is_(None),
                Receipt.submission_id != Submission.id,
                Submission.submitted_at.is_(None),
            ),
        )
        .order_by(Submission.code)
    )


def receipts() -> Iterator[Row[Any]]:
    """(number, content, content_sha256) of every receipt."""
    return _portions(select(Receipt.number, Receipt.content, Receipt.content_sha256).order_by(Receipt.id))


def bases_versions() -> Iterator[Row[Any]]:
    """(code of the call, number, content, sha256) of every version of every call's bases."""
    return _portions(
        select(Call.code, BasesVersion.number, BasesVersion.content, BasesVersion.sha256)
        .join(Call, Call.id == BasesVersion.call_id)
        .order_by(Call.code, BasesVersion.number)
    )


def published_calls() -> Iterator[Row[Any]]:
    """(id, code, round it is in, content of the bases in force) of every call that is or was public."""
    return _portions(
        select(Call.id, Call.code, Call.round, BasesVersion.content)
        .join(BasesVersion, BasesVersion.id == Call.version_id)
        .where(Call.state != CallState.DRAFT)
        .order_by(Call.code)
    )


def windows_of(call_id: int) -> Sequence[CallWindow]:
    """The copies of a call's windows that lists read."""
    return db.session.scalars(select(CallWindow).where(CallWindow.call_id == call_id)).all()


def marks_given(call_id: int) -> Iterator[Row[Any]]:
    """(criterion, value, code of the first review that has it, closed round) of a call: equal marks of a
    round are one row.
    """
    return _portions(
        select(Mark.criterion, Mark.value, func.min(Review.code), Review.closed_round)
        .join(Review, Review.id == Mark.review_id)
        .where(Review.call_id == call_id)
        .group_by(Review.closed_round, Mark.criterion, Mark.value)
        .order_by(Review.closed_round, Mark.criterion, Mark.value)
        .execution_options(**EVERY_ROUND)
    )


def reviews_in_spite_of_a_conflict() -> Iterator[Row[Any]]:
    """Codes of reviews that count or could, of jurors who must not judge that submission."""
    standing = exists().where(
        Conflict.juror_id == Review.juror_id,
        Conflict.submission_id == Review.submission_id,
        Conflict.withdrawn_at.is_(None),
    )
    return _portions(
        select(Review.code).where(Review.state.in_(SEES_THE_PROPOSAL), standing).order_by(Review.code)
    )


def reviews_from_paper_alone() -> Iterator[Row[Any]]:
    """Codes of reviews said to be from paper that no two people entered."""
    entered = exists().where(
        Agreement.kind == FROM_PAPER,
        Agreement.object_ref == literal("review:") + Review.code,
        Agreement.state == AgreementState.CONFIRMED,
    )
    return _portions(
        select(Review.code)
        .where(Review.source == MarksSource.PAPER, ~entered)
        .order_by(Review.code)
        .execution_options(**EVERY_ROUND)
    )


def reviews_imported_alone() -> Iterator[str]:
    """Codes of reviews said to be imported that stand in no sheet of two people."""
    sheets = db.session.scalars(
        select(Agreement.arguments).where(
            Agreement.kind == FROM_SHEET, Agreement.state == AgreementState.CONFIRMED
        )
    )
    known = {code for arguments in sheets for code in arguments["reviews"]}
    imported = select(Review.code).where(Review.source == MarksSource.IMPORTED).order_by(Review.code)
    rows = _portions(imported.execution_options(**EVERY_ROUND))
    return (row.code for row in rows if row.code not in known)


def values_that_nobody_confirmed() -> Iterator[Row[Any]]:
    """(submission, metric) of measured values that no two people entered."""
    return _portions(
        select(Submission.code, MetricValue.metric)
        .join(Submission, Submission.id == MetricValue.submission_id)
        .join(Agreement, Agreement.id == MetricValue.agreement_id)
        .where((Agreement.kind != ENTER) | (Agreement.state != AgreementState.CONFIRMED))
        .order_by(Submission.code, MetricValue.metric)
    )


def teams_larger_than(call_id: int, most: int) -> Sequence[str]:
    """Codes of a call's teams with more members than that."""
    return db.session.scalars(
        select(Team.code)
        .join(Member, Member.team_id == Team.id)
        .where(Team.call_id == call_id)
        .group_by(Team.id, Team.code)
        .having(func.count(Member.id) > most)
        .order_by(Team.code)
    ).all()


def stored_files() -> Iterator[Row[Any]]:
    """(sha256, code of the first submission) of every content that a file is, replaced ones too, each once:
    what a receipt names may have been replaced since.
    """
    return _portions(
        select(SubmittedFile.sha256, func.min(Submission.code))
        .join(Submission, Submission.id == SubmittedFile.submission_id)
        .group_by(SubmittedFile.sha256)
        .order_by(SubmittedFile.sha256)
    )


def decided_calls() -> Sequence[int]:
    """Ids of the calls whose result is public, or that have a published order."""
    published = select(Ranking.id).where(Ranking.call_id == Call.id, Ranking.state == RankingState.PUBLISHED)
    return db.session.scalars(
        select(Call.id)
        .where(or_(Call.results_published_at.is_not(None), published.exists()))
        .order_by(Call.code)
    ).all()


def _portions(statement: Select[Any]) -> Iterator[Row[Any]]:
    return iter(db.session.execute(statement.execution_options(yield_per=PORTION)))
