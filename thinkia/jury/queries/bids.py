"""SELECTs about bids. What a conflict keeps from a juror is in no list and in no count."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select

from thinkia.calls.models import Call, Challenge
from thinkia.db import db
from thinkia.domain.bids import Liking
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.phases import grace_ends
from thinkia.jury.models import Bid, Juror
from thinkia.jury.queries.conflicts import kept_from
from thinkia.jury.queries.panels import has_plan
from thinkia.jury.queries.people import own_seat
from thinkia.policy import Actor
from thinkia.submissions.models import Submission


def bidding_seat(code: str, actor: Actor) -> Juror | None:
    """The reader's own seat, where the bases take bids from it."""
    seat = own_seat(code, actor)
    return seat if seat is not None and seat.votes and seat.call.bases.jury.bids else None


def takes_bids(juror: Juror, now: datetime) -> bool:
    """Whether a juror may bid now: the statement is signed, all is handed in, no panel is drawn yet."""
    asked = juror.call.bases.jury.bids and juror.votes and juror.statement_at is not None
    return bool(asked) and now >= grace_ends(juror.call.calendar) and not has_plan(juror.call)


def proposals_to_bid_for(juror: Juror) -> Select[Any]:
    """(id, code, title, challenge, liking) of what the juror may read, challenge by challenge. No names."""
    own = and_(Bid.submission_id == Submission.id, Bid.juror_id == juror.id)
    return (
        select(
            Submission.id,
            Submission.code,
            Submission.title,
            Challenge.code.label("challenge"),
            Bid.liking,
        )
        .join(Challenge, Challenge.id == Submission.challenge_id)
        .outerjoin(Bid, own)
        .where(*_in_reach(juror))
        .order_by(Challenge.id, Submission.code)
    )


def own_bids(juror: Juror) -> dict[Liking, int]:
    """How many proposals the juror said each of."""
    rows = db.session.execute(
        select(Bid.liking, func.count())
        .join(Submission, Submission.id == Bid.submission_id)
        .where(Bid.juror_id == juror.id, *_in_reach(juror))
        .group_by(Bid.liking)
    )
    return dict(rows.tuples().all())


def bids_among(juror: Juror, submission_ids: list[int]) -> dict[int, Bid]:
    """By proposal, what the juror has said of these."""
    rows = db.session.scalars(
        select(Bid).where(Bid.juror_id == juror.id, Bid.submission_id.in_(submission_ids))
    )
    return {bid.submission_id: bid for bid in rows}


def ids_in_reach(juror: Juror, codes: list[str]) -> dict[str, int]:
    """Code → id of those of these proposals that the juror may read."""
    rows = db.session.execute(
        select(Submission.code, Submission.id).where(Submission.code.in_(codes), *_in_reach(juror))
    )
    return dict(rows.tuples().all())


def bidders(call: Call) -> int:
    """How many jurors have said what they would like to read."""
    said = select(func.count(Bid.juror_id.distinct())).join(Juror, Juror.id == Bid.juror_id)
    return db.session.scalar(said.where(Juror.call_id == call.id)) or 0


def likings_of(call: Call, submission: str) -> dict[str, Liking]:
    """By juror, what was said of one proposal: for the organisers."""
    rows = db.session.execute(
        select(Juror.code, Bid.liking)
        .join(Bid, Bid.juror_id == Juror.id)
        .join(Submission, Submission.id == Bid.submission_id)
        .where(Juror.call_id == call.id, Submission.code == submission)
    )
    return dict(rows.tuples().all())


def _in_reach(juror: Juror) -> tuple[Any, ...]:
    return (
        Submission.call_id == juror.call_id,
        Submission.state == SubmissionState.SUBMITTED,
        Submission.id.not_in(kept_from(juror.id)),
    )
