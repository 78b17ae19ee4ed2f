"""A final review is reopened by two persons, and what it was stays as it was.

No route changes a mark that a juror has given: reopening gives the review back to that juror alone. Only
while evaluation is open (or was extended) and no result is published.
"""

from datetime import datetime
from typing import Any

from thinkia.agreements.models import Agreement
from thinkia.agreements.services import Wanted, ask
from thinkia.db.transaction import atomic, lock
from thinkia.domain.bases import WindowKind
from thinkia.domain.lifecycle import REVIEW, CallState, ReviewState, SubmissionState, destination
from thinkia.domain.phases import open_windows
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record, ref_of
from thinkia.jury import emails
from thinkia.jury.models import FormerReview, Review, SentKind
from thinkia.jury.queries.reviews import WITH_ALL, review_by_code
from thinkia.jury.services.former import keep
from thinkia.jury.services.letters import send
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
        raise Refused(Reason.ROUND_OVER)
    review = lock(found, *WITH_ALL)
    _demand_reopenable(review, now)
    former = keep(review, now, agreement=agreement)
    review.state, review.finished_at = ReviewState.STARTED, None
    review.version, review.saved_by = review.version + 1, ""
    _record(review, former, agreement, actor, now)
    letter, key = emails.reopened(review.juror, review.call, review), f"jury.reopened:{agreement.id}"
    send(review.juror, SentKind.REOPENED, letter, actor, now, dedupe_key=key)


def _demand_reopenable(review: Review, now: datetime) -> None:
    call = review.call
    if call.results_published_at is not None:
        raise Refused(Reason.RESULT_PUBLISHED)
    live = call.state is CallState.PUBLISHED
    reading = WindowKind.EVALUATION in open_windows(call.calendar, now)
    stands = review.submission.state is SubmissionState.SUBMITTED
    if not (live and reading and stands and destination(REVIEW, "reopen", review.state)):
        raise Refused(Reason.REVIEW_NOT_FINAL)


def _record(review: Review, former: FormerReview, agreement: Agreement, actor: Actor, now: datetime) -> None:
    data: dict[str, Any] = {
        "version": review.version,
        "former": former.number,
        "former_sha256": former.content_sha256,
        "marks": review.micro_marks,
        "agreement": agreement.code,
        "asked_by": ref_of(agreement.asked_by_id, review.call_id),
    }
    record(
        "review.reopened", f"review:{review.code}", actor=actor, now=now, call_id=review.call_id, data=data
    )
