"""What a second person types: a proof of being there, or why not."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from thinkia.web.forms import OneOfSeveral

LONGEST_REASON = 2000


class ProofForm(OneOfSeveral):
    """What both ways have: what some acts have the second person type again."""

    typed = StringField(validators=[Length(max=200)])


class PassphraseForm(ProofForm):
    """Signing in again with the passphrase."""

    password = PasswordField(_l("Your passphrase"), [InputRequired(_l("Write your passphrase."))])


class CodeForm(ProofForm):
    """Signing in again with a code that was mailed."""

    digits = StringField(_l("Code of the letter"), [InputRequired(_l("Write the six digits of the letter."))])

    @property
    def plain(self) -> str:
        """As one types them: ``123 456`` is ``123456``."""
        return "".join(character for character in self.digits.data if character.isdecimal())[:10]


class RefusalForm(OneOfSeveral):
    """Why not."""

    reason = TextAreaField(
        _l("Why you do not confirm it"),
        [DataRequired(_l("Write the reason. One sentence is enough.")), Length(max=LONGEST_REASON)],
    )
