"""How a result came about, in sentences with its own numbers."""

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.wording.ranking import cut_off_sentence, method_sentences, rubric_sentences
from thinkia.domain.bases import Bases, PublicationLevel
from thinkia.domain.ranking.record import Record
from thinkia.domain.ranking.summary import Band
from thinkia.jury.models import BroughtIn
from thinkia.results.wording import ties

WITH_ORDER = frozenset({PublicationLevel.SCORES, PublicationLevel.ORDER})
WITH_TIES = frozenset({PublicationLevel.SCORES, PublicationLevel.ORDER, PublicationLevel.WINNERS})
WITH_PLACES = WITH_TIES
"""Levels at which a winner's place is said."""


def method_points(
    record: Record, bases: Bases, *, brought: BroughtIn, closes_round: bool = False
) -> list[str]:
    """From who read to what settled ties, as far as the bases let it be told.

    ``closes_round``: of an order that is not the result.
    """
    level = bases.publication
    points = [reading_sentence(record)]
    if brought.paper:
        points.append(paper_sentence(brought.paper))
    if brought.imported:
        points.append(imported_sentence(brought.imported))
    points += [*rubric_sentences(bases.rubric), *method_sentences(bases)]
    if bases.cut_off is not None:
        points.append(cut_off_sentence(bases))
        if level is PublicationLevel.SCORES:
            points.append(_passed(record))
    if level in WITH_TIES:
        scores = level is PublicationLevel.SCORES
        points += ties.about_winners(
            *(record, bases), with_codes=level in WITH_ORDER, with_figures=scores, closes_round=closes_round
        )
    return points


def reading_sentence(record: Record) -> str:
    """How many people read each proposal."""
    counts = [line.ballots for line in record.lines]
    low, high = min(counts, default=0), max(counts, default=0)
    if low == high:
        return ngettext(
            "%(num)d person of the jury read each proposal.",
            "%(num)d people of the jury read each proposal.",
            low,
        )
    return _("Between %(low)s and %(high)s people of the jury read each proposal.", low=low, high=high)


def paper_sentence(count: int) -> str:
    """How many reviews came on paper."""
    return ngettext(
        "%(num)d review was given on a signed ballot on paper, and entered by two people.",
        "%(num)d reviews were given on signed ballots on paper, and entered by two people each.",
        count,
    )


def imported_sentence(count: int) -> str:
    """How many reviews came with a sheet."""
    return ngettext(
        "%(num)d review was given elsewhere, and brought in by two people.",
        "%(num)d reviews were given elsewhere, and brought in by two people.",
        count,
    )


def band_sentence(band: Band) -> str:
    return {
        Band.WINNER: _("Your proposal is one of the winners."),
        Band.UPPER: _("Your proposal stands in the first third of the order."),
        Band.MIDDLE: _("Your proposal stands in the middle third of the order."),
        Band.LOWER: _("Your proposal stands in the last third of the order."),
    }[band]


def _passed(record: Record) -> str:
    number = sum(line.passes is True for line in record.lines)
    return ngettext(
        "%(num)d proposal of %(all)d reaches it.",
        "%(num)d proposals of %(all)d reach it.",
        number,
        all=len(record.lines),
    )
