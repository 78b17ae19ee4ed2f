"""How a tie was settled, or what it still waits for, in words."""

from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.wording.numbers import listed
from thinkia.calls.wording.ranking import criterion_title
from thinkia.domain.bases import Bases, TieKeyKind
from thinkia.domain.ranking.record import Line, Record, Step
from thinkia.results.wording.figures import figure, score_figure


def of_line(record: Record, line: Line, bases: Bases, *, with_figures: bool = True) -> list[str]:
    """What to know of a line that tied: what decided, or what it waits for."""
    steps = record.steps_of(line.submission)
    if not steps:
        return []
    score = score_figure(line.score, bases.cut_off)
    found = [_("Tied at %(score)s.", score=score) if with_figures else _("It tied with another proposal.")]
    waiting = [step for step in steps if step.awaits_chair]
    if any(record.touches_winners(step) for step in waiting):
        return [*found, _("It waits for the chair's decision.")]
    found += [_decision(step, record, bases, with_figures=with_figures) for step in steps if step.decided]
    if waiting:
        found.append(_left_open(record))
    if record.is_shared(line):
        found.append(_("It shares place %(place)s.", place=line.place))
    return found


def about_winners(
    record: Record, bases: Bases, *, with_codes: bool, with_figures: bool, closes_round: bool = False
) -> list[str]:
    """Each tie for a winning place, or one that goes on, and what settled it; then how many others."""
    shown = record.settled_for_winners
    how = {"with_codes": with_codes, "with_figures": with_figures, "closes_round": closes_round}
    found = [_tie(step, record, bases, **how) for step in shown]
    others = len(record.settled) - len(shown)
    if others and with_codes and closes_round:
        found.append(
            ngettext(
                "%(num)d tie that was not for a place that goes on was settled by the tie rules.",
                "%(num)d ties that were not for a place that goes on were settled by the tie rules.",
                others,
            )
        )
    elif others and with_codes and not shown:
        found.append(
            ngettext(
                "%(num)d tie was settled as the rules say. It was not for a winning place.",
                "%(num)d ties were settled as the rules say. None was for a winning place.",
                others,
            )
        )
    elif others and with_codes:
        found.append(
            ngettext(
                "%(num)d tie outside the winning places was settled by the tie rules.",
                "%(num)d ties outside the winning places were settled by the tie rules.",
                others,
            )
        )
    return found


def _tie(
    step: Step, record: Record, bases: Bases, *, with_codes: bool, with_figures: bool, closes_round: bool
) -> str:
    line = record.line(step.submissions[0])
    score = score_figure(line.score, bases.cut_off) if line else ""
    names = listed(code for group in step.groups for code in group)
    if with_codes and with_figures:
        opening = _("%(names)s tied at %(score)s.", names=names, score=score)
    elif with_codes:
        opening = _("%(names)s tied.", names=names)
    else:
        opening = _unnamed(len(step.submissions), closes_round=closes_round)
    return f"{opening} {_decision(step, record, bases, with_figures=with_figures)}"


def _unnamed(count: int, *, closes_round: bool) -> str:
    if closes_round:
        return ngettext(
            "%(num)d proposal tied for a place that goes on.",
            "%(num)d proposals tied for a place that goes on.",
            count,
        )
    return ngettext(
        "%(num)d proposal tied for a winning place.", "%(num)d proposals tied for a winning place.", count
    )


def _left_open(record: Record) -> str:
    if record.context.needs_seed:
        return _("The chair may decide it. Otherwise the lottery does, once its seed is recorded.")
    return _("The chair left it to the next rule.")


def _decision(step: Step, record: Record, bases: Bases, *, with_figures: bool) -> str:
    kind, _colon, code = step.key.partition(":")
    match TieKeyKind(kind):
        case TieKeyKind.CRITERION | TieKeyKind.GROUP | TieKeyKind.FEWER | TieKeyKind.MORE:
            title = _title(kind, code, bases)
            if not with_figures:
                return _("“%(key)s” decides.", key=title)
            return _("“%(key)s” decides: %(values)s.", key=title, values=_values(step))
        case TieKeyKind.CHAIR:
            return _("The chair of the jury decided.")
        case TieKeyKind.SUBMITTED_AT:
            return _("The one submitted earlier goes first.")
        case TieKeyKind.LOTTERY:
            return _lottery(record, bases)


def _lottery(record: Record, bases: Bases) -> str:
    literal = next((key.seed for key in bases.tie_break if key.key is TieKeyKind.LOTTERY and key.seed), None)
    return _("The lottery decided, with the seed “%(seed)s”.", seed=record.context.seed or literal or "")


def _title(kind: str, code: str, bases: Bases) -> str:
    if kind == TieKeyKind.GROUP:
        return str(listed(criterion_title(one) for one in bases.rubric.criteria if one.group == code))
    return next((criterion_title(one) for one in bases.rubric.criteria if one.code == code), code)


def _values(step: Step) -> str:
    """The groups' values, from the first to the last: "4,60 frente a 4,40"."""
    values = [figure(Fraction(step.values[group[0]])) for group in step.groups]
    return _(" against ").join(values)
