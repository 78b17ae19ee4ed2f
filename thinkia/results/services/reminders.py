"""Reminding jurors of what they still have to finish, once a day each."""

from datetime import datetime

from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db.transaction import atomic, lock
from thinkia.domain.zones import day_began
from thinkia.jury.services.invitations import remind_all
from thinkia.policy import Actor
from thinkia.results.queries.progress import jurors_to_remind


@atomic
def remind(call: Call, actor: Actor, now: datetime, *, juror: str = "") -> int:
    """Write to who has reviews to finish (to one of them, where named) and got no reminder today.

    Returns to how many. A second click finds them reminded.
    """
    call = lock(call, *WITH_BASES)
    today = day_began(call.bases.time_zone, now)
    return remind_all(call, list(jurors_to_remind(call, today, juror)), actor, now)
