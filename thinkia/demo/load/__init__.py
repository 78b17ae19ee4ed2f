"""A large sample call, written in bulk: what the benchmarks of pages and exports run on.

It goes around the use cases for speed, and ends in the rows that they would have written: whole teams, a
submission each with answers and receipt, jurors with the same number of assigned reviews. Only the journal
and the letters are left out. How far the call has come is that of the sample call it is like.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from thinkia.accounts.models import Account
from thinkia.accounts.queries import actor_of
from thinkia.calls.models import Call
from thinkia.calls.services import create_call, publish
from thinkia.db import db
from thinkia.db.transaction import atomic
from thinkia.demo.calls import Sample, sample_bases
from thinkia.demo.load.applicants import write_applicants
from thinkia.demo.load.jury import Reading, chair_email, write_jury
from thinkia.demo.queries import forget_letters, juror_at
from thinkia.domain.ranking.record import read
from thinkia.organisations.models import Host
from thinkia.policy import Actor
from thinkia.results.services import order, publication, verdict

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is. ``reviews`` are the final ones of all jurors together."""

    submissions: int
    jurors: int
    reviews: int


@atomic
def load(
    host: Host, actor: Actor, now: datetime, *, code: str, size: Size, like: Sample = Sample.JURY
) -> Call:
    """A published call of this size, as far as the sample call it is like: teams still write; or the jury
    reads, each juror having a fifth more reviews than are final; or everything is read and the result out.
    """
    bases = replace(sample_bases(like, now.date()), code=code)
    opened = bases.calendar.registration.opens - DAY
    call = create_call(bases, host, actor, opened)
    publish(call, actor, opened)
    if like is Sample.OPEN:
        write_applicants(call, size.submissions, now - HOUR, handed_in=False)
        return call
    papers = write_applicants(call, size.submissions, bases.calendar.submission.closes - 3 * HOUR)
    reading = Reading(bases.calendar.evaluation.opens, all_final=like is Sample.RESULTS)
    write_jury(call, papers, size.jurors, size.reviews // size.jurors, reading)
    if like is Sample.RESULTS:
        _decide(call, actor, bases.calendar.results or now)
    return call


def _decide(call: Call, actor: Actor, now: datetime) -> None:
    """The order, confirmed by the chair and published, by the real use cases."""
    db.session.expire_all()
    ranking = order.propose(call, actor, now)
    chair = actor_of(db.session.get_one(Account, juror_at(call, chair_email(call)).account_id))
    while ties := read(ranking.content).chair_must_decide:
        ranking = verdict.decide_tie(ranking, ties[0].submissions, "Beneficia a más personas.", chair, now)
    verdict.confirm(ranking, "", chair, now)
    publication.publish(ranking, actor, now)
    forget_letters()
