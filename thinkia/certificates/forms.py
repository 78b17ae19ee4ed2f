"""Why a certificate is no longer valid."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from thinkia.web.forms import Form

LONGEST_REASON = 2000


class RevocationForm(Form):
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Whoever has the certificate reads it. It is not public."),
        validators=[
            DataRequired(_l("Write the reason. One sentence is enough.")),
            Length(max=LONGEST_REASON, message=_l("Write at most %(max)d characters.")),
        ],
    )
