"""A juror looks everything over once more and signs: what is complete becomes final, all in one step."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import rfc8785

from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury.models import Juror, Review, Signature
from thinkia.jury.queries.people import WITH_CALL
from thinkia.jury.queries.reviews import UNFINISHED, reviews_to_sign, signature_over
from thinkia.jury.services.scoring import is_complete, make_final, micro_marks
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
    if open_still := incomplete(juror, reviews):
        raise Refused(Reason.MARKS_MISSING, codes=", ".join(one.submission.code for one in open_still))
    for review in reviews:
        if review.state in UNFINISHED:
            make_final(review, actor, now)
    sha256 = content_sha256(juror, reviews)
    known = signature_over(juror, sha256)
    return known or _signed(juror, len(reviews), sha256, actor, now)


def incomplete(juror: Juror, reviews: Sequence[Review]) -> list[Review]:
    """The unfinished reviews that miss a mark, or a reason that the bases ask for."""
    rubric = juror.call.bases.rubric
    return [one for one in reviews if one.state in UNFINISHED and not is_complete(rubric, one)]


def content_sha256(juror: Juror, reviews: Sequence[Review]) -> str:
    """The hash of what is signed: RFC 8785 JSON of the call, the juror and each review's marks."""
    listed = sorted(reviews, key=lambda review: review.code)
    content: dict[str, Any] = {
        "call": juror.call.code,
        "juror": juror.code,
        "reviews": [
            {"review": one.code, "submission": one.submission.code, "marks": micro_marks(one)}
            for one in listed
        ],
    }
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def _signed(juror: Juror, reviews: int, sha256: str, actor: Actor, now: datetime) -> Signature:
    signature = Signature(juror_id=juror.id, signed_at=now, reviews=reviews, content_sha256=sha256)
    db.session.add(signature)
    data: dict[str, Any] = {"reviews": reviews, "sha256": sha256}
    record(
        "juror.signed_marks", f"juror:{juror.code}", actor=actor, now=now, call_id=juror.call_id, data=data
    )
    return signature
