"""Computing an order."""

from datetime import datetime

from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.lifecycle import RankingState
from thinkia.domain.ranking.findings import CannotRankError, FaultKind
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.outside.mail import post
from thinkia.policy import Actor
from thinkia.results import emails
from thinkia.results.computation import Computed, Inputs, computed, inputs_of
from thinkia.results.models import Ranking
from thinkia.results.queries import chair_of, current_ranking, last_number
from thinkia.results.services import study


@atomic
def propose(call: Call, actor: Actor, now: datetime) -> Ranking:
    """Compute the order by the bases and keep it as a proposal; the jury's chair is told.

    Nothing open is needed: every review final, or excused or recused with its reason. The same input gives
    the order that stands already; another one replaces it. What is in the way is in ``CannotRankError``.
    """
    call = lock(call, *WITH_BASES)
    _demand_unpublished(call)
    if now < call.calendar.evaluation.opens:
        raise Refused(Reason.EVALUATION_OPEN)
    inputs = inputs_of(call)
    if inputs.open_reviews:
        raise Refused(Reason.REVIEWS_OPEN, count=inputs.open_reviews)
    if not inputs.submitted_at:
        raise Refused(Reason.NOTHING_TO_RANK)
    if unmeasured := inputs.unmeasured(call.bases.ranking_rules):
        missing = ", ".join(f"{code} ({count})" for code, count in unmeasured.items())
        raise Refused(Reason.METRIC_VALUES_MISSING, missing=missing)
    ranking = _kept(call, _computed(call, inputs), actor, now)
    _tell_chair(call, ranking, actor, now)
    return ranking


@atomic
def renew(call: Call, actor: Actor, now: datetime) -> Ranking:
    """Compute again after the chair decided a tie, without writing to the chair who just did."""
    return _kept(call, _computed(call, inputs_of(call)), actor, now)


def _demand_unpublished(call: Call) -> None:
    if call.results_published_at is not None:
        raise Refused(Reason.RESULT_PUBLISHED)


def _computed(call: Call, inputs: Inputs) -> Computed:
    try:
        return computed(call, inputs)
    except CannotRankError as error:
        if all(fault.kind is FaultKind.SEED_NEEDED for fault in error.faults):
            raise Refused(Reason.SEED_MISSING) from error
        raise


def _kept(call: Call, found: Computed, actor: Actor, now: datetime) -> Ranking:
    known = current_ranking(call)
    if known is not None:
        if known.input_sha256 == found.fingerprint:
            return known
        known.state = RankingState.SUPERSEDED
        db.session.flush()
    ranking = Ranking(
        call_id=call.id,
        call=call,
        number=last_number(call) + 1,
        bases_version_id=call.version_id,
        input_sha256=found.fingerprint,
        content=found.content,
        computed_at=now,
    )
    db.session.add(ranking)
    db.session.flush()
    record(
        "results.computed",
        f"ranking:{call.code}:{ranking.number}",
        actor=actor,
        now=now,
        call_id=call.id,
        data={"input": found.fingerprint, "ranked": len(found.record.lines)},
    )
    if found.record.is_of_own_marks:
        study.ask(ranking, now)
    return ranking


def _tell_chair(call: Call, ranking: Ranking, actor: Actor, now: datetime) -> None:
    chair = chair_of(call)
    if chair is not None and ranking.state == RankingState.PROPOSED and chair.account_id != actor.account_id:
        post(emails.verdict_asked(call, chair), now, dedupe_key=f"results.verdict:{ranking.id}:{chair.id}")
