"""What a person says when entering a call: only what its rules ask for."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.domain.bases import PersonAttribute, TeamRules
from thinkia.domain.eligibility import asks_for_province
from thinkia.domain.formation import UNDISCLOSED, asked_of_people, gender_code, named_values
from thinkia.domain.territory import PROVINCES
from thinkia.registration.models import Entry, Registration
from thinkia.registration.wording import GENDERS
from thinkia.web.dates import BirthDate
from thinkia.web.forms import Form

ABOUT = 500
REQUIRED = _l("Choose one: “I prefer not to say” is an answer too.")


class EntryForm(Form):
    """What may be corrected later too."""

    gender = RadioField(_l("Gender"), validators=[InputRequired(REQUIRED)])
    institution = StringField(_l("Institution"), validators=[Optional(), Length(max=200)])
    discipline = RadioField(_l("Discipline"), validators=[InputRequired(REQUIRED)])
    own_discipline = StringField(_l("Discipline or trade"), validators=[Optional(), Length(max=100)])
    is_looking = BooleanField(_l("I am looking for a team"))
    about = TextAreaField(_l("A few words about you"), validators=[Optional(), Length(max=ABOUT)])

    def __init__(self, call: Call, account: Account, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        team = call.bases.team
        self._ask_what_the_rules_need(team)
        self._offer(team)
        if "institution" in self and not self.institution.data and not self.is_submitted():
            self.institution.data = account.institution

    def _ask_what_the_rules_need(self, team: TeamRules) -> None:
        asked = asked_of_people(team)
        for name in ("gender", "institution"):
            if name not in asked:
                del self[name]
        needless = "own_discipline" if named_values(team, PersonAttribute.DISCIPLINE) else "discipline"
        del self[needless]
        if PersonAttribute.DISCIPLINE not in asked:
            del self["discipline" if needless == "own_discipline" else "own_discipline"]
        if team.max == 1:
            del self.is_looking
            del self.about

    def _offer(self, team: TeamRules) -> None:
        """The choices: what everybody may say, and what these bases name."""
        if "gender" in self:
            genders = (gender_code(value) for value in named_values(team, PersonAttribute.GENDER))
            others = [(value, value) for value in genders if value not in GENDERS]
            self.gender.choices = [*others, *GENDERS.items()]
        if "discipline" in self:
            named = list(named_values(team, PersonAttribute.DISCIPLINE))
            words = [(value, value.replace("_", " ")) for value in named]
            rest = [("other", _l("Another discipline")), (UNDISCLOSED, GENDERS[UNDISCLOSED])]
            self.discipline.choices = [*words, *(each for each in rest if each[0] not in named)]

    @property
    def entry(self) -> Entry:
        """What was said."""
        said = {
            name: self[name].data or "" for name in ("gender", "institution", "discipline") if name in self
        }
        if "own_discipline" in self:
            said["discipline"] = self.own_discipline.data or ""
        looking = "is_looking" in self
        return Entry(
            attributes=said,
            is_looking=looking and bool(self.is_looking.data),
            about=(self.about.data or "") if looking else "",
            born=self.born.data if "born" in self else None,
            province=(self.province.data or None) if "province" in self else None,
        )


class RegistrationForm(EntryForm):
    """Entering: what the account lacks, what the rules need, and consent."""

    born = BirthDate(
        _l("Date of birth"), validators=[InputRequired(_l("Write your date of birth: day, month and year."))]
    )
    province = SelectField(
        _l("Province where you live"), validators=[InputRequired(_l("Choose the province where you live."))]
    )
    consent = BooleanField(
        _l("I agree that my data are used to run this call"),
        validators=[
            InputRequired(_l("Without your agreement we cannot register you: tick it if you agree."))
        ],
    )

    def __init__(self, call: Call, account: Account, *arguments: Any, **options: Any) -> None:
        super().__init__(call, account, *arguments, **options)
        bases = call.bases
        needs_province = asks_for_province(bases.eligibility) or PersonAttribute.PROVINCE in asked_of_people(
            bases.team
        )
        if account.birth_date is not None:
            del self.born
        if account.province is not None or not needs_province:
            del self.province
        else:
            self.province.choices = [("", _l("Choose a province")), *PROVINCES.items()]


def corrections(registration: Registration) -> EntryForm:
    """The form with what was said when entering."""
    said = dict(registration.attributes)
    said["own_discipline"] = said.get("discipline", "")
    return EntryForm(
        registration.call,
        registration.account,
        data={**said, "is_looking": registration.is_looking, "about": registration.about},
    )
