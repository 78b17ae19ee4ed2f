"""Handing in: a short change of state on what is already saved, and the receipt that proves it."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.answers import TITLE
from thinkia.domain.deadlines import Deadline, Ruling, handing_in
from thinkia.domain.formation import findings
from thinkia.domain.lifecycle import SUBMISSION, CallState, SubmissionState, destination
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.receipts import new_number
from thinkia.outside.mail import post
from thinkia.outside.outbox import enqueue
from thinkia.policy import Actor
from thinkia.submissions import emails
from thinkia.submissions.models import (
    Attempt,
    Outcome,
    Receipt,
    Submission,
    account_of,
    demand_editable,
    sha256_of,
)
from thinkia.submissions.queries import WHOLE, left_by_itself, receipt_for_content
from thinkia.submissions.services.drafting import log

SUBMITTED = "submitted"


@atomic
def submit(submission: Submission, actor: Actor, now: datetime) -> Outcome:
    """Hand in what is saved and counts. ``now`` is when the request arrived.

    The same content gives the same receipt, however often and whenever it is asked for. Every attempt is
    written down with what came of it: a refusal is therefore in the outcome, and not raised.
    """
    lock(submission, *WHOLE)
    return _tried(submission, account_of(actor), now, lambda: _receive(submission, actor, now))


@atomic
def await_close(call: Call, now: datetime) -> None:
    """Where the bases say so, have complete drafts handed in by themselves once the grace is over.

    Asked for at every version of the bases; it happens once for each close, and not for one that is past.
    """
    deadline = Deadline.of(call.calendar)
    if call.calendar.hand_in_drafts and now < deadline.grace_ends:
        key = f"submissions.hand_in_drafts:{call.id}:{deadline.settled.astimezone(UTC):%Y%m%dT%H%M%S}"
        enqueue("submissions.hand_in_drafts", now, run_at=deadline.settled, dedupe_key=key, call_id=call.id)


@atomic
def hand_in_draft(submission: Submission, now: datetime) -> Outcome | None:
    """Hand in a draft that nobody handed in, dated at the close, or tell its team what was missing.

    ``None``: there is nothing to do. It is no draft, the bases do not say so any more or the close has
    moved, or this was done.
    """
    lock(submission, *WHOLE)
    closes = submission.call.calendar.submission.closes
    if submission.state != SubmissionState.DRAFT or not _is_settled(submission.call, now):
        return None
    if left_by_itself(submission, closes):
        return None
    outcome = _tried(submission, None, closes, lambda: _receive_draft(submission, closes, now))
    if outcome.refused is not None:
        _tell_left(submission, outcome.attempt, now)
    return outcome


def _tried(
    submission: Submission, account_id: int | None, at: datetime, receive: Callable[[], Receipt]
) -> Outcome:
    """What came of an attempt, written down."""
    try:
        receipt = receive()
    except Refused as refused:
        missing: Any = refused.details.get("missing", [])
        attempt = _attempt(submission, account_id, at, refused.reason.value, missing)
        return Outcome(attempt, refused=refused)
    return Outcome(_attempt(submission, account_id, at, SUBMITTED, [], receipt), receipt=receipt)


def _receive(submission: Submission, actor: Actor, now: datetime) -> Receipt:
    """The receipt of what counts now. Raises before anything is written."""
    demand_editable(submission)
    content = submission.content
    known = receipt_for_content(submission, sha256_of(content))
    if known is not None and submission.receipt_id == known.id:
        return known
    ruling = _ruling(submission, now)
    _demand_fit(submission)
    receipt = known or _new_receipt(submission, content, now, in_grace=ruling.in_grace)
    _take(submission, receipt, actor, now)
    return receipt


def _receive_draft(submission: Submission, closes: datetime, now: datetime) -> Receipt:
    """The receipt of a draft that nobody handed in, dated at the close."""
    _demand_fit(submission)
    content = submission.content
    known = receipt_for_content(submission, sha256_of(content))
    receipt = known or _new_receipt(submission, content, closes, by_itself=True)
    _take(submission, receipt, Actor.system(), now)
    return receipt


def _take(submission: Submission, receipt: Receipt, actor: Actor, now: datetime) -> None:
    """From now on this receipt counts; the team is told."""
    _hand_in(submission, receipt)
    log("submission.submitted", submission, actor, now, number=receipt.number, sha256=receipt.content_sha256)
    for member in submission.team.members:
        letter = emails.receipt(submission, receipt, member.account)
        post(letter, now, dedupe_key=f"receipt:{receipt.id}:{member.account_id}")


def _tell_left(submission: Submission, attempt: Attempt, now: datetime) -> None:
    for member in submission.team.members:
        letter = emails.not_handed_in(submission, attempt, member.account)
        post(letter, now, dedupe_key=f"submissions.left:{attempt.id}:{member.account_id}")


def _is_settled(call: Call, now: datetime) -> bool:
    """Whether complete drafts of this call are handed in by themselves, and it is time."""
    if call.state != CallState.PUBLISHED or call.results_published_at is not None:
        return False
    return call.calendar.hand_in_drafts and now >= Deadline.of(call.calendar).settled


def _ruling(submission: Submission, now: datetime) -> Ruling:
    deadline = Deadline.of(submission.call.calendar)
    began = any(answer.question != TITLE.code and not answer.is_late for answer in submission.answers)
    began = began or any(file.begun_at < deadline.closes for file in submission.files)
    ruling = handing_in(deadline, now, began_in_time=began)
    if ruling.reason is not None:
        raise Refused(ruling.reason)
    return ruling


def _demand_fit(submission: Submission) -> None:
    """Raise unless every answer is complete and the team is as the bases want it."""
    missing = [line.question.code for line in submission.lines if not line.is_complete]
    if missing:
        raise Refused(Reason.INCOMPLETE, missing=missing)
    members = [member.registration.attributes for member in submission.team.members]
    if not all(finding.is_met for finding in findings(submission.call.bases.team, members)):
        raise Refused(Reason.TEAM_RULES_UNMET)


def _new_receipt(submission: Submission, content: str, at: datetime, **marked: bool) -> Receipt:
    receipt = Receipt(
        number=new_number(secrets.choice),
        submission_id=submission.id,
        bases_version_id=submission.call.version_id,
        received_at=at,
        content=content,
        content_sha256=sha256_of(content),
        **marked,
    )
    db.session.add(receipt)
    db.session.flush()
    return receipt


def _hand_in(submission: Submission, receipt: Receipt) -> None:
    submission.state = SubmissionState(destination(SUBMISSION, "submit", submission.state) or "")
    submission.receipt_id, submission.receipt = receipt.id, receipt
    submission.submitted_at = receipt.received_at
    submission.bases_version_id = receipt.bases_version_id


def _attempt(
    submission: Submission,
    account_id: int | None,
    at: datetime,
    outcome: str,
    missing: list[str],
    receipt: Receipt | None = None,
) -> Attempt:
    attempt = Attempt(
        submission_id=submission.id,
        at=at,
        outcome=outcome,
        missing=missing,
        receipt_id=receipt.id if receipt else None,
        account_id=account_id,
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt
