"""A final review is reopened by two persons, and what it was stays as it was.

No route changes a mark that a juror has given: reopening gives the review back to that juror alone. Only
while evaluation is open (or was extended) and no result is published.
"""

import hashlib
from datetime import datetime
from typing import Any

import rfc8785

from thinkia.agreements.models import Agreement
from thinkia.agreements.services import Wanted, ask
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.db.types import MICRO
from thinkia.domain.bases import WindowKind
from thinkia.domain.lifecycle import REVIEW, CallState, ReviewState, SubmissionState, destination
from thinkia.domain.phases import open_windows
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record, ref_of
from thinkia.jury import emails
from thinkia.jury.models import FormerReview, Review
from thinkia.jury.queries.reviews import WITH_ALL, review_by_code, times_reopened
from thinkia.outside.mail import post
from thinkia.policy import Actor

REOPEN = "review.reopen"


@atomic
def ask_to_reopen(review: Review, reason: str, actor: Actor, now: datetime) -> Agreement:
    """Ask that a final review goes back to its juror; another person confirms it."""
    _demand_reopenable(review, now)
    wanted = Wanted(
        kind=REOPEN, object_ref=f"review:{review.code}", label=review.submission.code, reason=reason
    )
    return ask(review.call, wanted, actor, now)


@atomic
def reopen(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """Keep the review as it is, then give it back to its juror, who is told once. The second person acts."""
    found = review_by_code(agreement.object_ref.removeprefix("review:"))
    if found is None:
        raise Refused(Reason.REVIEW_NOT_FINAL)
    review = lock(found, *WITH_ALL)
    _demand_reopenable(review, now)
    former = _kept(review, agreement, now)
    review.state, review.finished_at = ReviewState.STARTED, None
    review.version, review.saved_by = review.version + 1, ""
    _record(review, former, agreement, actor, now)
    post(emails.reopened(review.juror, review.call, review), now, dedupe_key=f"jury.reopened:{agreement.id}")


def _demand_reopenable(review: Review, now: datetime) -> None:
    call = review.call
    live = call.state is CallState.PUBLISHED and call.results_published_at is None
    reading = WindowKind.EVALUATION in open_windows(call.calendar, now)
    stands = review.submission.state is SubmissionState.SUBMITTED
    if not (live and reading and stands and destination(REVIEW, "reopen", review.state)):
        raise Refused(Reason.REVIEW_NOT_FINAL)


def _kept(review: Review, agreement: Agreement, now: datetime) -> FormerReview:
    marks = {
        mark.criterion: {"micro": int(mark.value * MICRO), "items": mark.items, "reason": mark.reason}
        for mark in review.marks
    }
    whole: dict[str, Any] = {
        "marks": marks,
        "note": review.note,
        "feedback": review.feedback,
        "version": review.version,
        "source": review.source,
    }
    content = rfc8785.dumps(whole)
    former = FormerReview(
        review_id=review.id,
        number=times_reopened(review) + 1,
        agreement_id=agreement.id,
        finished_at=review.finished_at,
        reopened_at=now,
        content=content.decode(),
        content_sha256=hashlib.sha256(content).hexdigest(),
    )
    db.session.add(former)
    db.session.flush()
    return former


def _record(review: Review, former: FormerReview, agreement: Agreement, actor: Actor, now: datetime) -> None:
    data: dict[str, Any] = {
        "version": review.version,
        "former": former.number,
        "former_sha256": former.content_sha256,
        "marks": {mark.criterion: int(mark.value * MICRO) for mark in review.marks},
        "agreement": agreement.code,
        "asked_by": ref_of(agreement.asked_by_id, review.call_id),
    }
    record(
        "review.reopened", f"review:{review.code}", actor=actor, now=now, call_id=review.call_id, data=data
    )
