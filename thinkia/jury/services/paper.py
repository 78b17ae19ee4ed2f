"""Marks that a juror gave on paper: one officer types them, another one confirms them.

They only ever fill an empty place. Where the juror has marked or written anything, nothing is entered, and
whoever comes first of a juror who saves and an officer who confirms is the only one of the two.
"""

from datetime import datetime
from typing import Any

from thinkia.agreements.models import Agreement
from thinkia.agreements.services import Wanted, ask
from thinkia.db.transaction import atomic, lock
from thinkia.domain.ballot import Ballot, missing, unjustified
from thinkia.domain.paper import PaperBallot, days_to_sign, read_back
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record, ref_of
from thinkia.jury import emails
from thinkia.jury.models import MarksSource, Review, SentKind
from thinkia.jury.queries.paper import why_no_paper
from thinkia.jury.queries.reviews import WITH_ALL, review_by_code
from thinkia.jury.services import scoring
from thinkia.jury.services.letters import send
from thinkia.policy import Actor

FROM_PAPER = "marks.from_paper"


@atomic
def ask_to_enter(review: Review, paper: PaperBallot, reason: str, actor: Actor, now: datetime) -> Agreement:
    """Ask that a ballot becomes the final review of its juror, who has marked nothing; another confirms."""
    found = _known(review.code)
    _demand_enterable(found, paper, actor, now)
    wanted = Wanted(
        kind=FROM_PAPER,
        object_ref=f"review:{found.code}",
        label=found.submission.code,
        reason=reason,
        arguments=paper.written(),
    )
    return ask(found.call, wanted, actor, now)


@atomic
def enter(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """Make the ballot the juror's final review, said to be from paper; the juror is told once."""
    paper = read_back(agreement.arguments)
    review = lock(_known(agreement.object_ref.removeprefix("review:")), *WITH_ALL)
    ballot = _demand_enterable(review, paper, actor, now)
    version, marks = scoring.keep(review, ballot, now, version=review.version, sender=("", 0))
    data: dict[str, Any] = {
        "version": version,
        "marks": marks,
        "signed_on": paper.signed_on.isoformat(),
        "agreement": agreement.code,
        "asked_by": ref_of(agreement.asked_by_id, review.call_id),
    }
    about = f"review:{review.code}"
    record("review.entered_from_paper", about, actor=actor, now=now, call_id=review.call_id, data=data)
    review = lock(review, *WITH_ALL)
    scoring.make_final(review, actor, now, MarksSource.PAPER)
    key = f"jury.from_paper:{agreement.id}"
    send(review.juror, SentKind.FROM_PAPER, emails.from_paper(review), actor, now, dedupe_key=key)


def _known(code: str) -> Review:
    found = review_by_code(code)
    if found is None:
        raise Refused(Reason.ROUND_OVER)
    return found


def _demand_enterable(review: Review, paper: PaperBallot, actor: Actor, now: datetime) -> Ballot:
    """The ballot, or what stands in its way now."""
    if reason := why_no_paper(review, actor.account_id, now):
        raise Refused(reason)
    call, rubric = review.call, review.call.bases.rubric
    ballot = paper.ballot(rubric)
    unmarked, without_reason = missing(rubric, ballot), unjustified(rubric, ballot)
    if unmarked or without_reason:
        raise Refused(Reason.PAPER_INCOMPLETE, unmarked=unmarked, without_reason=without_reason)
    first, last = days_to_sign(call.calendar.evaluation, call.bases.time_zone, now)
    if not first <= paper.signed_on <= last:
        raise Refused(Reason.PAPER_DAY, first=first, last=last)
    return ballot
