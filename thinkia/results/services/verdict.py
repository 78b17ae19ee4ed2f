"""What the jury's chair decides: ties that reach the chair, and the order as a whole."""

from collections.abc import Sequence
from datetime import datetime

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
from thinkia.results.models import ChairDecision, Ranking
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
