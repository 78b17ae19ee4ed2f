"""Every SELECT about submissions, saying what it loads."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from thinkia.agreements.models import Agreement
from thinkia.calls.models import Call, Challenge
from thinkia.db import db
from thinkia.domain.lifecycle import SubmissionState
from thinkia.submissions.models import (
    Answer,
    Attempt,
    FilePage,
    PagedFile,
    Receipt,
    Submission,
    SubmittedFile,
)
from thinkia.teams.models import Member, Team
from thinkia.teams.queries import WITH_MEMBERS

WITH_CALL = (
    joinedload(Submission.call).joinedload(Call.version),
    joinedload(Submission.call).joinedload(Call.host),
)
WITH_RECEIPT = joinedload(Submission.receipt).joinedload(Receipt.bases_version)
WITH_ANSWERS = (
    selectinload(Submission.answers).joinedload(Answer.saved_by),
    selectinload(Submission.files.and_(SubmittedFile.replaced_at.is_(None))).joinedload(
        SubmittedFile.saved_by
    ),
)
WHOLE = (
    *WITH_CALL,
    *WITH_ANSWERS,
    WITH_RECEIPT,
    joinedload(Submission.challenge),
    joinedload(Submission.team).options(WITH_MEMBERS),
)


def submission_by_code(code: str) -> Submission | None:
    """A submission with all that its pages show: call, bases, challenge, team, answers, files, receipt."""
    return db.session.scalar(select(Submission).where(Submission.code == code).options(*WHOLE))


def submission_by_id(submission_id: int) -> Submission | None:
    """The same by its number: for tasks."""
    return db.session.scalar(select(Submission).where(Submission.id == submission_id).options(*WHOLE))


def submission_to_edit(code: str) -> Submission | None:
    """A submission with call, bases, challenge, team, answers and files: for the page of one question."""
    options = (*WITH_CALL, *WITH_ANSWERS, joinedload(Submission.challenge), joinedload(Submission.team))
    return db.session.scalar(select(Submission).where(Submission.code == code).options(*options))


def submission_in_call(code: str, submission: str) -> Submission | None:
    """A submission of this call, with all that its pages show."""
    statement = select(Submission).join(Submission.call).where(Call.code == code)
    return db.session.scalar(statement.where(Submission.code == submission).options(*WHOLE))


def submissions_of_team(team: Team) -> list[Submission]:
    """The team's submissions, the oldest first. Loads nothing else."""
    statement = select(Submission).where(Submission.team_id == team.id).order_by(Submission.id)
    return list(db.session.scalars(statement))


def has_receipts(team: Team) -> bool:
    """Whether the team ever handed something in."""
    found = exists().where(Receipt.submission_id == Submission.id, Submission.team_id == team.id)
    return bool(db.session.scalar(select(found)))


def answers_to(submission: Submission, question: str) -> dict[bool, Answer]:
    """The answers to one question as they are now: by whether it is a late draft."""
    statement = select(Answer).where(Answer.submission_id == submission.id, Answer.question == question)
    found = db.session.scalars(statement.execution_options(populate_existing=True))
    return {answer.is_late: answer for answer in found}


def current_file(submission: Submission, question: str) -> SubmittedFile | None:
    """The file that answers a question now."""
    return db.session.scalar(
        select(SubmittedFile).where(
            SubmittedFile.submission_id == submission.id,
            SubmittedFile.question == question,
            SubmittedFile.replaced_at.is_(None),
        )
    )


def file_of_submission(code: str, file_id: UUID) -> SubmittedFile | None:
    """A file of this submission, replaced ones too, with submission, call and bases."""
    of = joinedload(SubmittedFile.submission).joinedload(Submission.call)
    return db.session.scalar(
        select(SubmittedFile)
        .join(SubmittedFile.submission)
        .where(Submission.code == code, SubmittedFile.id == file_id)
        .options(of.joinedload(Call.version), of.joinedload(Call.host))
    )


def every_file_of(submission: Submission) -> list[SubmittedFile]:
    """Every file that was ever given, newest first. With who gave it."""
    return list(
        db.session.scalars(
            select(SubmittedFile)
            .where(SubmittedFile.submission_id == submission.id)
            .options(joinedload(SubmittedFile.saved_by))
            .order_by(SubmittedFile.saved_at.desc(), SubmittedFile.id)
        )
    )


def attempts_of(submission: Submission) -> list[Attempt]:
    """Every attempt to hand in, newest first. With who tried and the receipt."""
    return list(
        db.session.scalars(
            select(Attempt)
            .where(Attempt.submission_id == submission.id)
            .options(joinedload(Attempt.account), joinedload(Attempt.receipt))
            .order_by(Attempt.id.desc())
        )
    )


