"""What a final review was is kept, whatever becomes of it: the one way into ``former_review``."""

import hashlib
from datetime import datetime
from typing import Any

import rfc8785

from thinkia.agreements.models import Agreement
from thinkia.db import db
from thinkia.db.transaction import atomic
from thinkia.jury.models import FormerReview, Review, micro
from thinkia.jury.queries.reviews import former_versions


@atomic
def keep(
    review: Review, now: datetime, *, agreement: Agreement | None = None, reason: str = ""
) -> FormerReview:
    """The review as it stands, which its caller holds and is about to change: by an agreement, or for its
    juror's own reason.
    """
    marks = {
        mark.criterion: {"micro": micro(mark.value), "items": mark.items, "reason": mark.reason}
        for mark in review.marks
    }
    whole: dict[str, Any] = {
        "marks": marks,
        "note": review.note,
        "feedback": review.feedback,
        "version": review.version,
        "source": review.source,
    }
    content = rfc8785.dumps(whole)
    former = FormerReview(
        review_id=review.id,
        number=former_versions(review) + 1,
        agreement_id=agreement.id if agreement else None,
        reason=reason,
        finished_at=review.finished_at,
        ended_at=now,
        content=content.decode(),
        content_sha256=hashlib.sha256(content).hexdigest(),
    )
    db.session.add(former)
    db.session.flush()
    return former
