"""Taking a published result back: two persons, a reason that stays public, and letters to who had one.

Afterwards the order is computed, confirmed and published again as always: that is the corrected version.
"""

from collections.abc import Sequence
from datetime import datetime

from thinkia.agreements.models import Agreement
from thinkia.agreements.services import Wanted, ask
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
from thinkia.results.models import Ranking
from thinkia.results.queries import WITH_CALL, published_ranking

TAKE_BACK = "results.take_back"


@atomic
def ask_to_take_back(ranking: Ranking, reason: str, actor: Actor, now: datetime) -> Agreement:
    """Ask that the public result is taken back, with the reason that everybody reads; another confirms."""
    if ranking.state != RankingState.PUBLISHED:
        raise Refused(Reason.NOT_PUBLISHED)
    wanted = Wanted(
        kind=TAKE_BACK, object_ref=_ref(ranking.call, ranking), label=ranking.call.code[:40], reason=reason
    )
    return ask(ranking.call, wanted, actor, now)


@atomic
def take_back_as_agreed(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """What ``ask_to_take_back`` asked for, confirmed: of the version that was public then, no other."""
    ranking = published_ranking(agreement.call)
    if ranking is None or _ref(agreement.call, ranking) != agreement.object_ref:
        raise Refused(Reason.NOT_PUBLISHED)
    take_back(agreement.call, agreement.reason, actor, now)


@atomic
def take_back(call: Call, reason: str, actor: Actor, now: datetime) -> Ranking:
    """Close the public result of a call; its address says that it was taken back, when and why.

    It asks nobody: whoever calls it makes sure that two persons decided. The order that was public is kept
    as it was. The order can then be computed, confirmed and published again, as the next version. Marks are
    not touched, and people who had the letter of the publication get one of this.
    """
    call = lock(call, *WITH_BASES)
    known = published_ranking(call)
    if known is None:
        raise Refused(Reason.NOT_PUBLISHED)
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    ranking = lock(known, *WITH_CALL)
    ranking.state = RankingState(str(destination(RANKING, "take_back", ranking.state)))
    ranking.taken_back_at, ranking.taken_back_by_id = now, actor.account_id
    ranking.taken_back_reason = reason.strip()
    call.results_published_at, call.results_taken_back_at = None, now
    record("results.taken_back", _ref(call, ranking), actor=actor, now=now, call_id=call.id)
    key = f"results.taken_back:{ranking.id}"
    enqueue("results.tell_taken_back", now, dedupe_key=key, ranking_id=ranking.id)
    return ranking


@atomic
def tell_taken_back(ranking: Ranking, readers: Sequence[Reader], now: datetime) -> None:
    """Write to these people that the result was taken back, and why; to each once."""
    for reader in readers:
        key = f"results.taken_back:{ranking.id}:{reader.account_id}"
        post(emails.taken_back(ranking, reader), now, dedupe_key=key)


def _ref(call: Call, ranking: Ranking) -> str:
    return f"ranking:{call.code}:{ranking.number}"
