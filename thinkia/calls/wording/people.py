"""Who can take part, in words: eligibility and the rules of teams."""

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from thinkia.calls.wording.numbers import listed
from thinkia.domain.bases import Bases, CompositionRule, Eligibility, PersonAttribute, TeamRules
from thinkia.domain.territory import PROVINCES
from thinkia.web.pages import text

WOMAN = frozenset({"woman", "women", "female", "mujer"})


def who_can_apply(bases: Bases) -> list[str | Markup]:
    """Every rule of entry, a sentence each: the team first, then the person, then what no program checks."""
    composition = [composition_sentence(rule) for rule in bases.team.composition]
    alone = bases.team.max == 1
    found: list[str | Markup] = [
        team_sentence(bases.team),
        *composition,
        *person_sentences(bases.eligibility),
    ]
    if bases.team.one_team_per_person and not alone:
        found.append(_("Each person belongs to one team only."))
    if not bases.team.changes_after_close and not alone:
        found.append(_("Teams do not change once submissions close."))
    return [*found, *(text(note) for note in bases.eligibility.notes)]


def team_sentence(team: TeamRules) -> str:
    low, high = team.min, team.max
    if high == 1:
        return _("Each person applies alone.")
    if low <= 1:
        return (
            _("People alone or in teams of up to %(max)s.", max=high)
            if high
            else _("People alone or in teams.")
        )
    if high is None:
        return _("Teams of %(min)s people or more.", min=low)
    if low == high:
        return _("Teams of exactly %(min)s people.", min=low)
    return _("Teams of %(min)s to %(max)s people.", min=low, max=high)


def person_sentences(eligibility: Eligibility) -> list[str]:
    found = []
    low, high = eligibility.min_age, eligibility.max_age
    if low is not None and high is not None:
        found.append(_("People from %(min)s to %(max)s years of age.", min=low, max=high))
    elif low is not None:
        found.append(_("People from %(min)s years of age.", min=low))
    elif high is not None:
        found.append(_("People up to %(max)s years of age.", max=high))
    if eligibility.provinces:
        names = listed(PROVINCES[code] for code in eligibility.provinces)
        found.append(
            ngettext(
                "People who live in the province of %(names)s.",
                "People who live in one of these provinces: %(names)s.",
                len(eligibility.provinces),
                names=names,
            )
        )
    elif eligibility.residents_only:
        found.append(_("People who live in Ecuador."))
    return found


def who_in_short(bases: Bases) -> str:
    """For lists: the team and the age, on one line."""
    people = person_sentences(bases.eligibility)
    return " ".join([team_sentence(bases.team), *people[:1]])


def composition_sentence(rule: CompositionRule) -> str:
    """As in "At least 2 women" or "At most one person of the same institution"."""
    if rule.max_same is not None:
        return _SAME[rule.attribute](rule.max_same)
    if rule.min_different is not None:
        return _DIFFERENT[rule.attribute](rule.min_different)
    return " ".join(
        _counted(rule, limit, least=least)
        for limit, least in ((rule.min, True), (rule.max, False))
        if limit is not None
    )


def _counted(rule: CompositionRule, limit: int, *, least: bool) -> str:
    value = rule.value or ""
    if rule.attribute is PersonAttribute.GENDER and value.casefold() in WOMAN:
        if least:
            return ngettext("At least %(num)d woman.", "At least %(num)d women.", limit)
        return ngettext("At most %(num)d woman.", "At most %(num)d women.", limit)
    value = PROVINCES.get(value, value) if rule.attribute is PersonAttribute.PROVINCE else value
    named = {"what": _ATTRIBUTES[rule.attribute](), "value": value}
    if least:
        return ngettext(
            "At least %(num)d person with %(what)s “%(value)s”.",
            "At least %(num)d people with %(what)s “%(value)s”.",
            limit,
            **named,
        )
    return ngettext(
        "At most %(num)d person with %(what)s “%(value)s”.",
        "At most %(num)d people with %(what)s “%(value)s”.",
        limit,
        **named,
    )


_ATTRIBUTES = {
    PersonAttribute.GENDER: lambda: _("gender"),
    PersonAttribute.INSTITUTION: lambda: _("institution"),
    PersonAttribute.DISCIPLINE: lambda: _("discipline"),
    PersonAttribute.PROVINCE: lambda: _("province"),
}
_SAME = {
    PersonAttribute.GENDER: lambda n: ngettext(
        "At most %(num)d person of the same gender.", "At most %(num)d people of the same gender.", n
    ),
    PersonAttribute.INSTITUTION: lambda n: ngettext(
        "At most %(num)d person of the same institution.",
        "At most %(num)d people of the same institution.",
        n,
    ),
    PersonAttribute.DISCIPLINE: lambda n: ngettext(
        "At most %(num)d person of the same discipline.", "At most %(num)d people of the same discipline.", n
    ),
    PersonAttribute.PROVINCE: lambda n: ngettext(
        "At most %(num)d person of the same province.", "At most %(num)d people of the same province.", n
    ),
}
_DIFFERENT = {
    PersonAttribute.GENDER: lambda n: ngettext(
        "At least %(num)d gender in the team.", "At least %(num)d different genders in the team.", n
    ),
    PersonAttribute.INSTITUTION: lambda n: ngettext(
        "At least %(num)d institution in the team.", "At least %(num)d different institutions in the team.", n
    ),
    PersonAttribute.DISCIPLINE: lambda n: ngettext(
        "At least %(num)d discipline in the team.", "At least %(num)d different disciplines in the team.", n
    ),
    PersonAttribute.PROVINCE: lambda n: ngettext(
        "At least %(num)d province in the team.", "At least %(num)d different provinces in the team.", n
    ),
}
