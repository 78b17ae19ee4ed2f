"""What an export is asked to hold."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from thinkia.web.forms import Form


class ExportForm(Form):
    style = RadioField(
        _l("Format"),
        choices=[
            SelectChoice("csv", _l("CSV: opens everywhere")),
            SelectChoice("xlsx", _l("XLSX: a spreadsheet with a sheet for each table")),
            SelectChoice("json", _l("JSON: for programs")),
        ],
        default="csv",
        validators=[InputRequired()],
    )
    tables = SelectMultipleField(
        _l("Tables"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[InputRequired(_l("Choose at least one table."))],
    )
    bom = BooleanField(
        _l("Mark CSV as UTF-8 for older spreadsheets"),
        description=_l("Choose it if accents look wrong when you open the file."),
    )
    with_emails = BooleanField(
        _l("Include e-mail addresses"),
        description=_l("Only where you need to write to people. Everything else works without them."),
    )
    purpose = TextAreaField(
        _l("What the addresses are for"),
        description=_l("Only if you include them. It is kept with the export."),
        validators=[Length(max=500)],
    )
