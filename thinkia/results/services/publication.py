"""Making a confirmed order public: one transaction, and letters once it is safe."""

from collections.abc import Sequence
from datetime import datetime

from thinkia.calls.hooks import Reader
from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db.transaction import atomic, lock
from thinkia.domain.bases import PublicationLevel
from thinkia.domain.lifecycle import PublicationState, RankingState
from thinkia.domain.ranking.record import read
from thinkia.domain.ranking.voids import void_places
from thinkia.domain.reasons import Refused
from thinkia.journal.services import record
from thinkia.outside.mail import post
from thinkia.outside.outbox import enqueue
from thinkia.policy import Actor
from thinkia.results import emails
from thinkia.results.computation import obstacle
from thinkia.results.models import Ranking
from thinkia.results.queries import WITH_CALL
from thinkia.results.queries.publications import is_correction, waiting_publication


@atomic
def publish(ranking: Ranking, actor: Actor, now: datetime) -> Ranking:
    """Let everybody see the confirmed order at once, and write to whom it concerns. Twice changes nothing.

    The order is computed once more: what is published is what the marks and the bases give. An hour that
    was given to it is over with that.
    """
    call = lock(ranking.call, *WITH_BASES)
    ranking = lock(ranking, *WITH_CALL)
    if ranking.state == RankingState.PUBLISHED:
        return ranking
    if refusal := obstacle(call, ranking):
        raise Refused(refusal)
    waiting = waiting_publication(call)
    if waiting is not None:
        waiting.end(PublicationState.CANCELLED, actor.account_id, now)
    return open_to_all(call, ranking, actor.account_id, actor, now)


@atomic
def open_to_all(
    call: Call, ranking: Ranking, published_by: int | None, actor: Actor, now: datetime
) -> Ranking:
    """The flip itself. Whoever calls it holds the call and the order, and has looked for obstacles."""
    ranking.state, ranking.published_at, ranking.published_by_id = RankingState.PUBLISHED, now, published_by
    call.results_published_at, call.results_taken_back_at = now, None
    record(
        "results.published",
        f"ranking:{call.code}:{ranking.number}",
        actor=actor,
        now=now,
        call_id=call.id,
        data={"input": ranking.input_sha256},
    )
    enqueue("results.tell", now, dedupe_key=f"results.published:{ranking.id}", ranking_id=ranking.id)
    return ranking


@atomic
def tell(ranking: Ranking, readers: Sequence[Reader], now: datetime) -> None:
    """Write to these people that the result is public, while it is; to each once, however often this runs."""
    ranking = lock(ranking, *WITH_CALL)
    if ranking.state != RankingState.PUBLISHED:
        return
    corrects = is_correction(ranking)
    shown = ranking.call.bases.publication is not PublicationLevel.VERDICT
    voids = shown and bool(void_places(read(ranking.content)))
    for reader in readers:
        key = f"results.published:{ranking.id}:{reader.account_id}"
        post(emails.published(ranking.call, reader, corrects=corrects, voids=voids), now, dedupe_key=key)
