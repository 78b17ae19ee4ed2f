"""What the jury's chair decides: ties that reach the chair, void prizes, the order as a whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.lifecycle import RANKING, RankingState, destination
from thinkia.domain.ranking.record import read
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.policy import Actor
from thinkia.results.computation import inputs_of
from thinkia.results.models import ChairDecision, PrizeDecision, Ranking
from thinkia.results.queries import WITH_CALL, current_ranking
from thinkia.results.services.order import renew


@atomic
def decide_tie(ranking: Ranking, order: Sequence[str], reason: str, actor: Actor, now: datetime) -> Ranking:
    """Put the proposals of a tie that reached the chair in order, with a reason; then compute anew."""
    call, ranking = _seen(ranking)
    if ranking.state != RankingState.PROPOSED:
        raise Refused(Reason.NOT_NOW)
    if tuple(sorted(order)) not in {step.submissions for step in read(ranking.content).chair_ties}:
        raise Refused(Reason.NOT_A_TIE)
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    _demand_fresh(call, ranking)
    decision = ChairDecision(
        call_id=call.id,
        order=list(order),
        reason=reason.strip(),
        decided_at=now,
        decided_by_id=actor.account_id,
    )
    db.session.add(decision)
    db.session.flush()
    record(
        "results.tie_decided",
        f"call:{call.code}",
        actor=actor,
        now=now,
        call_id=call.id,
        data={"order": list(order)},
    )
    return renew(call, actor, now)


@atomic
def declare_void(
    ranking: Ranking, places: Sequence[int], reason: str, actor: Actor, now: datetime
) -> Ranking:
    """Nobody wins the prizes of these places, whoever stands there, for a reason that is published.

    Computes anew. It holds for those who stand there now and for no others.
    """
    call, ranking = _seen(ranking)
    if (
        call.closes_rounds
        or not places
        or not set(places) <= {line.place for line in read(ranking.content).winners}
    ):
        raise Refused(Reason.NO_SUCH_PRIZE)
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    return _decide_prizes(call, ranking, places, reason.strip(), actor, now)


@atomic
def award_after_all(ranking: Ranking, place: int, actor: Actor, now: datetime) -> Ranking:
    """Give the prize of a place that was declared void, before the order is confirmed. Computes anew."""
    call, ranking = _seen(ranking)
    if place not in {one.place for one in read(ranking.content).context.voids}:
        raise Refused(Reason.NO_SUCH_PRIZE)
    return _decide_prizes(call, ranking, [place], "", actor, now)


@atomic
def confirm(ranking: Ranking, note: str, actor: Actor, now: datetime) -> Ranking:
    """The chair makes the proposed order the jury's own. A second time changes nothing.

    Nothing may have changed since it was computed, and no tie for a winning place may wait for the chair.
    """
    call, ranking = _seen(ranking)
    if ranking.state == RankingState.CONFIRMED:
        return ranking
    state = destination(RANKING, "confirm", ranking.state)
    if state is None:
        raise Refused(Reason.NOT_NOW)
    _demand_fresh(call, ranking)
    _demand_decided(ranking)
    ranking.state = RankingState(state)
    ranking.confirmed_at, ranking.confirmed_by_id, ranking.confirmed_note = (
        now,
        actor.account_id,
        note.strip(),
    )
    record(
        "results.confirmed",
        f"ranking:{call.code}:{ranking.number}",
        actor=actor,
        now=now,
        call_id=call.id,
        data={"input": ranking.input_sha256},
    )
    return ranking


def _decide_prizes(
    call: Call, ranking: Ranking, places: Sequence[int], reason: str, actor: Actor, now: datetime
) -> Ranking:
    """``reason``: void for it; without one, given after all."""
    if ranking.state != RankingState.PROPOSED:
        raise Refused(Reason.NOT_NOW)
    _demand_fresh(call, ranking)
    lines = read(ranking.content).lines
    for place in sorted(set(places)):
        codes = sorted(line.submission for line in lines if line.place == place)
        decision = PrizeDecision(
            call_id=call.id,
            place=place,
            submissions=codes,
            is_void=bool(reason),
            reason=reason,
            decided_at=now,
            decided_by_id=actor.account_id,
        )
        db.session.add(decision)
    db.session.flush()
    action = "results.prize_void" if reason else "results.prize_given"
    data: dict[str, Any] = {"places": sorted(set(places))}
    record(action, f"call:{call.code}", actor=actor, now=now, call_id=call.id, data=data)
    return renew(call, actor, now)


def _seen(ranking: Ranking) -> tuple[Call, Ranking]:
    """The call, held, and the order, if it is still the one that stands."""
    call = lock(ranking.call, *WITH_BASES)
    current = current_ranking(call)
    if current is None or current.id != ranking.id:
        raise Refused(Reason.RANKING_STALE)
    return call, lock(current, *WITH_CALL)


def _demand_fresh(call: Call, ranking: Ranking) -> None:
    if inputs_of(call).fingerprint != ranking.input_sha256:
        raise Refused(Reason.RANKING_STALE)


def _demand_decided(ranking: Ranking) -> None:
    kept = read(ranking.content)
    if kept.chair_must_decide:
        codes = (", ".join(step.submissions) for step in kept.chair_must_decide)
        raise Refused(Reason.TIE_NEEDS_CHAIR, submissions="; ".join(codes))
    if kept.context.needs_seed and kept.shared:
        raise Refused(Reason.SEED_MISSING)
