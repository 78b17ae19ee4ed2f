"""Where a submission stands: what people decided of it, and what the calendar says now."""

from datetime import datetime
from enum import StrEnum

from thinkia.domain.deadlines import Deadline
from thinkia.domain.lifecycle import SubmissionState


class Standing(StrEnum):
    OPEN = "open"  # a draft, before the deadline
    HANDED_IN_OPEN = "handed_in_open"  # it may still change
    GRACE = "grace"  # a draft, after the deadline, that may perhaps still be handed in
    NOT_HANDED_IN = "not_handed_in"
    HANDED_IN = "handed_in"
    WITHDRAWN = "withdrawn"
    EXCLUDED = "excluded"
    WAITING = "waiting"  # on the waiting list of a round
    OUT = "out"  # it did not go on to the next round


DECIDED = {
    SubmissionState.WITHDRAWN: Standing.WITHDRAWN,
    SubmissionState.EXCLUDED: Standing.EXCLUDED,
    SubmissionState.WAITING: Standing.WAITING,
    SubmissionState.OUT: Standing.OUT,
}


def standing(state: SubmissionState, deadline: Deadline, now: datetime) -> Standing:
    """The one word that a page turns on."""
    if state in DECIDED:
        return DECIDED[state]
    if state == SubmissionState.SUBMITTED:
        return Standing.HANDED_IN if deadline.is_over(now) else Standing.HANDED_IN_OPEN
    if not deadline.is_over(now):
        return Standing.OPEN
    return Standing.GRACE if deadline.in_grace(now) else Standing.NOT_HANDED_IN
