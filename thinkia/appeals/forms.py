"""What a team asks, and what is answered."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, Length

from thinkia.appeals.wording import OUTCOMES
from thinkia.web.forms import Form

LONGEST = 4000


class AppealForm(Form):
    grounds = TextAreaField(
        _l("What is wrong, and why"),
        [DataRequired(_l("Write what is wrong, and why.")), Length(max=LONGEST)],
    )
    wanted = TextAreaField(
        _l("What you ask for"), [DataRequired(_l("Write what you ask for.")), Length(max=LONGEST)]
    )


class AnswerForm(Form):
    outcome = RadioField(
        _l("Answer"),
        [DataRequired(_l("Choose an answer."))],
        choices=[SelectChoice(one.value, words) for one, words in OUTCOMES.items()],
    )
    answer = TextAreaField(
        _l("Reasons"), [DataRequired(_l("Write the reasons of the answer.")), Length(max=LONGEST)]
    )
