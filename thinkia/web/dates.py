"""A date that one knows by heart, asked for as three plain numbers: no calendar to leaf back through."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from thinkia.domain.ages import day_in_ecuador
from thinkia.web.forms import clean_text
from thinkia.web.security import now

PARTS = ("day", "month", "year")
LABELS = {"day": _l("Day"), "month": _l("Month"), "year": _l("Year")}
MISSING = {
    "day": _l("Write the day too."),
    "month": _l("Write the month too."),
    "year": _l("Write the year too."),
}
EARLIEST = date(1900, 1, 1)
LONGEST = 20  # of what somebody may type into one of the three


class Part:
    """One of the three: what a template draws."""

    def __init__(self, field: Field, name: str, typed: str) -> None:
        self.name = f"{field.name}_{name}"
        self.id = (
            field.id if name == "day" else f"{field.id}_{name}"
        )  # the summary of errors leads to the day
        self.label, self.value = LABELS[name], typed
        self.length = 4 if name == "year" else 2
        self.autocomplete = f"bday-{name}"


class BirthDate(Field):
    """A birth date in three fields, ``NAME_day`` and so on. What was typed stays as it was typed."""

    widget = TextInput()
    data: date | None

    def process(
        self, formdata: Any, data: Any = unset_value, extra_filters: Sequence[Any] | None = None
    ) -> None:
        super().process(None, data, extra_filters)
        self.typed = dict.fromkeys(PARTS, "")
        if isinstance(self.data, date):
            self.typed = {name: str(getattr(self.data, name)) for name in PARTS}
        if formdata is None:
            return
        given = {name: formdata.get(f"{self.name}_{name}") for name in PARTS}
        self.typed = {name: str(clean_text(text or ""))[:LONGEST] for name, text in given.items()}
        self.raw_data = [" ".join(self.typed.values()).strip()]
        self.data = None
        if any(self.typed.values()):
            try:
                self.data = self._read()
            except ValueError as problem:
                self.process_errors.append(problem.args[0])

    def pre_validate(self, _form: Any) -> None:
        if self.process_errors:
            raise StopValidation
        if self.data and self.data < EARLIEST:
            raise StopValidation(_("Check the year of your birth date."))
        if self.data and self.data > day_in_ecuador(now()):
            raise StopValidation(_("Your birth date is still to come. Check the year."))

    @property
    def parts(self) -> list[Part]:
        return [Part(self, name, self.typed[name]) for name in PARTS]

    def _read(self) -> date:
        missing = [str(MISSING[name]) for name in PARTS if not self.typed[name]]
        if missing:
            raise ValueError(" ".join(missing))
        if not all(text.isdecimal() for text in self.typed.values()):
            raise ValueError(_("Write the date in numbers, for example 17 5 1998."))
        if len(self.typed["year"]) < len("1998"):
            raise ValueError(_("Write the year with four digits."))
        try:
            return date(*(int(self.typed[name]) for name in reversed(PARTS)))
        except (ValueError, OverflowError):
            raise ValueError(_("Write a date that exists, for example 17 5 1998.")) from None
