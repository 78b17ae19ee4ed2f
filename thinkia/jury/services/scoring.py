"""A juror marks a proposal: saved as one goes, by one window at a time, final once.

Where the bases let the panel deliberate, a juror may give other marks than the final ones, with a reason;
what they were is kept for ever.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.ballot import Ballot, Given, missing, unjustified
from thinkia.domain.lifecycle import REVIEW, ReviewState, SubmissionState, destination
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.rubric import Rubric
from thinkia.journal.services import record
from thinkia.jury import hooks
from thinkia.jury.models import Mark, MarksSource, Review, micro
from thinkia.jury.queries.reviews import UNFINISHED, WITH_ALL, marks_of, state_of
from thinkia.jury.services import former
from thinkia.policy import Action, Actor, allowed


@atomic
def save(
    review: Review, ballot: Ballot, actor: Actor, now: datetime, *, version: int, window: str, edit: int = 0
) -> int:
    """Keep a ballot over the version that this window read. Returns the new version.

    Another window that saved meanwhile wins: ``REVIEW_CHANGED``, and nothing is kept of this one. The same
    window may save again although its last answer was lost on the way; ``edit``, which it counts, keeps
    what it sent earlier and arrives later from undoing what it sent since.
    """
    _demand_open(review, actor, now)
    if ballot.faults:
        raise Refused(Reason.MARK_NOT_ON_SCALE)
    rubric = review.call.bases.rubric
    if review.ballot(rubric) == ballot:
        return review.version
    saved, changed = keep(review, ballot, now, version=version, sender=(window, edit))
    _record("review.saved", review, actor, now, {"version": saved, "marks": changed})
    return saved


@atomic
def keep(
    review: Review, ballot: Ballot, now: datetime, *, version: int, sender: tuple[str, int]
) -> tuple[int, dict[str, Any]]:
    """The step itself, for a ballot that its caller found sound: the new version, and what changed.

    ``sender`` is the window and the edits it counts.
    """
    return _claim(review, ballot, now, version, sender), _write_marks(review, ballot)


@atomic
def finish(review: Review, actor: Actor, now: datetime, *, version: int) -> None:
    """Mark as final what is saved. From here on only ``change`` and two persons change anything of it."""
    _demand_open(review, actor, now)
    review = lock(review, *WITH_ALL)
    if review.version != version:
        raise Refused(_why_not(review.state))
    rubric = review.call.bases.rubric
    _demand_complete(rubric, review.ballot(rubric))
    make_final(review, actor, now)


@atomic
def make_final(review: Review, actor: Actor, now: datetime, source: MarksSource = MarksSource.JUROR) -> None:
    """The step itself, for a review that its caller holds and found complete."""
    state = destination(REVIEW, "finish", review.state)
    if state is None:
        raise Refused(_why_not(review.state))
    review.state, review.finished_at, review.version = ReviewState(state), now, review.version + 1
    review.source = source
    _record("review.finished", review, actor, now, {"version": review.version, "marks": review.micro_marks})


@atomic
def conclude(
    review: Review, ballot: Ballot, actor: Actor, now: datetime, *, version: int, window: str, edit: int = 0
) -> None:
    """Save and mark as final in one step: no autosave of this window, still on its way, comes between.

    An incomplete ballot is kept and not made final: ``save`` it, then ``finish`` says what is missing.
    """
    _demand_complete(review.call.bases.rubric, ballot)
    saved = save(review, ballot, actor, now, version=version, window=window, edit=edit)
    finish(review, actor, now, version=saved)


@atomic
def change(review: Review, ballot: Ballot, reason: str, actor: Actor, now: datetime, *, version: int) -> None:
    """Give other marks than those that are final. The review stays final, as a new version of itself.

    Sent twice, it is one change. Once an order of the proposals stands it is refused: whoever may have seen
    one changes nothing any more. The call is held, so that none is computed meanwhile. A juror who had
    signed is asked to sign again, because a signature is over marks.
    """
    call = lock(review.call, *WITH_BASES)
    review = lock(review, *WITH_ALL)
    if not allowed(Action.REVIEW_CHANGE, actor, review, now):
        raise Refused(Reason.MARKS_FIXED)
    if hooks.order_stands(call):
        raise Refused(Reason.MARKS_ORDERED)
    rubric, is_fresh = call.bases.rubric, version == review.version
    if not ballot.faults and ballot.marks == review.ballot(rubric).marks:
        if is_fresh:
            raise Refused(Reason.MARKS_UNCHANGED)
        return
    if not is_fresh:
        raise Refused(Reason.REVIEW_CHANGED)
    if ballot.faults:
        raise Refused(Reason.MARK_NOT_ON_SCALE)
    _demand_complete(rubric, ballot)
    _change(review, ballot, reason, actor, now)


def _change(review: Review, ballot: Ballot, reason: str, actor: Actor, now: datetime) -> None:
    was, kept = review.micro_marks, former.keep(review, now, reason=reason)
    became = _write_marks(review, ballot)
    review.finished_at, review.version, review.source = now, review.version + 1, MarksSource.JUROR
    data = {"version": review.version, "former": kept.number, "former_sha256": kept.content_sha256}
    marks = {"was": {code: was.get(code) for code in became}, "marks": became}
    _record("review.changed", review, actor, now, {**data, **marks})


def _demand_open(review: Review, actor: Actor, now: datetime) -> None:
    """The same rule as the page's, with a reason that can be told and nothing typed lost."""
    if review.submission.state is not SubmissionState.SUBMITTED:
        raise Refused(Reason.REVIEW_CLOSED)
    if allowed(Action.REVIEW_SAVE, actor, review, now):
        return
    raise Refused(Reason.NO_MARKS_NOW if review.state in UNFINISHED else _why_not(review.state))


