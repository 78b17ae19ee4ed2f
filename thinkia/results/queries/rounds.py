"""SELECTs about rounds: those that are closed, the pools of one, and whom its end concerns."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import joinedload

from thinkia.accounts.models import Account
from thinkia.calls.models import Call, Challenge
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.ranking.record import Record, read
from thinkia.domain.rounds import PoolBy, Pools
from thinkia.jury.models import Review
from thinkia.results.models import Ranking, RoundClosing
from thinkia.results.queries import WITH_CALL as ORDER_WITH_CALL
from thinkia.submissions.models import Receipt, Submission
from thinkia.teams.models import Member

WITH_CALL = (
    joinedload(RoundClosing.call).joinedload(Call.version),
    joinedload(RoundClosing.call).joinedload(Call.host),
)


def closings(call: Call) -> Sequence[RoundClosing]:
    """The rounds of a call that are closed, from the first."""
    return db.session.scalars(
        select(RoundClosing).where(RoundClosing.call_id == call.id).order_by(RoundClosing.number)
    ).all()


def last_closing(call: Call) -> RoundClosing | None:
    """The round that was closed last; none, and no query, while a call is in its first."""
    if not call.round:
        return None
    return db.session.scalar(
        select(RoundClosing).where(RoundClosing.call_id == call.id, RoundClosing.number == call.round - 1)
    )


def closing_by_id(closing_id: int) -> RoundClosing | None:
    """A closed round with its call, the bases and host."""
    return db.session.scalar(select(RoundClosing).where(RoundClosing.id == closing_id).options(*WITH_CALL))


def earlier_orders(call: Call) -> list[Record]:
    """The orders by which the rounds before the one that a call is in were closed, from the first."""
    if not call.round:
        return []
    texts = db.session.scalars(
        select(Ranking.content)
        .join(RoundClosing, RoundClosing.ranking_id == Ranking.id)
        .where(RoundClosing.call_id == call.id)
        .order_by(RoundClosing.number),
        execution_options=EVERY_ROUND,
    )
    return [read(text) for text in texts]


def order_of_closing(closing: RoundClosing) -> Ranking:
    """The order by which a round was closed, with its call, the bases and host."""
    return db.session.execute(
        select(Ranking).where(Ranking.id == closing.ranking_id).options(*ORDER_WITH_CALL),
        execution_options=EVERY_ROUND,
    ).scalar_one()


def order_of_last_round(submission: Submission) -> Ranking | None:
    """The order of the last closed round that a proposal came to, with its call, the bases and host."""
    call = submission.call
    for closing in reversed(closings(call)):
        if any(fate.submission == submission.code for fate in closing.decided.fates):
            return order_of_closing(closing)
    return None


def pools_of(call: Call, pools: Pools | None) -> dict[str, str] | None:
    """The pool of each proposal in the competition; ``None`` where a round has none."""
    if pools is None:
        return None
    if pools.by is PoolBy.CHALLENGE:
        found = _competing(call, Submission.code, Challenge.code)
        found = found.join(Challenge, Challenge.id == Submission.challenge_id)
        return dict(db.session.execute(found).tuples().all())
    rows = db.session.execute(
        _competing(call, Submission.code, Receipt.content).join(Receipt, Receipt.id == Submission.receipt_id)
    )
    answers = {code: json.loads(content).get("answers", {}).get(pools.question) for code, content in rows}
    return {code: answer if isinstance(answer, str) else "" for code, answer in answers.items()}


def states_of(call: Call) -> dict[str, SubmissionState]:
    """Where each proposal stands that was handed in, by its code."""
    rows = db.session.execute(
        select(Submission.code, Submission.state).where(
            Submission.call_id == call.id, Submission.receipt_id.is_not(None)
        )
    )
    return dict(rows.tuples().all())


def waiting_in(call: Call) -> Sequence[Submission]:
    """The proposals of a call that wait for a seat."""
    return db.session.scalars(
        select(Submission)
        .where(Submission.call_id == call.id, Submission.state == SubmissionState.WAITING)
        .order_by(Submission.code)
    ).all()


def hold_reviews(call: Call) -> None:
    """Nobody changes a review of the round that a call is in until the transaction ends."""
    held = select(Review.id).where(Review.call_id == call.id).order_by(Review.id)
    db.session.execute(held.with_for_update(key_share=True))


def submissions_of(call: Call, codes: Sequence[str]) -> Sequence[Submission]:
    """These proposals of a call."""
    return db.session.scalars(
        select(Submission)
        .where(Submission.call_id == call.id, Submission.code.in_(codes))
        .order_by(Submission.code)
    ).all()


def members_of(call: Call, codes: Sequence[str]) -> Sequence[Row[Any]]:
    """(account_id, email, language, code, title) of the members of the teams of these proposals."""
    return db.session.execute(
        select(
            Account.id.label("account_id"), Account.email, Account.language, Submission.code, Submission.title
        )
        .join(Member, Member.account_id == Account.id)
        .join(Submission, Submission.team_id == Member.team_id)
        .where(Submission.call_id == call.id, Submission.code.in_(codes))
        .order_by(Submission.code, Account.id)
    ).all()


def _competing(call: Call, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .where(Submission.call_id == call.id, Submission.state == SubmissionState.SUBMITTED)
        .order_by(Submission.code)
    )
