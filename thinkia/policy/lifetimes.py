"""How long a sign-in lasts: the more somebody may do, the shorter."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from thinkia.policy.actor import Actor, TieKind


@dataclass(frozen=True, slots=True)
class Lifetime:
    """``idle``: without a request. ``whole``: since it began, whatever happens."""

    idle: timedelta
    whole: timedelta


CITIZEN = Lifetime(timedelta(hours=12), timedelta(days=7))
JUROR = Lifetime(timedelta(hours=2), timedelta(hours=12))
ORGANISER = Lifetime(timedelta(minutes=30), timedelta(hours=12))


def lifetime(actor: Actor) -> Lifetime:
    """What holds for this person: of several roles, the strictest."""
    if actor.places(TieKind.STAFF) or actor.places(TieKind.SECOND):
        return ORGANISER
    return JUROR if actor.places(TieKind.JUROR) else CITIZEN


def is_over(actor: Actor, seen: datetime, now: datetime) -> bool:
    """Whether a sign-in that was last used at ``seen`` means nothing any more."""
    allowed = lifetime(actor)
    began = actor.signed_in_at or seen
    return now - seen >= allowed.idle or now - began >= allowed.whole
