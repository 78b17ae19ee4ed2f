"""A plan that was changed in a spreadsheet."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import ValidationError

from thinkia.jury.plan_sheet import LARGEST_FILE
from thinkia.web.forms import Form


class PlanSheetForm(Form):
    """One CSV file."""

    file = FileField(_l("CSV file of the plan"), [FileRequired(_l("Choose a file first."))])
    content: bytes = b""

    def validate_file(self, field: FileField) -> None:
        """A plan of the largest call is smaller than the limit."""
        self.content = field.data.read(LARGEST_FILE + 1)
        if len(self.content) > LARGEST_FILE:
            raise ValidationError(_l("The file is larger than 10 MB. A plan is much smaller."))
