"""What an export is asked to hold, and what for."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from thinkia.exports.models import Group
from thinkia.exports.wording.asking import EMPTY_PURPOSES, GROUPS
from thinkia.web.forms import Form


class AskedForm(Form):
    """A set of tables, or those that are ticked; the format; and a field for each group in ``ExportForm``."""

    preset = RadioField(_l("What to take"), validators=[Optional()])
    tables = SelectMultipleField(
        _l("Only these tables, whatever is chosen above"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    style = RadioField(
        _l("Format"),
        choices=[
            SelectChoice("zip", _l("ZIP: CSV with a dictionary of the columns")),
            SelectChoice("csv", _l("CSV: opens everywhere")),
            SelectChoice("xlsx", _l("XLSX: a spreadsheet with a sheet for each table")),
            SelectChoice("json", _l("JSON: for programs")),
        ],
        default="zip",
        validators=[InputRequired()],
    )
    bom = BooleanField(
        _l("Mark CSV as UTF-8 for older spreadsheets"),
        description=_l("Choose it if accents look wrong when you open the file."),
    )
    semicolons = BooleanField(
        _l("CSV as spreadsheets in Spanish read it"),
        description=_l("A semicolon between columns, a comma in decimals. For when all lands in one column."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """As usual; and something is chosen, and each group that is ticked has a purpose."""
        whole = super().validate(extra_validators)
        if not (self.tables.data or self.preset.data):
            self.preset.errors = [_l("Choose what to take.")]
            whole = False
        for group in Group:
            if self[group].data and not self.purpose_field(group).data:
                self.purpose_field(group).errors = [EMPTY_PURPOSES[group]]
                whole = False
        return whole

    def purpose_field(self, group: Group) -> Any:
        return self[f"purpose_{group}"]

    @property
    def purposes(self) -> Mapping[Group, str]:
        """The groups that are ticked, each with what it is for."""
        return {group: self.purpose_field(group).data for group in Group if self[group].data}


ExportForm: type[AskedForm] = type(
    "ExportForm",
    (AskedForm,),
    {
        **{str(group): BooleanField(GROUPS[group]) for group in Group},
        **{f"purpose_{group}": StringField(_l("What for"), validators=[Length(max=500)]) for group in Group},
    },
)
