"""How each juror marked beside the others, in words for the chair. It judges nobody and changes nothing."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from thinkia.calls.wording.numbers import listed
from thinkia.domain.ranking.study.record import (
    JurorFigures,
    PanelFigures,
    SectorFigures,
    StudyRecord,
    reads,
)
from thinkia.web.locale import sector_name

NARROW, WIDE = 0.6, 1.6  # of the usual spread
AGREES, PARTLY = 0.6, 0.3  # correlation with the others
NOISY = 1.5  # of what is left of all
GOOD, CAUTIOUS = 0.8, 0.667  # Krippendorff's bars for α
MOST_NAMED = 6


class JurorWords(NamedTuple):
    """One juror: what is usual, and what the chair may want to ask about."""

    code: str
    sectors: str
    reviews: str
    severity: str
    stands_out: bool
    signs: list[str]


def juror_words(each: JurorFigures, study: StudyRecord) -> JurorWords:
    signs = list(_signs(each, study))
    return JurorWords(
        code=each.juror,
        sectors=", ".join(sector_name(sector) for sector in each.sectors),
        reviews=_reviews(each),
        severity=severity_words(each.severity, each.severity_error),
        stands_out=bool(signs) or reads(each.severity, each.severity_error) != "alike",
        signs=signs,
    )


def severity_words(severity: float | None, error: float | None) -> str:
    """As in "6,2 points stricter (± 1,4)"."""
    if severity is None or error is None:
        return _("It cannot be told apart from chance.")
    told = {"points": _points(abs(severity)), "error": _points(error)}
    kind = reads(severity, error)
    if kind == "stricter":
        return _("%(points)s points stricter than the others (± %(error)s)", **told)
    if kind == "kinder":
        return _("%(points)s points kinder than the others (± %(error)s)", **told)
    return _("Like the others (± %(error)s points)", error=told["error"])


def panel_words(panel: PanelFigures, *, linked: bool) -> list[str]:
    """How far the jury as a whole agrees, one thing a sentence."""
    told = [_linked() if linked else _("Some proposals share no juror with the others, not even by a chain.")]
    if panel.alpha is not None:
        told.append(_alpha(panel.alpha))
    if panel.mean is not None:
        told.append(
            _(
                "Of what tells one proposal's mean from another's, %(share)s%% is the proposal; the rest is "
                "who read it, and chance.",
                share=round(100 * panel.mean),
            )
        )
    if panel.icc is not None:
        told.append(
            _(
                "Everybody read everything: the intraclass correlation of the means is %(value)s.",
                value=_hundredths(panel.icc),
            )
        )
    return told


def sector_words(each: SectorFigures) -> str:
    """How those who sat for a sector marked."""
    return ngettext(
        "%(sector)s, %(num)d person: %(words)s",
        "%(sector)s, %(num)d people: %(words)s",
        each.jurors,
        sector=sector_name(each.sector),
        words=severity_words(each.severity, each.severity_error).lower(),
    )


def _reviews(each: JurorFigures) -> str:
    told = ngettext("%(num)d review", "%(num)d reviews", each.reviews)
    if not each.excused:
        return told
    left = ngettext("%(num)d not given, with a reason", "%(num)d not given, with a reason", each.excused)
    return f"{told}; {left}"


def _signs(each: JurorFigures, study: StudyRecord) -> Iterator[str]:
    if any(one.juror == each.juror for one in study.without):
        yield _("Without these reviews, other proposals would win.")
    if each.far:
        named = listed(each.far[:MOST_NAMED])
        yield ngettext(
            "Far from the other jurors on %(codes)s.",
            "Far from the other jurors on %(codes)s.",
            len(each.far),
            codes=named,
        )
    if each.same_score:
        yield _("All reviews ended in one and the same score.")
    if each.alike:
        yield ngettext(
            "One mark on every criterion in %(num)d of %(reviews)s reviews.",
            "One mark on every criterion in %(num)d of %(reviews)s reviews.",
            each.alike,
            reviews=each.reviews,
        )
    yield from _habits(each)


def _habits(each: JurorFigures) -> Iterator[str]:
    if each.spread is not None and each.spread < NARROW and not each.same_score:
        yield _("Uses a narrow part of the scale.")
    if each.spread is not None and each.spread > WIDE:
        yield _("Uses the scale more widely than the others.")
    if each.consistency is not None and each.consistency < PARTLY:
        yield _("Orders the proposals otherwise than those who read the same ones.")
    elif each.consistency is not None and each.consistency < AGREES:
        yield _("Agrees in part with those who read the same proposals.")
    if each.noise is not None and each.noise > NOISY:
        yield _("The marks are harder to foresee than those of the others.")
    yield from _drift(each)


def _drift(each: JurorFigures) -> Iterator[str]:
    kind = reads(each.drift, each.drift_error)
    told = {"points": _points(abs(each.drift or 0)), "error": _points(each.drift_error or 0)}
    if kind == "stricter":
        yield _("Stricter as time went: the later half %(points)s points lower (± %(error)s).", **told)
    elif kind == "kinder":
        yield _("Kinder as time went: the later half %(points)s points higher (± %(error)s).", **told)


def _linked() -> str:
    return _("Shared jurors link all proposals, so that how strict each one is can be compared.")


def _alpha(alpha: float) -> str:
    told = {"value": _hundredths(alpha)}
    if alpha >= GOOD:
        return _("The jurors agree well on the same proposals (Krippendorff's α %(value)s).", **told)
    if alpha >= CAUTIOUS:
        return _("The jurors agree fairly well on the same proposals (Krippendorff's α %(value)s).", **told)
    return _(
        "The jurors see the same proposals in different ways (Krippendorff's α %(value)s). "
        "That is usual where sectors look for different things.",
        **told,
    )


def _points(value: float) -> str:
    return format_decimal(Decimal(f"{value:.1f}"), format="0.0")


def _hundredths(value: float) -> str:
    return format_decimal(Decimal(f"{value:.2f}"), format="0.00")