def _demand_complete(rubric: Rubric, ballot: Ballot) -> None:
    unmarked, without_reason = missing(rubric, ballot), unjustified(rubric, ballot)
    if unmarked or without_reason:
        raise Refused(Reason.REVIEW_INCOMPLETE, unmarked=unmarked, without_reason=without_reason)


def _claim(review: Review, ballot: Ballot, now: datetime, version: int, sender: tuple[str, int]) -> int:
    """Take the next version for this window, or refuse: one UPDATE decides between two."""
    window, edit = sender
    again = (Review.saved_by == window) & (Review.saved_edit <= edit)
    read_by_us = (Review.version == version) | again
    values = {
        "state": ReviewState.STARTED,
        "version": Review.version + 1,
        "saved_by": window,
        "saved_edit": edit,
        "saved_at": now,
        "note": ballot.note,
        "feedback": ballot.feedback,
        "drafts": {code: _draft(given) for code, given in ballot.given.items() if given.is_begun},
    }
    statement = (
        update(Review)
        .where(Review.id == review.id, Review.state.in_(UNFINISHED), read_by_us)
        .values(**values)
        .returning(Review.version)
        .execution_options(synchronize_session=False)
    )
    saved = db.session.scalar(statement)
    if saved is None:
        raise Refused(_why_not(state_of(review)))
    for name, value in {**values, "version": saved}.items():
        set_committed_value(review, name, value)
    return saved


def _write_marks(review: Review, ballot: Ballot) -> dict[str, Any]:
    """Make the marks what the ballot says; what changed, in millionths, ``None`` for one taken back."""
    known = {mark.criterion: mark for mark in marks_of(review)}
    changed: dict[str, Any] = {}
    for code, given in ballot.given.items():
        mark = known.get(code)
        if given.mark is None:
            if mark is not None:
                db.session.delete(mark)
                changed[code] = None
            continue
        if mark is None:
            mark = Mark(review_id=review.id, criterion=code)
            db.session.add(mark)
        if mark.value != given.mark:
            changed[code] = micro(given.mark)
        mark.value, mark.reason = given.mark, given.reason
        mark.items = [index for index, yes in given.items.items() if yes] if given.items else None
    return changed


def _draft(given: Given) -> dict[str, Any]:
    return {"reason": given.reason, "items": {str(index): yes for index, yes in given.items.items()}}


def _why_not(state: ReviewState) -> Reason:
    if state is ReviewState.FINAL:
        return Reason.REVIEW_FINAL
    return Reason.REVIEW_CHANGED if state in UNFINISHED else Reason.REVIEW_CLOSED


def _record(action: str, review: Review, actor: Actor, now: datetime, data: dict[str, Any]) -> None:
    record(action, f"review:{review.code}", actor=actor, now=now, call_id=review.call_id, data=data)
