"""Marks that jurors gave elsewhere: one officer brings a sheet of them, another one confirms.

Like paper they only ever fill an empty place: where a juror has marked or written anything, nothing of the
whole sheet is entered.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from thinkia.agreements.hooks import demand_its_round
from thinkia.agreements.models import Agreement, ref_in_round
from thinkia.agreements.services import Wanted, ask
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import atomic
from thinkia.domain.ballot import Ballot, missing, unjustified
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.paper import TypedBallot, read_typed
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.rubric import Rubric
from thinkia.journal.services import record, ref_of
from thinkia.jury import emails
from thinkia.jury.models import Mark, MarksSource, Review, SentKind
from thinkia.jury.queries.sheets import Place, held_reviews, sheet_rows, why_no_sheet
from thinkia.jury.services import scoring
from thinkia.jury.services.letters import send
from thinkia.policy import Actor

FROM_SHEET = "marks.from_sheet"


@atomic
def ask_to_bring_in(
    call: Call, ballots: Mapping[str, TypedBallot], reason: str, actor: Actor, now: datetime
) -> Agreement:
    """Ask that these become final reviews (by code) of jurors who have marked nothing; another confirms."""
    if why := why_no_sheet(call, actor.account_id, now):
        raise Refused(why)
    if not ballots:
        raise Refused(Reason.SHEET_EMPTY)
    _demand_enterable(call, ballots)
    wanted = Wanted(
        kind=FROM_SHEET,
        object_ref=ref_in_round(call, f"sheet:{call.id}"),
        label=call.code[:40],
        reason=reason,
        arguments={"reviews": {code: ballot.written() for code, ballot in sorted(ballots.items())}},
    )
    return ask(call, wanted, actor, now)


@atomic
def bring_in(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """Make all of them final, said to be imported, or none; each juror is told once."""
    call = agreement.call
    demand_its_round(agreement, call, f"sheet:{call.id}")
    ballots = {code: read_typed(kept) for code, kept in agreement.arguments["reviews"].items()}
    if why := why_no_sheet(call, actor.account_id, now):
        raise Refused(why)
    reviews = list(held_reviews(call, sorted(ballots)))
    found = _demand_enterable(call, ballots)
    data = {"agreement": agreement.code, "asked_by": ref_of(agreement.asked_by_id, call.id)}
    count = {"reviews": len(reviews)}
    record(
        "reviews.imported", f"call:{call.code}", actor=actor, now=now, call_id=call.id, data={**data, **count}
    )
    of_juror = defaultdict(list)
    with db.session.no_autoflush:  # thousands of rows are written at once, and not one by one
        for review in reviews:
            _fill(review, found[review.code], now)
            scoring.make_final(review, actor, now, MarksSource.IMPORTED)
            of_juror[review.juror].append(review)
    for juror, theirs in of_juror.items():
        key = f"jury.imported:{agreement.id}:{juror.id}"
        send(juror, SentKind.IMPORTED, emails.imported(juror, call, theirs), actor, now, dedupe_key=key)


def _demand_enterable(call: Call, ballots: Mapping[str, TypedBallot]) -> dict[str, Ballot]:
    """The ballots by the rules in force, whose reviews are all empty still."""
    rubric: Rubric = call.bases.rubric
    empty = {row.review for row in sheet_rows(call) if row.place is Place.EMPTY}
    found = {code: typed.ballot(rubric) for code, typed in ballots.items()}
    whole = not any(one.faults or missing(rubric, one) or unjustified(rubric, one) for one in found.values())
    if not whole or not empty >= found.keys():
        raise Refused(Reason.SHEET_STALE)
    return found


def _fill(review: Review, ballot: Ballot, now: datetime) -> None:
    """What the juror would have saved."""
    review.state = ReviewState.STARTED
    review.note, review.feedback, review.saved_at = ballot.note, ballot.feedback, now
    for code, given in ballot.given.items():
        if given.mark is not None:
            items = [index for index, yes in given.items.items() if yes] if given.items else None
            review.marks.append(Mark(criterion=code, value=given.mark, reason=given.reason, items=items))
    db.session.add(review)
