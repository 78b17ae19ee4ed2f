"""Prizes that nobody gets, in words."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.wording.ranking import cut_off_sentence
from thinkia.domain.bases import Bases, PublicationLevel
from thinkia.domain.ranking.voids import VoidCause, VoidPlace
from thinkia.results.wording.method import WITH_PLACES

__all__ = ["VoidPrize", "told_voids", "void_count"]


class VoidPrize(NamedTuple):
    """Which one, and why. ``by_jury``: the words are the jury's own."""

    place: str
    prize: Any
    why: str
    by_jury: bool


def told_voids(voids: Sequence[VoidPlace], bases: Bases) -> list[VoidPrize]:
    """One each, as far as the bases let it be told: nothing where they publish nothing of prizes."""
    if bases.publication is PublicationLevel.VERDICT:
        return []
    titles = {prize.place: prize.title for prize in bases.prizes if prize.place}
    with_places = bases.publication in WITH_PLACES
    return [
        VoidPrize(
            place=str(one.place) if with_places else "",
            prize=titles.get(one.place, ""),
            why=_why(one, bases),
            by_jury=one.cause is VoidCause.JURY,
        )
        for one in voids
    ]


def void_count(number: int) -> str:
    """As in "1 prize void"."""
    return ngettext("%(num)d prize void", "%(num)d prizes void", number)


def _why(void: VoidPlace, bases: Bases) -> str:
    match void.cause:
        case VoidCause.JURY:
            return void.reason
        case VoidCause.CUT_OFF:
            return _("No other proposal reaches the cut-off. %(rule)s", rule=cut_off_sentence(bases))
        case VoidCause.FEW:
            return _("There are fewer proposals in the order than prizes.")
