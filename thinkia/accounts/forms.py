"""What people may type about themselves."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from thinkia.accounts.models import Purpose
from thinkia.accounts.wording import LANGUAGES, PURPOSE_HINTS, PURPOSES
from thinkia.domain.passphrases import MAXIMUM, MINIMUM
from thinkia.domain.sectors import SECTORS
from thinkia.domain.territory import PROVINCES, cantons_of
from thinkia.domain.text import LANGUAGES as INTERFACE_LANGUAGES
from thinkia.web.dates import BirthDate
from thinkia.web.forms import Form, whole_address
from thinkia.web.locale import sector_name

LONGEST_NAME = 120


def _interface() -> list[SelectChoice]:
    return [SelectChoice(code, _name(code)) for code in INTERFACE_LANGUAGES]


def _languages() -> list[SelectChoice]:
    return [SelectChoice(code, _name(code)) for code in LANGUAGES]


def _name(code: str) -> str:
    """A language as a choice begins: Spanish writes it small inside a sentence."""
    name = str(LANGUAGES[code])
    return name[0].upper() + name[1:]


def _sectors() -> list[SelectChoice]:
    known = [SelectChoice(code, sector_name(code)) for code in SECTORS]
    return [SelectChoice("", _("I prefer not to say")), *known]


def _places() -> list[SelectChoice]:
    """Cantons by province; each province also alone, for who does not want to say more."""
    places = [SelectChoice("", _("I prefer not to say, or I live abroad"))]
    for code, name in PROVINCES.items():
        alone = SelectChoice(code, _("%(province)s, without saying the canton", province=name), optgroup=name)
        places += [alone, *(SelectChoice(*canton, optgroup=name) for canton in cantons_of(code).items())]
    return places


def email_field() -> Any:
    return EmailField(_l("E-mail address"), [whole_address])


def name_field() -> Any:
    return StringField(
        _l("Name and surname"),
        [
            DataRequired(_l("Write your name.")),
            Length(max=LONGEST_NAME, message=_l("Write a name of at most %(max)d characters.")),
        ],
    )


def new_passphrase() -> Any:
    return PasswordField(
        _l("Passphrase"),
        [
            Length(min=MINIMUM, message=_l("Write at least %(min)d characters: a few words.")),
            Length(max=MAXIMUM, message=_l("Write at most %(max)d characters.")),
        ],
        description=_l(
            "At least 15 characters. A few words that do not usually go together are easy to remember "
            "and hard to guess."
        ),
    )


def birth_date() -> Any:
    return BirthDate(_l("Birth date"), [InputRequired(_l("Write your birth date."))])


def interface_language() -> Any:
    return RadioField(
        _l("Language of pages and letters"), [InputRequired(_l("Choose a language."))], choices=_interface
    )


def consent(purpose: Purpose, *validators: Any) -> Any:
    return BooleanField(PURPOSES[purpose], validators, description=PURPOSE_HINTS[purpose])


class SignUpForm(Form):
    name = name_field()
    email = email_field()
    password = new_passphrase()
    birth_date = birth_date()
    language = interface_language()
    participation = consent(
        Purpose.PARTICIPATION, InputRequired(_l("To have an account you need to agree to this."))
    )
    news = consent(Purpose.NEWS)
    findable = consent(Purpose.FINDABLE)
    website = StringField(_l("Leave this empty"))  # people do not see it; programs fill it in

    @property
    def purposes(self) -> frozenset[Purpose]:
        return frozenset(purpose for purpose in Purpose if self[purpose.value].data)


class SignInForm(Form):
    email = email_field()
    password = PasswordField(_l("Passphrase"), [InputRequired(_l("Write your passphrase."))])


class EmailForm(Form):
    email = email_field()


class CodeForm(Form):
    code = StringField(_l("Code"), [InputRequired(_l("Write the six digits of the letter."))])

    @property
    def digits(self) -> str:
        """As one types them: ``123 456`` is ``123456``."""
        return "".join(character for character in self.code.data if character.isdecimal())[:10]


class ConfirmForm(Form):
    """Confirming an address where nobody knows who sits there: the passphrase tells."""

    password = PasswordField(_l("Passphrase"), [InputRequired(_l("Write your passphrase."))])


class PressForm(Form):
    """Nothing but a button."""


class ResetForm(Form):
    password = new_passphrase()


class NewcomerForm(ResetForm):
    """The same for an address that was not proved before: somebody else may have written the name."""

    name = name_field()


class PasswordForm(Form):
    password = PasswordField(_l("Passphrase of today"), [InputRequired(_l("Write your passphrase."))])
    new_password = new_passphrase()


class ProfileForm(Form):
    name = name_field()
    birth_date = BirthDate(_l("Birth date"), [Optional()])
    sector = SelectField(_l("Sector"), choices=_sectors)
    institution = StringField(
        _l("Institution or organisation"),
        [Length(max=200, message=_l("Write at most %(max)d characters."))],
    )
    place = SelectField(_l("Province and canton"), choices=_places)
    skills = TextAreaField(
        _l("What you can bring to a team"),
        [Length(max=1000, message=_l("Write at most %(max)d characters."))],
    )
    languages = SelectMultipleField(
        _l("Languages you speak"),
        choices=_languages,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    language = interface_language()
