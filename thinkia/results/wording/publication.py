"""A publication in words: what will happen at its hour, and what kept it from happening."""

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.domain.lifecycle import PublicationState
from thinkia.domain.reasons import Reason
from thinkia.results.models import Publication
from thinkia.results.wording.voids import void_count

__all__ = ["forecast", "why_not"]


def forecast(winners: int, voids: int, letters: int) -> str:
    """As in "3 winners, 1 prize void, 45 letters"."""
    won = ngettext("%(num)d winner", "%(num)d winners", winners) if winners else _("no winner")
    sent = ngettext("%(num)d letter", "%(num)d letters", letters)
    return ", ".join([won, *([void_count(voids)] if voids else []), sent])


def why_not(publication: Publication | None) -> str:
    """Why the last hour that was given came and nothing became public; empty where that is not so."""
    if publication is None or publication.state is not PublicationState.REFUSED:
        return ""
    if publication.refusal == Reason.RANKING_STALE:
        return _("Something had changed after the chair confirmed the order.")
    return _("The call was not under way any more.")
