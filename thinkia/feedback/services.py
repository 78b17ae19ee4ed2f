"""Looking over what the jury wrote to the teams. A text is shown as it is, or held back: nobody edits one."""

from collections.abc import Mapping
from datetime import datetime

from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.reasons import Reason, Refused
from thinkia.feedback import emails, queries
from thinkia.feedback.models import CommentCheck, Judgement
from thinkia.journal.services import Value, record
from thinkia.outside.mail import post
from thinkia.policy import Actor
from thinkia.results.queries import chair_of, marks_wait_for


@atomic
def look_over(call: Call, judgements: Mapping[str, Judgement], actor: Actor, now: datetime) -> int:
    """Keep what somebody decided on these comments, by the code of their review: all of it, or nothing.

    Before and after publication, and again if it is to be otherwise. What is held back newly, the chair is
    told. Refused while a review is open, or when a juror changed one of the texts meanwhile.
    """
    call = lock(call, *WITH_BASES)
    if marks_wait_for(call):
        raise Refused(Reason.COMMENTS_WAIT)
    known = queries.reviews_of(call, list(judgements))
    held = 0
    for code, judgement in judgements.items():
        review, check = known.get(code, (None, None))
        if review is None or review.version != judgement.version:
            raise Refused(Reason.COMMENT_CHANGED)
        if not judgement.is_shown and not judgement.reason.strip():
            raise Refused(Reason.REASON_NEEDED)
        held += not judgement.is_shown and (
            check is None or check.is_shown or check.version != review.version
        )
        if check is None:
            check = CommentCheck(review_id=review.id, call_id=call.id)
            db.session.add(check)
        check.version, check.is_shown = review.version, judgement.is_shown
        check.reason = "" if judgement.is_shown else judgement.reason.strip()
        check.checked_at, check.checked_by_id = now, actor.account_id or 0
        data: dict[str, Value] = {"review": code, "version": review.version, "shown": judgement.is_shown}
        record(
            "results.comment_checked", f"call:{call.code}", actor=actor, now=now, call_id=call.id, data=data
        )
    db.session.flush()
    chair = chair_of(call) if held else None
    if chair is not None:
        post(emails.held_back(call, chair, held), now)
    return len(judgements)
