"""Who may not read what, conflicts apart: the language, the track, the submission's own institution.

Text is compared without capitals. What is left empty asks for nothing and bars nobody.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

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


def barred(requests: Sequence[PanelRequest], slots: Sequence[JurorSlot]) -> NDArray[np.bool_]:
    """The same for all: a row a request, a column a juror, true where a barrier stands."""
    table = np.zeros((len(requests), len(slots)), bool)
    kinds: dict[tuple[str, str, str], list[int]] = {}
    for i, request in enumerate(requests):
        kinds.setdefault((request.language, request.track, request.institution), []).append(i)
    for kind, rows in kinds.items():
        if any(kind):
            table[rows] = [barrier(requests[rows[0]], slot) is not None for slot in slots]
    return table


def _outside(wanted: str, named: Collection[str]) -> bool:
    return bool(wanted and named) and not any(same(wanted, each) for each in named)
