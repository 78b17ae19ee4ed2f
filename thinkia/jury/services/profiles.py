"""What a juror says of himself or herself: the panels that are drawn later depend on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from thinkia.db.transaction import atomic, lock
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury.models import Juror
from thinkia.jury.queries.panels import has_applied_plan
from thinkia.jury.queries.people import WITH_CALL
from thinkia.jury.queries.reviews import has_reviews, sectors_sat_for
from thinkia.policy import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Institution, what one knows about, in what languages one reads, and how much at most."""

    institution: str
    languages: Sequence[str]
    topics: Sequence[str] = ()
    expertise: Sequence[str] = ()
    capacity: int | None = None


@atomic
def describe(juror: Juror, profile: Profile, actor: Actor, now: datetime) -> None:
    """Keep it, until panels are applied: from then on they rest on what was said."""
    juror = lock(juror, *WITH_CALL)
    if has_applied_plan(juror.call):
        raise Refused(Reason.PROFILE_FIXED)
    juror.institution, juror.capacity = profile.institution, profile.capacity
    juror.languages, juror.topics = list(profile.languages), list(profile.topics)
    juror.expertise, juror.described_at = list(profile.expertise), now
    _record("juror.described", juror, actor, now, {"capacity": profile.capacity})


@atomic
def ask_for_sector(juror: Juror, sector: str, reason: str, actor: Actor, now: datetime) -> None:
    """Say that one sits for the wrong sector. The organisers decide."""
    juror = lock(juror, *WITH_CALL)
    if sector == juror.sector:
        raise Refused(Reason.SAME_SECTOR)
    juror.sector_wish, juror.sector_wish_reason = sector, reason
    _record("juror.sector_asked", juror, actor, now, {"sector": sector})


@atomic
def set_seat(
    juror: Juror,
    sector: str,
    actor: Actor,
    now: datetime,
    *,
    others: Sequence[str] = (),
    evaluators: str | None = None,
) -> None:
    """Decide for which sector somebody sits, and for which ``others`` too where a panel lacks somebody; and
    in which group of evaluators, where the call has any (``None``: as it is).

    The group and the first sector stay once there is anything to read, and so does every sector of a panel
    that the person is on.
    """
    juror = lock(juror, *WITH_CALL)
    others = [each for each in dict.fromkeys(others) if each != sector]
    moved = sector != juror.sector and has_reviews(juror)
    if moved or not sectors_sat_for(juror) <= {sector, *others}:
        raise Refused(Reason.SECTOR_FIXED)
    if evaluators is not None and evaluators != juror.evaluators:
        if evaluators not in juror.call.bases.jury.groups:
            raise Refused(Reason.NO_GROUP)
        if has_reviews(juror):
            raise Refused(Reason.GROUP_FIXED)
        juror.evaluators = evaluators
        _record("juror.group_set", juror, actor, now, {"group": evaluators})
    juror.sector, juror.sector_wish, juror.sector_wish_reason = sector, "", ""
    juror.other_sectors = others
    _record("juror.sector_set", juror, actor, now, {"sector": sector, "others": others})


def _record(action: str, juror: Juror, actor: Actor, now: datetime, data: dict) -> None:
    record(action, f"juror:{juror.code}", actor=actor, now=now, call_id=juror.call_id, data=data)
