"""Giving the publication of a confirmed order an hour, taking it back, and carrying it out."""

from datetime import datetime, timedelta

from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.lifecycle import PublicationState, RankingState
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import Value, record, ref_of
from thinkia.organisations.queries import officers_of
from thinkia.outside.mail import post
from thinkia.outside.outbox import enqueue
from thinkia.policy import Actor
from thinkia.results import emails
from thinkia.results.computation import obstacle
from thinkia.results.models import Publication, Ranking
from thinkia.results.queries import WITH_CALL
from thinkia.results.queries.publications import WITH_RANKING, waiting_publication
from thinkia.results.services.publication import open_to_all

WINDOW = timedelta(minutes=10)  # there is always so long to look at it once more and cancel


@atomic
def schedule(ranking: Ranking, goes_at: datetime, actor: Actor, now: datetime) -> Publication:
    """Give the confirmed order the hour at which it becomes public; another hour replaces the first.

    The hour is at least ``WINDOW`` away. The same hour twice is one publication.
    """
    call = lock(ranking.call, *WITH_BASES)
    ranking = lock(ranking, *WITH_CALL)
    if ranking.state == RankingState.PUBLISHED:
        raise Refused(Reason.RESULT_PUBLISHED)
    if refusal := obstacle(call, ranking):
        raise Refused(refusal)
    known = waiting_publication(call)
    if known is not None:
        if (known.ranking_id, known.goes_at) == (ranking.id, goes_at):
            return known
        known.end(PublicationState.CANCELLED, actor.account_id, now)
        db.session.flush()
    if goes_at - now < WINDOW:
        raise Refused(Reason.HOUR_TOO_SOON, minutes=int(WINDOW.total_seconds() // 60))
    publication = Publication(
        call_id=call.id,
        ranking_id=ranking.id,
        ranking=ranking,
        goes_at=goes_at,
        asked_at=now,
        asked_by_id=actor.account_id,
    )
    db.session.add(publication)
    db.session.flush()
    key = f"results.publish:{publication.id}"
    enqueue("results.publish", now, run_at=goes_at, dedupe_key=key, publication_id=publication.id)
    _record("results.scheduled", call, publication, actor, now, at=goes_at.isoformat())
    return publication


@atomic
def cancel(call: Call, actor: Actor, now: datetime) -> None:
    """Take back the hour that was given. Nothing waits: nothing changes, unless the result is public."""
    call = lock(call, *WITH_BASES)
    known = waiting_publication(call)
    if known is not None:
        known.end(PublicationState.CANCELLED, actor.account_id, now)
        _record("results.schedule_cancelled", call, known, actor, now)
    elif call.results_published_at is not None:
        raise Refused(Reason.TOO_LATE_TO_CANCEL)


@atomic
def carry_out(publication: Publication, now: datetime) -> Publication:
    """At the hour: make the order public in this one transaction, or write to the officers why not.

    Everything is read again. Cancelled, moved, or done already: nothing happens.
    """
    call = lock(publication.ranking.call, *WITH_BASES)
    publication = lock(publication, *WITH_RANKING)
    if publication.state is not PublicationState.WAITING:
        return publication
    if now < publication.goes_at:
        raise Refused(Reason.NOT_NOW)
    ranking = lock(publication.ranking, *WITH_CALL)
    system = Actor.system()
    refusal = obstacle(call, ranking)
    if refusal is None:
        publication.end(PublicationState.DONE, None, now)
        open_to_all(call, ranking, publication.asked_by_id, system, now)
        return publication
    publication.refusal = refusal.value
    publication.end(PublicationState.REFUSED, None, now)
    for officer in officers_of(call.host):
        key = f"results.not_published:{publication.id}:{officer.account_id}"
        post(emails.not_published(call, publication, officer.account), now, dedupe_key=key)
    asked_by = ref_of(publication.asked_by_id, call.id)
    _record("results.not_published", call, publication, system, now, refusal=refusal.value, asked_by=asked_by)
    return publication


def _record(
    action: str, call: Call, publication: Publication, actor: Actor, now: datetime, **data: Value
) -> None:
    object_ref = f"ranking:{call.code}:{publication.ranking.number}"
    record(action, object_ref, actor=actor, now=now, call_id=call.id, data=data)
