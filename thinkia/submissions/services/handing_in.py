"""Handing in: a short change of state on what is already saved, and the receipt that proves it."""

import secrets
from datetime import datetime
from typing import Any

from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.answers import TITLE
from thinkia.domain.deadlines import Deadline, Ruling, handing_in
from thinkia.domain.formation import findings
from thinkia.domain.lifecycle import SUBMISSION, SubmissionState, destination
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.receipts import new_number
from thinkia.outside.mail import post
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
from thinkia.submissions.queries import WHOLE, receipt_for_content
from thinkia.submissions.services.drafting import log

SUBMITTED = "submitted"


@atomic
def submit(submission: Submission, actor: Actor, now: datetime) -> Outcome:
    """Hand in what is saved and counts. ``now`` is when the request arrived.

    The same content gives the same receipt, however often and whenever it is asked for. Every attempt is
    written down with what came of it: a refusal is therefore in the outcome, and not raised.
    """
    lock(submission, *WHOLE)
    try:
        receipt = _receive(submission, actor, now)
    except Refused as refused:
        missing: Any = refused.details.get("missing", [])
        return Outcome(_attempt(submission, actor, now, refused.reason.value, missing), refused=refused)
    return Outcome(_attempt(submission, actor, now, SUBMITTED, [], receipt), receipt=receipt)


def _receive(submission: Submission, actor: Actor, now: datetime) -> Receipt:
    """The receipt of what counts now. Raises before anything is written."""
    demand_editable(submission)
    content = submission.content
    known = receipt_for_content(submission, sha256_of(content))
    if known is not None and submission.receipt_id == known.id:
        return known
    ruling = _ruling(submission, now)
    _demand_whole(submission)
    _demand_team(submission)
    receipt = known or _new_receipt(submission, content, ruling, now)
    _hand_in(submission, receipt)
    log("submission.submitted", submission, actor, now, number=receipt.number, sha256=receipt.content_sha256)
    for member in submission.team.members:
        letter = emails.receipt(submission, receipt, member.account)
        post(letter, now, dedupe_key=f"receipt:{receipt.id}:{member.account_id}")
    return receipt


def _ruling(submission: Submission, now: datetime) -> Ruling:
    deadline = Deadline.of(submission.call.calendar)
    began = any(answer.question != TITLE.code and not answer.is_late for answer in submission.answers)
    began = began or any(file.begun_at < deadline.closes for file in submission.files)
    ruling = handing_in(deadline, now, began_in_time=began)
    if ruling.reason is not None:
        raise Refused(ruling.reason)
    return ruling


def _demand_whole(submission: Submission) -> None:
    missing = [line.question.code for line in submission.lines if not line.is_complete]
    if missing:
        raise Refused(Reason.INCOMPLETE, missing=missing)


def _demand_team(submission: Submission) -> None:
    members = [member.registration.attributes for member in submission.team.members]
    if not all(finding.is_met for finding in findings(submission.call.bases.team, members)):
        raise Refused(Reason.TEAM_RULES_UNMET)


def _new_receipt(submission: Submission, content: str, ruling: Ruling, now: datetime) -> Receipt:
    receipt = Receipt(
        number=new_number(secrets.choice),
        submission_id=submission.id,
        bases_version_id=submission.call.version_id,
        received_at=now,
        in_grace=ruling.in_grace,
        content=content,
        content_sha256=sha256_of(content),
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
    actor: Actor,
    now: datetime,
    outcome: str,
    missing: list[str],
    receipt: Receipt | None = None,
) -> Attempt:
    attempt = Attempt(
        submission_id=submission.id,
        at=now,
        outcome=outcome,
        missing=missing,
        receipt_id=receipt.id if receipt else None,
        account_id=account_of(actor),
    )
    db.session.add(attempt)
    return attempt
