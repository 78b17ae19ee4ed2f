"""What people may type about conflicts that reach further than one tick in a list."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from thinkia.domain.conflicts import ConflictScope
from thinkia.jury.forms import LONGEST_TEXT
from thinkia.jury.wording.conflicts import SCOPES
from thinkia.web.forms import Form, OneOfSeveral


def _scopes() -> list[SelectChoice]:
    return [SelectChoice(scope.value, str(words)) for scope, words in SCOPES.items()]


def _wider() -> list[SelectChoice]:
    return [choice for choice in _scopes() if choice.value != ConflictScope.SUBMISSION]


def _how_far() -> list[SelectChoice]:
    return [
        SelectChoice(ConflictScope.SUBMISSION.value, str(_l("This proposal"))),
        SelectChoice(ConflictScope.TEAM.value, str(_l("Whatever this team hands in"))),
    ]


def reason() -> TextAreaField:
    return TextAreaField(
        _l("Reason"),
        [DataRequired(_l("Write the reason. One sentence is enough.")), Length(max=LONGEST_TEXT)],
    )


class RecusalForm(Form):
    """The organisers keep a juror from something."""

    scope = RadioField(_l("From what"), [InputRequired(_l("Choose one."))], choices=_scopes)
    name = StringField(
        _l("Code of the proposal, or name of the team or institution"),
        [DataRequired(_l("Write which one.")), Length(max=200)],
    )
    reason = reason()


class WiderForm(OneOfSeveral):
    """A juror steps aside from a team or an institution."""

    scope = RadioField(_l("From what"), [InputRequired(_l("Choose one."))], choices=_wider)
    name = StringField(
        _l("Name of the team or institution"), [DataRequired(_l("Write which one.")), Length(max=200)]
    )
    why = TextAreaField(
        _l("What joins you to it"),
        [DataRequired(_l("Write the reason. One sentence is enough.")), Length(max=LONGEST_TEXT)],
    )


class AsideForm(Form):
    """A juror steps aside from what he or she is reading."""

    scope = RadioField(
        _l("How far it reaches"),
        [InputRequired(_l("Choose one."))],
        choices=_how_far,
        default=ConflictScope.SUBMISSION.value,
    )
    reason = reason()
