"""The code that a browser has to prove itself with."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired

from thinkia.web.forms import Form


class EnterForm(Form):
    """Six digits of a letter."""

    code = StringField(_l("Code"), [InputRequired(_l("Write the six digits of the letter."))])

    @property
    def digits(self) -> str:
        """As one types them: ``123 456`` is ``123456``."""
        return "".join(character for character in self.code.data or "" if character.isdecimal())[:10]
