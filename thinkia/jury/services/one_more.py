"""One juror more reads a proposal, above the seats of its panel: one person asks, another confirms.

For proposals that the reviews cannot part. It takes nothing away and changes no mark; the order that stands
is computed again once the review is in.
"""

from datetime import datetime
from typing import Any

from thinkia.agreements.hooks import demand_its_round
from thinkia.agreements.models import Agreement, ref_in_round
from thinkia.agreements.services import Wanted, ask
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.db.transaction import atomic, lock
from thinkia.domain.bases import MethodName, WindowKind
from thinkia.domain.lifecycle import CallState, SubmissionState
from thinkia.domain.phases import open_windows
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record, ref_of
from thinkia.jury import emails
from thinkia.jury.models import Review, SentKind
from thinkia.jury.queries.one_more import Free, who_could_read
from thinkia.jury.queries.panels import last_positions
from thinkia.jury.queries.people import juror_by_code
from thinkia.jury.services.access import new_access
from thinkia.jury.services.letters import send
from thinkia.policy import Actor
from thinkia.submissions.models import Submission
from thinkia.submissions.queries import submission_in_call

ONE_MORE = "review.one_more"


@atomic
def ask_one_more(
    submission: Submission, juror: str, sector: str, reason: str, actor: Actor, now: datetime
) -> Agreement:
    """Ask that this juror reads the proposal too, sitting for this sector; another person confirms it."""
    _demand_free(submission, juror, sector, now)
    wanted = Wanted(
        kind=ONE_MORE,
        object_ref=ref_in_round(submission.call, f"submission:{submission.code}"),
        label=submission.code,
        reason=reason,
        arguments={"juror": juror, "sector": sector},
    )
    return ask(submission.call, wanted, actor, now)


@atomic
def seat(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """Give the juror the proposal to read, and write to him or her once. The second person acts."""
    call = lock(agreement.call, *WITH_BASES)
    demand_its_round(agreement, call, f"submission:{agreement.label}")
    submission = submission_in_call(call.code, agreement.label)
    juror = juror_by_code(call.code, agreement.arguments["juror"])
    if submission is None or juror is None:
        raise Refused(Reason.NOT_FREE)
    sector = agreement.arguments["sector"]
    _demand_free(submission, juror.code, sector, now)
    review = Review(
        code=new_code(),
        call_id=call.id,
        juror_id=juror.id,
        submission_id=submission.id,
        receipt_id=submission.receipt_id,
        sector=sector,
        position=last_positions(call).get(juror.id, 0) + 1,
        assigned_at=now,
    )
    db.session.add(review)
    db.session.flush()
    _record(review, agreement, actor, now)
    letter = emails.assignment(juror, call, 1, new_access(juror, now))
    send(juror, SentKind.ASSIGNMENT, letter, actor, now, dedupe_key=f"jury.one_more:{agreement.id}")


def _demand_free(submission: Submission, juror: str, sector: str, now: datetime) -> Free:
    """The person, if nothing keeps him or her from it, and there is time to read."""
    call = submission.call
    live = call.state is CallState.PUBLISHED and call.results_published_at is None
    reading = WindowKind.EVALUATION in open_windows(call.calendar, now)
    if not (live and reading and submission.state is SubmissionState.SUBMITTED):
        raise Refused(Reason.ONE_MORE_NOT_NOW)
    if call.bases.method.name is MethodName.SUM:
        raise Refused(Reason.ONE_MORE_ADDS)
    for free in who_could_read(call, submission.code):
        if (free.juror, free.sector) == (juror, sector):
            return free
    raise Refused(Reason.NOT_FREE)


def _record(review: Review, agreement: Agreement, actor: Actor, now: datetime) -> None:
    data: dict[str, Any] = {
        "submission": agreement.label,
        "sector": review.sector,
        "agreement": agreement.code,
        "asked_by": ref_of(agreement.asked_by_id, review.call_id),
    }
    record(
        "review.one_more", f"review:{review.code}", actor=actor, now=now, call_id=review.call_id, data=data
    )
