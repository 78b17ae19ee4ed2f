"""Closing a round: who goes on, who waits, who does not; and who moves up when somebody leaves."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from thinkia.agreements.models import Agreement
from thinkia.agreements.services import Wanted, ask
from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.calls.services import follow_round
from thinkia.db import db
from thinkia.db.rounds import close_round as make_history
from thinkia.db.transaction import atomic, lock
from thinkia.domain.lifecycle import GONE, SUBMISSION, SubmissionState, destination
from thinkia.domain.ranking.fates import written
from thinkia.domain.ranking.rounds import Fate, Outcome
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury.queries.panels import open_plan
from thinkia.jury.services.panels import discard
from thinkia.outside.mail import post
from thinkia.outside.outbox import enqueue
from thinkia.policy import Actor
from thinkia.results import emails
from thinkia.results.computation import fates_of, not_settled
from thinkia.results.models import Ranking, RoundClosing
from thinkia.results.queries import WITH_CALL, current_ranking
from thinkia.results.queries.rounds import (
    hold_reviews,
    last_closing,
    members_of,
    states_of,
    submissions_of,
    waiting_in,
)
from thinkia.submissions.services import log

CLOSE_BY_HAND = "results.close_round"
MOVES = {Outcome.WAITS: "wait", Outcome.STAYS: "drop_out"}


@atomic
def close_round(ranking: Ranking, actor: Actor, now: datetime) -> RoundClosing:
    """End the round that a call is in by the order that the chair confirmed, and begin the next one.

    Who goes on is what the bases say; a place shared at the line, which they do not take whole, is in
    ``CannotRankError``. Every team is written to. What the round had stays as it was.
    """
    call, ranking = _confirmed(ranking)
    if call.advances_by_hand:
        raise Refused(Reason.ROUND_BY_HAND)
    return _close(call, ranking, {}, actor, now)


@atomic
def ask_to_close(
    ranking: Ranking, chosen: Mapping[str, str], reason: str, actor: Actor, now: datetime
) -> Agreement:
    """Ask that the round ends and that these go on, each for a reason; another person confirms.

    ``CannotRankError``: somebody named who is not in the round, or without a reason.
    """
    call, ranking = _confirmed(ranking)
    if not call.advances_by_hand:
        raise Refused(Reason.ROUND_NOT_BY_HAND)
    if not chosen:
        raise Refused(Reason.NOBODY_GOES_ON)
    fates_of(call, chosen)
    wanted = Wanted(
        kind=CLOSE_BY_HAND,
        object_ref=_ref(ranking),
        label=call.announced.rounds[call.round].code[:40],
        reason=reason,
        arguments={"chosen": dict(chosen)},
    )
    return ask(call, wanted, actor, now)


@atomic
def close_as_agreed(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """What ``ask_to_close`` asked for, confirmed: by the order that stood then, no other."""
    ranking = current_ranking(agreement.call)
    if ranking is None or _ref(ranking) != agreement.object_ref:
        raise Refused(Reason.RANKING_STALE)
    call, ranking = _confirmed(ranking)
    closing = _close(call, ranking, agreement.arguments["chosen"], actor, now)
    closing.agreement_id = agreement.id


@atomic
def move_up(call: Call, now: datetime) -> None:
    """Fill the seats of those who went on and left since, from the waiting list, in its order.

    Until the evaluation of the round closes: whoever came later could not be read any more.
    """
    call = lock(call, *WITH_BASES)  # first: a round that is being closed is waited for
    closing = last_closing(call)
    if closing is None or call.results_published_at or now >= call.calendar.evaluation.closes:
        return
    states = states_of(call)
    took_part = {fate.submission for fate in closing.decided.fates}
    closing.gone = sorted(code for code in took_part if states.get(code) in GONE)
    codes = [code for code in closing.fates.advancing if states.get(code) is SubmissionState.WAITING]
    for submission in submissions_of(call, codes):
        submission.state = _moved(submission.state, "move_up")
        log("submission.moved_up", submission, Actor.system(), now)
    for row in members_of(call, codes):
        letter = emails.round_closed(call, closing, row, Outcome.ADVANCES, moved_up=True)
        post(letter, now, dedupe_key=f"rounds.moved_up:{closing.id}:{row.code}:{row.account_id}")


@atomic
def tell_round(closing: RoundClosing, fates: Sequence[Fate], now: datetime) -> int:
    """Write to the teams of these what the end of the round is for them; to each person once a proposal.

    Whoever has left since, or moved up and had another letter, gets none.
    """
    states = states_of(closing.call)
    by_code = {one.submission: one for one in fates if _still(one, states.get(one.submission))}
    rows = members_of(closing.call, list(by_code))
    for row in rows:
        fate = by_code[row.code]
        letter = emails.round_closed(closing.call, closing, row, fate.outcome, turn=fate.turn)
        post(letter, now, dedupe_key=f"rounds.closed:{closing.id}:{row.code}:{row.account_id}")
    return len(rows)


def _close(
    call: Call, ranking: Ranking, chosen: Mapping[str, str], actor: Actor, now: datetime
) -> RoundClosing:
    closed = fates_of(call, chosen)
    if not closed.advancing:
        raise Refused(Reason.NOBODY_GOES_ON)
    if plan := open_plan(call):
        discard(plan, actor, now)
    closing = RoundClosing(
        call_id=call.id,
        call=call,
        number=call.round,
        ranking_id=ranking.id,
        closed_at=now,
        closed_by_id=actor.account_id,
        content=written(closed),
        gone=[],
    )
    db.session.add(closing)
    db.session.flush()
    for submission in waiting_in(call):  # since the round before: its turn is past
        submission.state = _moved(submission.state, "drop_out")
    for outcome, name in MOVES.items():
        codes = [one.submission for one in closed.fates if one.outcome is outcome]
        for submission in submissions_of(call, codes):
            submission.state = _moved(submission.state, name)
    db.session.flush()
    make_history(call.id, call.round)
    call.round += 1
    follow_round(call)
    record(
        "results.round_closed",
        _ref(ranking),
        actor=actor,
        now=now,
        call_id=call.id,
        data={"round": closed.round, "advance": len(closed.advancing), "wait": len(closed.waiting)},
    )
    enqueue("results.tell_round", now, dedupe_key=f"rounds.closed:{closing.id}", closing_id=closing.id)
    return closing


def _confirmed(ranking: Ranking) -> tuple[Call, Ranking]:
    """The call, held, and the order that the chair confirmed, if it still is what the marks give."""
    call = lock(ranking.call, *WITH_BASES)
    current = current_ranking(call)
    if current is None or current.id != ranking.id:
        raise Refused(Reason.RANKING_STALE)
    if not call.closes_rounds:
        raise Refused(Reason.ROUND_IS_LAST)
    hold_reviews(call)
    ranking = lock(current, *WITH_CALL)
    if refusal := not_settled(call, ranking):
        raise Refused(refusal)
    return call, ranking


def _still(fate: Fate, state: SubmissionState | None) -> bool:
    """Whether what was decided still is so."""
    waits = fate.outcome is Outcome.WAITS
    return state not in GONE and (not waits or state is SubmissionState.WAITING)


def _moved(state: SubmissionState, name: str) -> SubmissionState:
    return SubmissionState(destination(SUBMISSION, name, state) or state)


def _ref(ranking: Ranking) -> str:
    return f"ranking:{ranking.call.code}:{ranking.number}"
