"""What ends a review without marks: a conflict or an abstention of the juror, an excuse of the organisers.

Nothing is erased. The review keeps what it had and the reason; it counts no more, and the juror sees the
proposal no more. Where a juror has given marks, organisers alone take none away: two persons decide.
"""

import hashlib
from datetime import datetime

from sqlalchemy.orm import joinedload

from thinkia.agreements.models import Agreement
from thinkia.agreements.services import Wanted, ask
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.conflicts import ConflictScope
from thinkia.domain.lifecycle import REVIEW, ReviewState, destination
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury.models import Conflict, Juror, Review
from thinkia.jury.queries.conflicts import (
    Subject,
    reviews_about,
    reviews_out_of_reach,
    standing_conflict,
)
from thinkia.jury.queries.people import WITH_CALL, juror_of_call
from thinkia.jury.queries.reviews import UNFINISHED, former_versions, marks_of, review_by_code
from thinkia.policy import Actor

RECUSE, EXCUSE = "review.recuse", "review.excuse"
CLOSED_AS = {"excuse": "review.excused", "recuse": "review.recused", "abstain": "review.abstained"}


@atomic
def declare(juror: Juror, subject: Subject, reason: str, actor: Actor, now: datetime) -> Conflict:
    """A juror says so: from this moment what it is about is nowhere in his or her reach.

    A review that was begun, or is final, is kept and excluded. Always with a reason.
    """
    return _keep_out(juror, subject, reason, actor, now)


@atomic
def recuse(juror: Juror, subject: Subject, reason: str, actor: Actor, now: datetime) -> Agreement | None:
    """The organisers keep a juror from something: at once, unless marks are there.

    Marks that a juror has given are excluded by two persons: then the request that waits is returned.
    """
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    _demand_unpublished(juror.call)
    _demand_new(juror, subject)
    held = [lock(review, joinedload(Review.submission)) for review in reviews_about(juror, subject)]
    marked = [review for review in held if _has_marks(review)]
    if not marked:
        _keep_out(juror, subject, reason, actor, now, by_organiser=True)
        return None
    wanted = Wanted(
        kind=RECUSE,
        object_ref=_ref(juror, subject, marked),
        label=", ".join(review.submission.code for review in marked)[:40],
        reason=reason,
        arguments={"juror": juror.code, "scope": subject.scope, "name": subject.name, "key": subject.key}
        | {"id": subject.id, "reviews": [review.code for review in marked]},
    )
    return ask(juror.call, wanted, actor, now)


