"""A whole list of people invited at once: looked over first, then all of it in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db.transaction import atomic, lock
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.guest_lists import Entry, Fault, RowFault
from thinkia.jury.models import Juror
from thinkia.jury.queries import standing_chair
from thinkia.jury.queries.people import applicants_among, jurors_of, who_see_names
from thinkia.jury.queries.reviews import has_reviews
from thinkia.jury.services.invitations import offer_seat
from thinkia.policy import Actor
from thinkia.policy.actor import JurorRole


class Standing(StrEnum):
    """How somebody on a list stands to the jury."""

    NEW = "new"
    AGAIN = "again"  # declined, left, or let the invitation lapse
    KNOWN = "known"  # on the jury, or invited: skipped


@dataclass(frozen=True, slots=True)
class Checked:
    """A row as it will be. ``juror`` is the seat that the address has already."""

    entry: Entry
    standing: Standing
    juror: Juror | None = None

    @property
    def is_sound(self) -> bool:
        return self.standing is Standing.KNOWN or not self.entry.faults

    @property
    def is_invited(self) -> bool:
        """Whether a letter goes out for this row."""
        return self.standing is not Standing.KNOWN and not self.entry.faults


@atomic
def look_over(call: Call, entries: Sequence[Entry], now: datetime) -> list[Checked]:
    """Every row against the jury, the applicants and who sees them, as they are now. Nothing is changed."""
    known = {juror.email: juror for juror in jurors_of(call)}
    emails = [entry.guest.email for entry in entries]
    out = dict.fromkeys(who_see_names(call, emails), RowFault.ORGANISES)
    out |= dict.fromkeys(applicants_among(call, emails), RowFault.APPLICANT)
    chair = standing_chair(call)
    chaired_by = chair.email if chair else ""
    return [_checked(entry, known.get(entry.guest.email), out, chaired_by, now) for entry in entries]


@atomic
def invite_everybody(call: Call, entries: Sequence[Entry], actor: Actor, now: datetime) -> int:
    """Invite all of a list, or nobody while a row is wrong. Who is on the jury already is skipped.

    Returns how many letters go out: none the second time.
    """
    lock(call, *WITH_BASES)
    rows = look_over(call, entries, now)
    if not all(row.is_sound for row in rows):
        raise Refused(Reason.LIST_NOT_SOUND)
    invited = [row for row in rows if row.is_invited]
    for row in invited:
        offer_seat(call, row.entry.guest, row.juror, actor, now)
    return len(invited)


def _checked(
    entry: Entry, juror: Juror | None, out: Mapping[str, RowFault], chaired_by: str, now: datetime
) -> Checked:
    if juror is not None and not juror.can_be_invited(now):
        return Checked(entry, Standing.KNOWN, juror)
    faults = []
    if entry.guest.email in out:
        faults.append(Fault(out[entry.guest.email]))
    if entry.guest.role is JurorRole.CHAIR and chaired_by not in {"", entry.guest.email}:
        faults.append(Fault(RowFault.CHAIR_TAKEN))
    if juror is not None and entry.guest.evaluators != juror.evaluators and has_reviews(juror):
        faults.append(Fault(RowFault.GROUP_FIXED))
    standing = Standing.NEW if juror is None else Standing.AGAIN
    return Checked(entry.with_faults(faults), standing, juror)
