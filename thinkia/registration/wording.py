"""The words of entering a call: why not, what is asked and what for, what a team rule says."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from thinkia.accounts.models import Account
from thinkia.calls.wording.people import composition_sentence
from thinkia.domain.bases import PersonAttribute, TeamRules
from thinkia.domain.formation import UNDISCLOSED, asked_of_people, gender_code
from thinkia.domain.reasons import Reason
from thinkia.domain.territory import CANTONS, PROVINCES
from thinkia.registration.models import Registration
from thinkia.web.errors import tell

tell(
    {
        Reason.TOO_YOUNG_FOR_CALL: _l("In this call people take part from %(age)s years of age."),
        Reason.TOO_OLD_FOR_CALL: _l("In this call people take part up to %(age)s years of age."),
        Reason.OTHER_TERRITORY: _l("This call is for people who live in other provinces."),
        Reason.BIRTH_DATE_NEEDED: _l("Write your date of birth: the rules of this call look at age."),
        Reason.PROVINCE_NEEDED: _l("Say in which province you live: this call is for some provinces."),
        Reason.STILL_IN_TEAM: _l(
            "You are in the team %(team)s. Leave it first, then you can withdraw from the call."
        ),
        Reason.CONSENT_TAKEN_BACK: _l(
            "You took back the consent that taking part rests on. Give it again under “Consents” in your "
            "account, then register."
        ),
        Reason.STAFF_OR_JUROR: _l(
            "You work for whoever runs this call, or you sit on its jury, so you cannot take part in it."
        ),
    }
)

GENDERS = {
    "woman": _l("Woman"),
    "man": _l("Man"),
    "other": _l("Another identity"),
    UNDISCLOSED: _l("I prefer not to say"),
}
ATTRIBUTES = {
    PersonAttribute.GENDER: _l("Gender"),
    PersonAttribute.INSTITUTION: _l("Institution"),
    PersonAttribute.DISCIPLINE: _l("Discipline"),
    PersonAttribute.PROVINCE: _l("Province"),
}


def value_words(attribute: PersonAttribute, value: str) -> Any:
    """A value as a person reads it: what only the bases know stays as the bases write it."""
    if value == UNDISCLOSED:
        return _("Not said")
    if attribute is PersonAttribute.GENDER:
        return GENDERS.get(gender_code(value), value)
    if attribute is PersonAttribute.PROVINCE:
        return PROVINCES.get(value, value)
    return value.replace("_", " ")


def home_of(account: Account) -> str:
    """Where a person lives: "Cayambe, Pichincha", the province alone, or nothing."""
    names = [CANTONS.get(account.canton or ""), PROVINCES.get(account.province or "")]
    return ", ".join(name for name in names if name)


def purposes(rules: TeamRules) -> dict[str, str]:
    """Why each attribute is asked: the rules that look at it."""
    said: dict[str, list[str]] = {}
    for rule in rules.composition:
        said.setdefault(rule.attribute.value, []).append(composition_sentence(rule))
    return {
        name: _(
            "What the rules ask of each team: “%(rules)s” We ask for that alone.", rules=" ".join(sentences)
        )
        for name, sentences in said.items()
    }


def answers(rules: TeamRules, registration: Registration) -> list[tuple[Any, Any]]:
    """What a person said for a call, as question and answer."""
    said = [
        (ATTRIBUTES[asked], value_words(asked, registration.attributes.get(asked.value, UNDISCLOSED)))
        for asked in asked_of_people(rules)
    ]
    if rules.max == 1:
        return said
    looking = _("Yes") if registration.is_looking else _("No")
    return [
        *said,
        (_("Looking for a team"), looking),
        (_("About you"), registration.about or _("Nothing yet")),
    ]
