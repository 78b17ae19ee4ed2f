"""The deadline protocol: what an act is worth, given when its request arrived.

T is the close of submissions, the grace begins at T and ends ``grace_seconds`` later. A request is dated
when it arrives, before its body is read; an upload also when it is complete. T itself is too late.

    act                       before T      in the grace                                later
    save an answer            counts        kept, does not count                        kept, does not count
    upload begun before T     counts        counts, marked                              refused
    upload begun later        –             refused                                     refused
    hand in                   counts        counts, marked, if the team saved or        refused
                                            began an upload before T; else refused

Where the bases say so, a complete draft that nobody handed in is handed in by itself once the grace is over
and what was under way in it has arrived. It is dated T: nothing in it was written later.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from thinkia.domain.bases import Calendar
from thinkia.domain.phases import grace_ends
from thinkia.domain.reasons import Reason


class Worth(StrEnum):
    COUNTS = "counts"
    IN_GRACE = "in_grace"  # counts, and says that it came in the grace
    KEPT = "kept"  # evidence of what the team wrote; it never takes the place of what counts
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an act is worth, and why it is refused when it is."""

    worth: Worth
    reason: Reason | None = None

    @property
    def in_grace(self) -> bool:
        return self.worth is Worth.IN_GRACE


ARRIVING = timedelta(minutes=1)
"""What came in the last instant of the grace is still being kept for this long."""

COUNTS = Ruling(Worth.COUNTS)
IN_GRACE = Ruling(Worth.IN_GRACE)
KEPT = Ruling(Worth.KEPT)


@dataclass(frozen=True, slots=True)
class Deadline:
    """T and the end of the grace."""

    closes: datetime
    grace_ends: datetime

    @classmethod
    def of(cls, calendar: Calendar) -> Self:
        return cls(calendar.submission.closes, grace_ends(calendar))

    def is_over(self, now: datetime) -> bool:
        return now >= self.closes

    def in_grace(self, now: datetime) -> bool:
        return self.closes <= now < self.grace_ends

    @property
    def settled(self) -> datetime:
        """When drafts may be handed in by themselves."""
        return self.grace_ends + ARRIVING


def saving(deadline: Deadline, received_at: datetime) -> Ruling:
    """Of an answer that arrived then. It is never refused: what people wrote is not thrown away."""
    return COUNTS if received_at < deadline.closes else KEPT


def uploading(deadline: Deadline, begun_at: datetime, complete_at: datetime) -> Ruling:
    """Of a file whose request arrived at ``begun_at`` and was complete at ``complete_at``."""
    if begun_at >= deadline.closes or complete_at >= deadline.grace_ends:
        return Ruling(Worth.REFUSED, Reason.UPLOAD_TOO_LATE)
    return COUNTS if complete_at < deadline.closes else IN_GRACE


def handing_in(deadline: Deadline, received_at: datetime, *, began_in_time: bool) -> Ruling:
    """Of pressing "Enviar". ``began_in_time``: the team saved, or began an upload, before T."""
    if received_at < deadline.closes:
        return COUNTS
    if received_at >= deadline.grace_ends:
        return Ruling(Worth.REFUSED, Reason.DEADLINE_PASSED)
    return IN_GRACE if began_in_time else Ruling(Worth.REFUSED, Reason.NOTHING_SAVED_IN_TIME)
