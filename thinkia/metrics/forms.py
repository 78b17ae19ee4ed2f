"""What people may type of a metric: values beside proposals, a sheet, and why."""

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from thinkia.domain.measuring import Metric, ValueFault, read_value
from thinkia.metrics.sheet import LIMITS
from thinkia.web.forms import Form, clean_text


class ReasonForm(Form):
    reason = TextAreaField(
        _l("Where the values come from"),
        description=_l("Who confirms reads it. For example: measured by the technical team on the test set."),
        validators=[DataRequired(_l("Write where the values come from.")), Length(max=2000)],
    )


class SheetForm(ReasonForm):
    """One file, XLSX or CSV."""

    file = FileField(_l("Sheet with the values"), [FileRequired(_l("Choose a file first."))])

    @property
    def content(self) -> bytes:
        content: bytes = self.file.data.read(LIMITS.size + 1)
        return content


class TypedValues:
    """The values that were typed beside these proposals, as ``value:CODE``. Nothing typed is no value."""

    def __init__(self, metric: Metric, codes: list[str], data: Mapping[str, str]) -> None:
        names = {code: f"value:{code}" for code in codes}
        self.typed = {code: clean_text(data[name])[:60] for code, name in names.items() if name in data}
        read = {code: read_value(metric, text) if text else None for code, text in self.typed.items()}
        self.faults = {code: one for code, one in read.items() if isinstance(one, ValueFault)}
        self.values: dict[str, Decimal | None] = {
            code: one for code, one in read.items() if not isinstance(one, ValueFault)
        }
