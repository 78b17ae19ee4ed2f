"""What a juror may type while the panel deliberates."""

import secrets

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from thinkia.jury.forms import LONGEST_TEXT
from thinkia.web.forms import Form


class NoteForm(Form):
    """What a juror says to the panel. ``form_id`` tells one form from another, whatever is sent twice."""

    text = TextAreaField(_l("Your note to the panel"), validators=[DataRequired(), Length(max=LONGEST_TEXT)])
    form_id = HiddenField(validators=[DataRequired(), Length(max=24)])

    @classmethod
    def blank(cls) -> "NoteForm":
        """An empty one."""
        return cls(formdata=None, form_id=secrets.token_urlsafe(9))


class ChangeForm(Form):
    """Why a juror gives other marks. The marks come beside it, by the rubric."""

    why = TextAreaField(
        _l("Why you change your marks"), validators=[DataRequired(), Length(max=LONGEST_TEXT)]
    )
    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """Which version of the review the page showed."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 9 else 0
