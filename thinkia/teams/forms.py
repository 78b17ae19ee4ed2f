"""What people type about teams."""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from thinkia.domain.formation import can_be_read
from thinkia.teams.models import Team
from thinkia.web.forms import Form

LONGEST_NAME, LONGEST_TEXT = 80, 500
TOO_LONG = _l("Write at most %(max)d characters.")


def one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def readable(_form: Form, field: StringField) -> None:
    if not can_be_read(field.data or ""):
        raise ValidationError(_("Write a name with letters or numbers."))


def whole_address(_form: Form, field: EmailField) -> None:
    """An e-mail address as mail servers take it, in lower case."""
    try:
        field.data = validate_email(field.data or "", check_deliverability=False).normalized.lower()
    except EmailNotValidError as problem:
        raise ValidationError(_("Write a whole e-mail address, like nina@example.org.")) from problem


class TeamForm(Form):
    name = StringField(
        _l("Name of the team"),
        validators=[
            InputRequired(_l("Write the name of the team.")),
            Length(max=LONGEST_NAME, message=TOO_LONG),
            readable,
        ],
        filters=[one_line],
    )
    about = TextAreaField(
        _l("What your team wants to do"), validators=[Optional(), Length(max=LONGEST_TEXT, message=TOO_LONG)]
    )
    is_looking = BooleanField(_l("We are looking for people"))


class InviteForm(Form):
    email = EmailField(_l("E-mail address of the person"), validators=[whole_address])


class LinkForm(Form):
    needs_approval = BooleanField(_l("I approve each person who uses the link"))


class AskForm(Form):
    message = TextAreaField(
        _l("Your message to the team"),
        validators=[
            InputRequired(_l("Write a few words: what you can bring, why you want to join.")),
            Length(max=LONGEST_TEXT, message=TOO_LONG),
        ],
    )


class RepresentationForm(Form):
    person = RadioField(
        _l("To whom"), validators=[InputRequired(_l("Choose the person who would represent the team."))]
    )

    def __init__(self, team: Team, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        others = [member for member in team.members if member.role != "representative"]
        self.person.choices = [(member.registration.code, member.account.name) for member in others]
