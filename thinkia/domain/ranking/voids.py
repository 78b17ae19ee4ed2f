"""Winning places whose prize nobody gets, and why: what calls name *desierto*."""

from dataclasses import dataclass
from enum import StrEnum

from thinkia.domain.ranking.record import Record, wins


class VoidCause(StrEnum):
    JURY = "jury"  # its chair declared it, with a reason
    CUT_OFF = "cut_off"  # who stands there does not reach what the rules ask for
    FEW = "few"  # nobody stands there


@dataclass(frozen=True, slots=True)
class VoidPlace:
    place: int
    cause: VoidCause
    reason: str = ""


def void_places(record: Record) -> list[VoidPlace]:
    """Every winning place without a winner. One that a tie above it takes in is shared, and not void."""
    reasons = {one.place: one.reason for one in record.context.voids}
    covered = {at: line.place for at, line in enumerate(record.lines, 1)}  # a tie takes several places
    passing = {
        line.place for line in record.lines if wins(line.place, record.context.winners, passes=line.passes)
    }
    found = []
    for place in range(1, record.context.winners + 1):
        stands = covered.get(place)
        if stands is None:
            found.append(VoidPlace(place, VoidCause.FEW))
        elif stands in reasons:
            found.append(VoidPlace(place, VoidCause.JURY, reasons[stands]))
        elif stands not in passing:
            found.append(VoidPlace(place, VoidCause.CUT_OFF))
    return found
