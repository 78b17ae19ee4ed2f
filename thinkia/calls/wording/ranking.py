"""From marks to an order, in words: scales, method, ties, cut-off, what is published."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from thinkia.calls.wording.evaluators import group_title
from thinkia.calls.wording.numbers import listed, number, percent
from thinkia.domain.bases import (
    Bases,
    Deliberation,
    JuryRules,
    Method,
    MethodName,
    MissingSector,
    PublicationLevel,
    TieKey,
    TieKeyKind,
)
from thinkia.domain.marks import highest, highest_score
from thinkia.domain.rubric import Aggregate, Criterion, MarkSource, MarksToScore, Rubric, Scale
from thinkia.web.locale import moment, sector_name
from thinkia.web.pages import plain, text

PUBLICATION = {
    PublicationLevel.SCORES: _l("The winners by name; the others by their code, with their scores."),
    PublicationLevel.ORDER: _l("The winners by name; the others by their code, in order and without scores."),
    PublicationLevel.WINNERS: _l("The winners only, in order."),
    PublicationLevel.ALPHABETICAL: _l("The winners only, in alphabetical order."),
    PublicationLevel.VERDICT: _l("Only that there is a verdict. Each team learns its own result."),
}

DELIBERATION = {
    Deliberation.ANONYMOUS: _l(
        "The jury deliberates: who has finished a proposal sees how the marks of its panel lie, without "
        "names, and the panel talks it over. Whoever changes a mark says why, and the former mark is kept."
    ),
    Deliberation.NAMED: _l(
        "The jury deliberates: who has finished a proposal sees the marks of its panel, with the names of "
        "those who gave them, and the panel talks it over. Whoever changes a mark says why, and the former "
        "mark is kept."
    ),
}


def scale_words(scale: Scale) -> str:
    """As in "from 1 to 5", "1, 3 or 5", "a checklist of 4 items, up to 5 points"."""
    if scale.checklist is not None:
        return ngettext(
            "a checklist of %(num)d item, up to %(points)s points",
            "a checklist of %(num)d items, up to %(points)s points",
            len(scale.checklist),
            points=number(highest(scale)),
        )
    if scale.values is not None:
        return str(listed((number(value) for value in scale.values), style="or"))
    low, high = number(scale.min or 0), number(scale.max or 0)
    if scale.step is None:
        return _("any decimal from %(min)s to %(max)s", min=low, max=high)
    if scale.step == 1:
        return _("from %(min)s to %(max)s", min=low, max=high).replace(" ", "\u00a0")
    return _("from %(min)s to %(max)s in steps of %(step)s", min=low, max=high, step=number(scale.step))


def source_words(criterion: Criterion) -> str:
    """The scale, and that it is measured where no juror marks it."""
    words = scale_words(criterion.scale)
    return _("%(scale)s, measured", scale=words) if criterion.source is MarkSource.METRIC else words


def score_sentence(rubric: Rubric) -> str:
    """How one juror's marks become a score."""
    if rubric.aggregate is Aggregate.SUM:
        return _("Marks are points and are added, up to %(points)s.", points=number(highest_score(rubric)))
    if rubric.marks_to_score is MarksToScore.OF_MAX:
        return _(
            "Each mark is divided by the highest of its scale and counts with its weight. "
            "The score goes up to 100."
        )
    return _(
        "Each mark counts by its place between the lowest and the highest of its scale, with its weight. "
        "The score goes from 0 to 100."
    )


def rubric_sentences(rubric: Rubric) -> list[str]:
    """How one juror's marks become a score, and what is particular about it."""
    found = [score_sentence(rubric)]
    for group, most in rubric.caps.items():
        titles = listed(criterion_title(one) for one in rubric.criteria if one.group == group)
        found.append(
            _("Together, %(criteria)s give %(points)s points at most.", criteria=titles, points=number(most))
        )
    measured = [criterion_title(one) for one in rubric.criteria if one.source is MarkSource.METRIC]
    if measured:
        found.append(
            ngettext(
                "%(criteria)s is measured and not judged: each proposal has one value, which two people "
                "enter.",
                "%(criteria)s are measured and not judged: each proposal has one value of each, which two "
                "people enter.",
                len(measured),
                criteria=listed(measured),
            )
        )
    if not all(one.required for one in rubric.judged):
        found.append(
            _("An optional criterion that a juror does not mark neither lowers nor raises the score.")
        )
    return found


def method_sentences(bases: Bases) -> list[str]:
    """How the jurors' scores become the score of a proposal."""
    return [*_of_evaluators(bases.method, bases.jury), *_by_method(bases.method)]


def _of_evaluators(method: Method, jury: JuryRules) -> list[str]:
    """What each group of evaluators counts for; what follows is done within each."""
    if not method.evaluators:
        return []
    total = sum(method.evaluators.values())
    groups = listed(
        _("%(group)s %(share)s", group=group_title(jury, group), share=percent(100 * weight / total))
        for group, weight in method.evaluators.items()
    )
    found = [
        _(
            "Each group of evaluators is scored apart and makes its share of the score: %(groups)s.",
            groups=groups,
        )
    ]
    if method.missing_evaluators is MissingSector.REDISTRIBUTE:
        found.append(_("If a proposal lacks a group, its share goes to the groups that it has."))
    else:
        found.append(_("A proposal is not ranked until every group has evaluated it."))
    return [*found, _("What follows is done inside each group.")]


def _by_method(method: Method) -> list[str]:
    if not method.balances:
        return _METHODS[method.name](method)
    adjusts = method.name is MethodName.SEVERITY_ADJUSTED
    return [*([_corrected()] if adjusts else []), *_balanced(method)]


