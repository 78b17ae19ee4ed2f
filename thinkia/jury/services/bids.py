"""What jurors would like to read: said before panels are drawn, and weighed when they are."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.bids import Liking
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury.models import Bid, Juror
from thinkia.jury.queries.bids import bids_among, ids_in_reach, takes_bids
from thinkia.policy import Actor


@atomic
def bid(juror: Juror, likings: Mapping[str, Liking | None], actor: Actor, now: datetime) -> None:
    """Keep what a juror says of these proposals, ``None`` to take it back; of others it stays as it was.

    Taken until panels are proposed, so that a plan in somebody's hands does not change under them. What a
    conflict keeps from the juror is passed over.
    """
    lock(juror.call, *WITH_BASES)  # whoever draws the panels holds it too
    if not takes_bids(juror, now):
        raise Refused(Reason.BIDS_CLOSED)
    ids = ids_in_reach(juror, list(likings))
    before = bids_among(juror, list(ids.values()))
    for code, submission_id in ids.items():
        liking, known = likings[code], before.get(submission_id)
        if liking is None and known is not None:
            db.session.delete(known)
        elif liking is not None and known is not None:
            known.liking = liking
        elif liking is not None:
            db.session.add(Bid(juror_id=juror.id, submission_id=submission_id, liking=liking))
    said = Counter(likings[code].value if likings[code] else "nothing" for code in ids)  # type: ignore[union-attr]
    record("juror.bid", f"juror:{juror.code}", actor=actor, now=now, call_id=juror.call_id, data=dict(said))
