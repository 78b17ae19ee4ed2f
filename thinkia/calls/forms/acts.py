"""Starting, publishing and ending a call; and its whole file."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from thinkia.web.forms import Form

NEEDED = DataRequired(_l("This is needed."))


class StartForm(Form):
    """A new call from a template or from another call: its code and title."""

    start = SelectField(_l("Start from"))
    code = StringField(
        _l("Code"),
        [NEEDED, Length(max=40)],
        description=_l(
            "Lower-case letters and digits, in words joined by hyphens. It stands in every address."
        ),
    )
    title_es = StringField(validators=[Length(max=300)])
    title_en = StringField(validators=[Length(max=300)])


class UploadForm(Form):
    """A call file."""

    file = FileField(
        _l("Call file"),
        [FileRequired(_l("Choose a file first."))],
        description=_l("YAML or JSON, up to 1 MB."),
    )


class FileForm(Form):
    """The whole call file: typed, or uploaded over what is typed."""

    seen = HiddenField()
    text = TextAreaField(_l("The call file"), filters=[])
    file = FileField(_l("Or upload a file"))


class PublishForm(Form):
    """A decision: what was looked over goes into force."""

    seen = HiddenField()
    reason = TextAreaField(
        _l("Why the rules change"), description=_l("It is published beside the new version.")
    )
    shorter = BooleanField(_l("I know that people lose time that was announced to them"))
    names = BooleanField(_l("I know that jurors will see names that were to be hidden from them"))


class CancelForm(Form):
    """The end of a call before its result."""

    reason = TextAreaField(
        _l("Why the call is cancelled"), description=_l("It is published, and sent to those who take part.")
    )