def _balanced(method: Method) -> list[str]:
    weights = listed(
        _("%(sector)s %(weight)s", sector=sector_name(code), weight=number(weight))
        for code, weight in method.sectors.items()
    )
    found = [
        _(
            "Jurors are averaged inside their sector first, then the sectors by their weights: %(weights)s.",
            weights=weights,
        )
    ]
    if method.missing_sector is MissingSector.REDISTRIBUTE:
        found.append(_("If a proposal lacks a sector, its weight is shared out among the sectors present."))
    else:
        found.append(_("A proposal is not ranked until every sector with weight has read it."))
    return found


def _corrected() -> str:
    return _(
        "Each score is corrected by how much stricter or kinder than the others that juror was on the "
        "proposals they shared; with few reviews we correct less."
    )


def _trimmed(method: Method) -> list[str]:
    return [
        ngettext(
            "The lowest and the highest score of each proposal are left out; the score is the mean of the "
            "others.",
            "The %(num)d lowest and the %(num)d highest scores of each proposal are left out; the score is "
            "the mean of the others.",
            method.trim,
        )
    ]


def _borda(_method: Method) -> list[str]:
    return [
        _(
            "Each juror's scores put the proposals that he or she read in an order. A proposal gets points "
            "for its place in it: 100 for the first, 0 for the last."
        ),
        _("The score of a proposal is the mean of those points."),
    ]


def _standardised(_method: Method) -> list[str]:
    return [
        _(
            "From each score we take the mean of its juror and divide by how much that juror's scores vary: "
            "0 is what the juror usually gives, 1 is clearly above it."
        ),
        _("The score of a proposal is the mean of those values."),
    ]


_METHODS: Mapping[MethodName, Callable[[Method], list[str]]] = {
    MethodName.MEAN: lambda _method: [_("The score of a proposal is the mean of its jurors' scores.")],
    MethodName.SUM: lambda _method: [_("The score of a proposal is the sum of its jurors' scores.")],
    MethodName.TRIMMED_MEAN: _trimmed,
    MethodName.SEVERITY_ADJUSTED: lambda _method: [
        _corrected(),
        _("The score of a proposal is the mean of its corrected scores."),
    ],
    MethodName.BORDA: _borda,
    MethodName.Z_SCORE: _standardised,
}


def tie_sentences(bases: Bases) -> list[str | Markup]:
    """What settles a tie, step by step."""
    return [_TIES[key.key](key, bases) for key in bases.tie_break]


def cut_off_sentence(bases: Bases) -> str:
    if bases.cut_off is None:
        return ""
    return _(
        "A proposal needs a score of %(cut_off)s or more. Exact values are compared, without rounding.",
        cut_off=number(bases.cut_off),
    )


def appeals_sentence(bases: Bases) -> str:
    """For how long a team may ask for a review; empty where the bases take no appeals."""
    if bases.appeals is None:
        return ""
    if bases.appeals.working_days:
        return ngettext(
            "After publication, a team has %(num)d working day to ask for a review of its result.",
            "After publication, a team has %(num)d working days to ask for a review of its result.",
            bases.appeals.days,
        )
    return ngettext(
        "After publication, a team has %(num)d day to ask for a review of its result.",
        "After publication, a team has %(num)d days to ask for a review of its result.",
        bases.appeals.days,
    )


def criterion_title(criterion: Criterion) -> str:
    return plain(criterion.title) or criterion.code


def _by_criterion(key: TieKey, bases: Bases) -> str:
    titles = {one.code: criterion_title(one) for one in bases.rubric.criteria}
    return _("The higher mark on “%(criterion)s”.", criterion=titles.get(key.code or "", key.code))


def _metric(key: TieKey, bases: Bases) -> str:
    """A metric that is also a criterion has a title."""
    titles = {
        one.code: criterion_title(one) for one in bases.rubric.criteria if one not in bases.rubric.judged
    }
    return titles.get(key.code or "", key.code or "")


def _by_group(key: TieKey, bases: Bases) -> str:
    titles = [criterion_title(one) for one in bases.rubric.criteria if one.group == key.code]
    return _("The higher sum of “%(group)s” (%(criteria)s).", group=key.code, criteria=listed(titles))


def _by_lottery(key: TieKey, bases: Bases) -> str | Markup:
    if key.seed is not None:
        return _("A lottery with the seed “%(seed)s”.", seed=key.seed)
    if not key.source:
        return _("A lottery. Where its seed comes from is still to be said.")
    when = moment(key.drawn_at, bases.time_zone) if key.drawn_at else ""
    sentence = _(
        "A lottery. Its seed comes from: %(source)s. It is drawn on %(moment)s.", source="\0", moment=when
    )
    before, _mark, after = sentence.partition("\0")
    source = text(key.source).strip().removesuffix(".")
    return Markup("{}{}{}").format(before, source, after)


_TIES = {
    TieKeyKind.CRITERION: _by_criterion,
    TieKeyKind.GROUP: _by_group,
    TieKeyKind.FEWER: lambda key, bases: _(
        "The lower value of “%(metric)s”, which is measured and not judged.", metric=_metric(key, bases)
    ),
    TieKeyKind.MORE: lambda key, bases: _(
        "The higher value of “%(metric)s”, which is measured and not judged.", metric=_metric(key, bases)
    ),
    TieKeyKind.CHAIR: lambda _key, _bases: _("The chair of the jury decides, and the decision is recorded."),
    TieKeyKind.SUBMITTED_AT: lambda _key, _bases: _("The proposal submitted earlier."),
    TieKeyKind.LOTTERY: _by_lottery,
}
