"""Making a confirmed order public: one transaction, and letters once it is safe."""

from collections.abc import Sequence
from datetime import datetime

from thinkia.calls.hooks import Reader
from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db.transaction import atomic, lock
from thinkia.domain.lifecycle import RANKING, RankingState, destination
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.outside.mail import post
from thinkia.outside.outbox import enqueue
from thinkia.policy import Actor
from thinkia.results import emails
from thinkia.results.computation import computed, inputs_of
from thinkia.results.models import Ranking
from thinkia.results.queries import WITH_CALL


@atomic
def publish(ranking: Ranking, actor: Actor, now: datetime) -> Ranking:
    """Let everybody see the confirmed order, and write to whom it concerns. A second time changes nothing.

    The order is computed once more: what is published is what the marks and the bases give.
    """
    call = lock(ranking.call, *WITH_BASES)
    ranking = lock(ranking, *WITH_CALL)
    if ranking.state == RankingState.PUBLISHED:
        return ranking
    state = destination(RANKING, "publish", ranking.state)
    if state is None:
        raise Refused(Reason.RANKING_STALE)
    inputs = inputs_of(call)
    if inputs.fingerprint != ranking.input_sha256 or computed(call, inputs).content != ranking.content:
        raise Refused(Reason.RANKING_STALE)
    ranking.state, ranking.published_at, ranking.published_by_id = RankingState(state), now, actor.account_id
    call.results_published_at = now
    record(
        "results.published",
        f"ranking:{call.code}:{ranking.number}",
        actor=actor,
        now=now,
        call_id=call.id,
        data={"input": ranking.input_sha256},
    )
    enqueue("results.tell", now, dedupe_key=f"results.published:{call.id}", ranking_id=ranking.id)
    return ranking


@atomic
def tell(call: Call, readers: Sequence[Reader], now: datetime) -> None:
    """Write to these people that the result is public; to each once, however often this runs."""
    for reader in readers:
        key = f"results.published:{call.id}:{reader.account_id}"
        post(emails.published(call, reader), now, dedupe_key=key)