def receipts_of(submission: Submission) -> list[Receipt]:
    """Every receipt of a submission, newest first, with the version of the bases."""
    return list(
        db.session.scalars(
            select(Receipt)
            .where(Receipt.submission_id == submission.id)
            .options(joinedload(Receipt.bases_version))
            .order_by(Receipt.id.desc())
        )
    )


def receipt_for_content(submission: Submission, sha256: str) -> Receipt | None:
    """The receipt that this content already has."""
    return db.session.scalar(
        select(Receipt).where(Receipt.submission_id == submission.id, Receipt.content_sha256 == sha256)
    )


def receipt_by_number(number: str) -> Receipt | None:
    """A receipt with the submission, its call and the versions of the bases."""
    of = joinedload(Receipt.submission).joinedload(Submission.call)
    return db.session.scalar(
        select(Receipt)
        .where(Receipt.number == number)
        .options(
            joinedload(Receipt.bases_version),
            of.joinedload(Call.version),
            of.joinedload(Call.host),
            joinedload(Receipt.submission).joinedload(Submission.team),
        )
    )


def submissions_of_call(
    call: Call, state: SubmissionState | None = None, challenge: str = ""
) -> Select[tuple[Submission]]:
    """The submissions of a call, last handed in first, then the drafts. With team, challenge and receipt."""
    statement = (
        select(Submission)
        .join(Submission.challenge)
        .where(Submission.call_id == call.id)
        .options(
            joinedload(Submission.team), joinedload(Submission.challenge), joinedload(Submission.receipt)
        )
        .order_by(Submission.submitted_at.is_(None), Submission.submitted_at.desc(), Submission.id.desc())
    )
    if state is not None:
        statement = statement.where(Submission.state == state)
    return statement.where(Challenge.code == challenge) if challenge else statement


def numbers_of(call: Call) -> dict[SubmissionState, int]:
    """How many submissions of a call are in each state."""
    statement = (
        select(Submission.state, func.count(Submission.id))
        .where(Submission.call_id == call.id)
        .group_by(Submission.state)
    )
    return {SubmissionState(state): count for state, count in db.session.execute(statement)}


def drafts_of(call: Call) -> list[Submission]:
    """The drafts of a call. Loads nothing else."""
    statement = select(Submission).where(
        Submission.call_id == call.id, Submission.state == SubmissionState.DRAFT
    )
    return list(db.session.scalars(statement))


def whose_proposal(agreements: Sequence[Agreement]) -> list[tuple[int, int]]:
    """(request, account) of every member of the team whose proposal a request is about."""
    of = {one.label: one.id for one in agreements}
    statement = (
        select(Submission.code, Member.account_id)
        .join(Member, Member.team_id == Submission.team_id)
        .where(Submission.code.in_(of))
    )
    return [(of[code], account_id) for code, account_id in db.session.execute(statement)]


def left_by_itself(submission: Submission, at: datetime) -> bool:
    """Whether it was tried to hand this draft in by itself at that close."""
    found = exists().where(
        Attempt.submission_id == submission.id, Attempt.at == at, Attempt.account_id.is_(None)
    )
    return bool(db.session.scalar(select(found)))


def pdfs_handed_in(call_id: int) -> set[str]:
    """The hashes of the PDF files in the receipts that count."""
    rows = db.session.scalars(
        select(Receipt.content)
        .join(Submission, Submission.receipt_id == Receipt.id)
        .where(Submission.call_id == call_id, Submission.state == SubmissionState.SUBMITTED)
        .execution_options(yield_per=200)
    )
    files = (file for content in rows for file in json.loads(content).get("files", {}).values())
    return {file["sha256"] for file in files if file.get("media_type") == "application/pdf"}


def known_paged_files() -> set[str]:
    """The hashes of every file whose pages were asked for."""
    return set(db.session.scalars(select(PagedFile.sha256)))


def paged_file(sha256: str, *, held: bool = False) -> PagedFile | None:
    """A file whose pages were asked for, without them; ``held`` until the end of the transaction."""
    statement = select(PagedFile).where(PagedFile.sha256 == sha256)
    if held:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)


def paged_files(hashes: Collection[str]) -> dict[str, PagedFile]:
    """Those of these files whose pages were asked for, with their pages, by hash."""
    if not hashes:
        return {}
    statement = select(PagedFile).where(PagedFile.sha256.in_(hashes)).options(joinedload(PagedFile.drawings))
    return {one.sha256: one for one in db.session.scalars(statement).unique()}


def file_page(sha256: str, number: int) -> FilePage | None:
    """One page of a file."""
    return db.session.get(FilePage, (sha256, number))
