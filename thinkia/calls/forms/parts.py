"""Pieces that the forms of a call are made of: rows of a list, a moment in the call's zone."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FieldList, FormField, StringField, TextAreaField, TimeField
from wtforms.validators import Optional, ValidationError

from thinkia.calls.call_file.reader import plain
from thinkia.domain.text import Bilingual
from thinkia.domain.typed_numbers import Ambiguous, read_number, spelled
from thinkia.domain.zones import readings
from thinkia.web.forms import Form

BLANKS = 1


class Part(Form):
    """A form inside a form: the outer one carries the token."""

    class Meta(Form.Meta):
        csrf = False


class Row(Part):
    """An item of a list. An empty one, or one that is ticked to go, is left out."""

    remove = BooleanField(_l("Remove this one"))

    @property
    def is_kept(self) -> bool:
        return not self.remove.data and any(
            field.data not in (None, "", False) for name, field in self._fields.items() if name != "remove"
        )

    @property
    def order(self) -> tuple[int, ...]:
        """What rows are sorted by. Where all are equal they stay as they stand."""
        return ()


class ExactField(StringField):
    """An exact number, typed with a comma or a point. What may be two numbers is not guessed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        try:
            number = read_number(text)
        except Ambiguous as error:
            raise ValueError(
                _l("“%(number)s” may be two numbers. Leave out what parts the thousands.", number=text)
            ) from error
        if text and number is None:
            raise ValueError(_l("Write a number in digits, as 2500 or 0.5."))
        self.data = None if number is None else plain(number)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else spelled(self.data)


class MomentPart(Part):
    """A day and a time on the call's clock."""

    day = DateField(_l("Day"), [Optional()])
    hour = TimeField(_l("Time"), [Optional()])

    def instant(self, zone: ZoneInfo, saved: datetime | None) -> datetime | None:
        """The instant that is meant; ``None`` when both fields are empty. What is not touched stays,
        with its seconds, and which of two when clocks go back.
        """
        if self.day.data is None and self.hour.data is None:
            return None
        shown = moment_data(saved, zone)
        if saved and (self.day.data, self.hour.data) == (
            shown["day"],
            shown["hour"].replace(second=0, microsecond=0),
        ):
            return saved
        meant = readings(datetime.combine(self.day.data, self.hour.data), zone)
        return meant[0].astimezone(UTC)

    @property
    def is_typed(self) -> bool:
        return bool(self.day.data or self.hour.data)

    def check(self, zone: ZoneInfo, *, required: bool) -> bool:
        """Whether day and time are there, and there is such a time on that day."""
        day, hour = self.day.data, self.hour.data
        if day is None and (required or hour is not None):
            add_error(self.day, _l("Write a day, as 2026-03-12."))
        if hour is None and (required or day is not None):
            add_error(self.hour, _l("Write a time, as 17:00."))
        if (
            isinstance(day, date)
            and isinstance(hour, time)
            and not readings(datetime.combine(day, hour), zone)
        ):
            add_error(self.hour, _l("Clocks skip this time on that day. Choose another one."))
        return not (self.day.errors or self.hour.errors)


def moment_data(instant: datetime | None, zone: ZoneInfo) -> dict[str, Any]:
    """What the two fields show of an instant."""
    local = instant.astimezone(zone) if instant else None
    return {"day": local.date() if local else None, "hour": local.time() if local else None}


def moment_field() -> FormField:
    return FormField(MomentPart)


def short(label: Any = "", **options: Any) -> StringField:
    return StringField(label, **options)


def long(label: Any = "", **options: Any) -> TextAreaField:
    return TextAreaField(label, **options)


def both_of(part: Any, name: str) -> Bilingual:
    """The text of two fields, ``name_es`` and ``name_en``."""
    return Bilingual(part[f"{name}_es"].data or "", part[f"{name}_en"].data or "")


def both_data(name: str, value: Bilingual) -> dict[str, str]:
    return {f"{name}_es": value.es, f"{name}_en": value.en}


def with_blanks(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as they are, and an empty one to add with."""
    return [*rows, *({} for _ in range(BLANKS))]


def kept(rows: FieldList) -> list[Any]:
    """The rows that stay, in their order."""
    return sorted((entry.form for entry in rows if entry.form.is_kept), key=lambda row: row.order)


def whole_number(low: int, high: int) -> Callable[[Any, Any], None]:
    """A number of ours is written in digits and lies between two others."""

    def check(_form: Any, field: Any) -> None:
        if field.data is not None and not low <= field.data <= high:
            raise ValidationError(_l("Write a whole number from %(low)s to %(high)s.", low=low, high=high))

    return check


def add_error(field: Any, message: Any) -> None:
    """Say on a field what is wrong with it."""
    if not field.errors:  # one that was not understood says so already
        field.errors = [message]
