"""Who may not read what, conflicts apart: the language, the track, the submission's own institution.

Text is compared without capitals. What is left empty asks for nothing and bars nobody.
"""

from collections.abc import Collection
from enum import StrEnum

from thinkia.domain.assignment.problem import JurorSlot, PanelRequest


class Barrier(StrEnum):
    LANGUAGE = "language"  # the juror does not read the submission's language
    TRACK = "track"  # the juror reads other tracks
    OWN_INSTITUTION = "own_institution"  # the submission comes from the juror's institution


def barrier(request: PanelRequest, slot: JurorSlot) -> Barrier | None:
    """What keeps this juror from this submission, if anything does."""
    if _outside(request.language, slot.languages):
        return Barrier.LANGUAGE
    if _outside(request.track, slot.tracks):
        return Barrier.TRACK
    if request.institution and same(request.institution, slot.institution):
        return Barrier.OWN_INSTITUTION
    return None


def same(one: str, other: str) -> bool:
    """Whether two names are one, whatever their capitals."""
    return one.casefold() == other.casefold()


def _outside(wanted: str, named: Collection[str]) -> bool:
    return bool(wanted and named) and not any(same(wanted, each) for each in named)
