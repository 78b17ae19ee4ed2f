"""A juror looks everything over once more and signs: what is complete becomes final, all in one step."""

from datetime import datetime
from typing import Any

from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury.models import Juror, Signature
from thinkia.jury.queries.people import WITH_CALL
from thinkia.jury.queries.reviews import UNFINISHED, reviews_to_sign, seal_of, signature_over
from thinkia.jury.services.scoring import make_final
from thinkia.policy import Action, Actor, allowed


@atomic
def sign(juror: Juror, actor: Actor, now: datetime) -> Signature:
    """Make every review of the juror final and sign them all, or refuse and name what is incomplete.

    Signing the same marks twice gives the same signature.
    """
    juror = lock(juror, *WITH_CALL)
    if not allowed(Action.JUROR_CONCLUDE, actor, juror, now):
        raise Refused(Reason.NO_MARKS_NOW)
    reviews = reviews_to_sign(juror, held=True)
    if not reviews:
        raise Refused(Reason.NOTHING_TO_SIGN)
    unfinished = [review for review in reviews if review.state in UNFINISHED]
    rubric = juror.call.bases.rubric
    if incomplete := [one.submission.code for one in unfinished if not one.is_complete(rubric)]:
        raise Refused(Reason.MARKS_MISSING, codes=", ".join(incomplete))
    for review in unfinished:
        make_final(review, actor, now)
    sha256 = seal_of(juror, reviews)
    known = signature_over(juror, sha256)
    return known or _signed(juror, len(reviews), sha256, actor, now)


def _signed(juror: Juror, reviews: int, sha256: str, actor: Actor, now: datetime) -> Signature:
    signature = Signature(
        juror_id=juror.id,
        signed_at=now,
        round=juror.call.round,
        reviews=reviews,
        content_sha256=sha256,
    )
    db.session.add(signature)
    data: dict[str, Any] = {"reviews": reviews, "sha256": sha256}
    record(
        "juror.signed_marks", f"juror:{juror.code}", actor=actor, now=now, call_id=juror.call_id, data=data
    )
    return signature
