"""A sheet of marks that jurors gave elsewhere."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from thinkia.jury.mark_sheet import LIMITS, LONGEST_TEXT
from thinkia.web.forms import Form


class MarkSheetForm(Form):
    """One file, XLSX or CSV, and why marks come with it."""

    file = FileField(_l("Sheet with the marks"), [FileRequired(_l("Choose a file first."))])
    reason = TextAreaField(
        _l("Where the marks come from"),
        description=_l(
            "Who confirms reads it. For example: the jury marked in a spreadsheet, without a connection."
        ),
        validators=[DataRequired(_l("Write where the marks come from.")), Length(max=LONGEST_TEXT)],
    )

    @property
    def content(self) -> bytes:
        content: bytes = self.file.data.read(LIMITS.size + 1)
        return content