@atomic
def perform_recusal(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """What ``recuse`` asked for, confirmed."""
    said = agreement.arguments
    juror = juror_of_call(agreement.call_id, said["juror"])
    if juror is None:
        raise Refused(Reason.REVIEW_CLOSED)
    subject = Subject(ConflictScope(said["scope"]), said["name"], said["key"], said["id"])
    _keep_out(juror, subject, agreement.reason, actor, now, by_organiser=True, agreement=agreement)


@atomic
def withdraw(conflict: Conflict, actor: Actor, now: datetime) -> None:
    """Take a conflict back: a date and a name in the register. A review that it ended stays ended."""
    conflict = lock(conflict, joinedload(Conflict.juror), joinedload(Conflict.submission))
    if conflict.withdrawn_at is not None:
        raise Refused(Reason.NOTHING_CHANGED)
    conflict.withdrawn_at, conflict.withdrawn_by_id = now, actor.account_id
    about = conflict.team_code or (conflict.submission.code if conflict.submission else "")
    _record("conflict.withdrawn", conflict.juror, conflict.scope, about, actor, now)


@atomic
def follow(call: Call, now: datetime) -> int:
    """End what standing conflicts have come to cover since: somebody of that institution joined a team.

    What is unfinished alone: a final mark is never taken away by something that happens to a team. The
    juror sees neither any more. Returns how many reviews ended.
    """
    found = reviews_out_of_reach(call, UNFINISHED)
    for review, reason in found.items():
        close(review, "recuse", reason, Actor.system(), now)
    return len(found)


@atomic
def excuse(review: Review, reason: str, actor: Actor, now: datetime) -> Agreement | None:
    """This review will not be given, for a reason that is kept; a ranking goes on without it.

    What is final is not excused: a mark that a juror has given is never taken away like this. What was
    final and was reopened counted once: excusing it needs a second person, and the request is returned.
    """
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    if destination(REVIEW, "excuse", review.state) is None or not former_versions(review):
        close(review, "excuse", reason.strip(), actor, now)
        return None
    label = review.submission.code
    wanted = Wanted(kind=EXCUSE, object_ref=f"review:{review.code}", label=label, reason=reason)
    return ask(review.call, wanted, actor, now)


@atomic
def perform_excuse(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """What ``excuse`` asked for, confirmed."""
    review = review_by_code(agreement.object_ref.removeprefix("review:"))
    if review is None:
        raise Refused(Reason.ROUND_OVER)
    _demand_unpublished(review.call)
    close(review, "excuse", agreement.reason, actor, now)


@atomic
def abstain(review: Review, reason: str, actor: Actor, now: datetime) -> None:
    """A juror leaves a proposal that he or she cannot judge, without a conflict. Always with a reason.

    What was final once counted: a juror alone does not take it away either.
    """
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    if former_versions(review):
        raise Refused(Reason.REVIEW_WAS_FINAL)
    close(review, "abstain", reason.strip(), actor, now)


@atomic
def close(review: Review, move: str, reason: str, actor: Actor, now: datetime) -> None:
    """End a review by ``excuse``, ``abstain`` or ``recuse``."""
    review = lock(review)
    state = destination(REVIEW, move, review.state)
    if state is None:
        raise Refused(Reason.REVIEW_CLOSED)
    review.state, review.closed_at, review.closed_reason = ReviewState(state), now, reason
    review.is_abstention = move == "abstain"
    record(CLOSED_AS[move], f"review:{review.code}", actor=actor, now=now, call_id=review.call_id)


def _demand_unpublished(call: Call) -> None:
    """What a published order was made of stays until two persons have taken the result back."""
    if call.results_published_at is not None:
        raise Refused(Reason.RESULT_PUBLISHED)


def _keep_out(
    juror: Juror,
    subject: Subject,
    reason: str,
    actor: Actor,
    now: datetime,
    *,
    by_organiser: bool = False,
    agreement: Agreement | None = None,
) -> Conflict:
    """Write the conflict down and end the reviews. Whoever asked is whose conflict it is in the register."""
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    juror = lock(juror, *WITH_CALL)
    _demand_unpublished(juror.call)
    _demand_new(juror, subject)
    scope = subject.scope
    conflict = Conflict(
        juror_id=juror.id,
        scope=scope,
        submission_id=subject.id if scope is ConflictScope.SUBMISSION else None,
        team_code=subject.name if scope is ConflictScope.TEAM else None,
        institution=subject.name if scope is ConflictScope.INSTITUTION else None,
        institution_key=subject.key if scope is ConflictScope.INSTITUTION else None,
        reason=reason.strip(),
        by_organiser=by_organiser,
        declared_at=now,
        declared_by_id=agreement.asked_by_id if agreement else actor.account_id,
        agreement_id=agreement.id if agreement else None,
    )
    db.session.add(conflict)
    action = "conflict.recorded" if by_organiser else "conflict.declared"
    _record(action, juror, scope, subject.name, actor, now)
    for review in reviews_about(juror, subject):
        if destination(REVIEW, "recuse", review.state) is not None:
            close(review, "recuse", reason.strip(), actor, now)
    return conflict


def _demand_new(juror: Juror, subject: Subject) -> None:
    if standing_conflict(juror, subject) is not None:
        raise Refused(Reason.CONFLICT_KNOWN, subject=subject.name)


def _has_marks(review: Review) -> bool:
    """Whether there is anything that a juror has given, now or before it was reopened."""
    open_or_final = destination(REVIEW, "recuse", review.state) is not None
    return open_or_final and bool(marks_of(review) or former_versions(review))


def _ref(juror: Juror, subject: Subject, marked: list[Review]) -> str:
    """What a recusal is done to, as the journal may say it: an institution stands by a fingerprint."""
    if subject.scope is ConflictScope.SUBMISSION:
        return f"review:{marked[0].code}"
    name = subject.name if subject.scope is ConflictScope.TEAM else _fingerprint(subject.key)
    return f"juror:{juror.code}:{subject.scope}:{name}"


def _fingerprint(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _record(action: str, juror: Juror, scope: ConflictScope, name: str, actor: Actor, now: datetime) -> None:
    """The journal has codes and no names: of an institution it says only that it is one."""
    about = {"scope": scope.value}
    if scope is not ConflictScope.INSTITUTION:
        about[scope.value] = name
    record(action, f"juror:{juror.code}", actor=actor, now=now, call_id=juror.call_id, data=about)
