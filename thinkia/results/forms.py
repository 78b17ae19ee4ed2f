"""What people may type about results: a seed, a chair's order and reasons. No mark."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from thinkia.domain.zones import readings
from thinkia.web.forms import Form, OneOfSeveral

REASON = 2000


class SeedForm(Form):
    seed = StringField(
        _l("What the source published"),
        description=_l("Copy it as it was published, digit by digit. It is recorded once."),
        validators=[DataRequired(_l("Write what the source published.")), Length(max=200)],
    )
    where = TextAreaField(
        _l("Where you read it"),
        description=_l(
            "The address of the page, or the number of the bulletin. The other person looks there."
        ),
        validators=[DataRequired(_l("Write where you read it.")), Length(max=REASON)],
    )


class ConfirmForm(Form):
    seen = HiddenField()  # the number of the order that the chair read
    note = TextAreaField(
        _l("Note of the jury"),
        description=_l("It is published with the result."),
        validators=[Length(max=REASON, message=_l("Write at most %(max)d characters."))],
    )


class HourForm(OneOfSeveral):
    """A day and a time on the clocks of the call."""

    day = DateField(_l("Day"), [Optional()])
    hour = TimeField(_l("Time"), [Optional()])

    def instant(self, zone: ZoneInfo) -> datetime | None:
        """The instant that is meant, the first of two when clocks go back. ``None``: its errors say why."""
        if not self.validate():
            return None
        if self.day.data is None or self.hour.data is None:
            if self.day.data is None:
                self.day.errors = [_("Write a day, as 2026-03-12.")]
            if self.hour.data is None:
                self.hour.errors = [_("Write a time, as 17:00.")]
            return None
        meant = readings(datetime.combine(self.day.data, self.hour.data), zone)
        if not meant:
            self.hour.errors = [_("Clocks skip this time on that day. Choose another one.")]
        return meant[0] if meant else None


class AtOnceForm(OneOfSeveral):
    """Publishing without a window in which it could still be cancelled."""

    sure = BooleanField(
        _l("I have looked it over, and I know that this cannot be cancelled"),
        validators=[DataRequired(_l("Tick the box to publish at once."))],
    )


class VoidForm(Form):
    """Prizes that nobody gets, by the place of the order."""

    seen = HiddenField()
    places = SelectMultipleField(
        _l("Prizes"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[InputRequired(_l("Choose at least one prize."))],
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("It is published with the result, word for word. Write no names."),
        validators=[
            DataRequired(_l("Write why nobody gets it. The reason is published.")),
            Length(max=REASON, message=_l("Write at most %(max)d characters.")),
        ],
    )


class TakeBackForm(Form):
    reason = TextAreaField(
        _l("Reason"),
        description=_l(
            "Everybody reads it word for word at the address of the result. "
            "Write no names and no personal data."
        ),
        validators=[
            DataRequired(_l("Write why the result is taken back. Everybody reads it.")),
            Length(max=REASON, message=_l("Write at most %(max)d characters.")),
        ],
    )


class ByHandForm(Form):
    """Who goes on to the next round, each for a reason: one proposal a line."""

    names = TextAreaField(
        _l("Who goes on"),
        description=_l(
            "One proposal a line: its code, a colon, and the reason. As in “7KQ4MP: best of its field”."
        ),
        validators=[
            DataRequired(_l("Name at least one proposal.")),
            Length(max=20_000, message=_l("Write at most %(max)d characters.")),
        ],
    )
    reason = TextAreaField(
        _l("Who decided, and where it is written down"),
        description=_l("As in “Minutes of the jury of 4 May”. The other person reads it before confirming."),
        validators=[
            DataRequired(_l("Write who decided, and where it is written down.")),
            Length(max=REASON, message=_l("Write at most %(max)d characters.")),
        ],
    )

    @property
    def named(self) -> dict[str, str]:
        """Code → reason, of what was typed; the last line of a code counts."""
        lines = (line.partition(":") for line in (self.names.data or "").splitlines() if line.strip())
        return {code.strip().upper(): reason.strip() for code, _colon, reason in lines}


class TieForm(Form):
    """One place for each proposal of a tie. ``places`` gives the order; ``None`` where two share one."""

    seen = HiddenField()
    reason = TextAreaField(
        _l("Reason"),
        description=_l("It is kept with the decision."),
        validators=[DataRequired(_l("Write the reason of the decision.")), Length(max=REASON)],
    )

    codes: Sequence[str] = ()

    @property
    def order(self) -> list[str]:
        """The proposals from first to last, as they were numbered; one twice or none if places clash."""
        return sorted(self.codes, key=lambda code: int(self[f"place_{code}"].data))

    @property
    def clashes(self) -> bool:
        return len({self[f"place_{code}"].data for code in self.codes}) < len(self.codes)

    @property
    def place_fields(self) -> list[Any]:
        return [self[f"place_{code}"] for code in self.codes]


def tie_form(codes: Sequence[str], names: Sequence[str]) -> TieForm:
    """A form with a place for each of these proposals, none chosen beforehand."""
    choices = [SelectChoice("", _("Choose"))]
    choices += [SelectChoice(str(place), str(place)) for place in range(1, len(codes) + 1)]
    fields: dict[str, Any] = {
        f"place_{code}": SelectField(
            name, choices=choices, validators=[InputRequired(_l("Choose a place for each proposal."))]
        )
        for code, name in zip(codes, names, strict=True)
    }
    form: TieForm = type("TieForm", (TieForm,), {**fields, "codes": tuple(codes)})()
    return form


class OneMoreForm(Form):
    """Who reads one proposal more, and why. The page gives the choices."""

    reader = RadioField(
        _l("Who reads it"),
        description=_l("Nothing keeps these people from it. Those who read least come first."),
        validators=[InputRequired(_l("Choose who reads it."))],
    )
    reason = TextAreaField(
        _l("Reason"),
        validators=[DataRequired(_l("Write the reason. It is kept with the request.")), Length(max=REASON)],
    )


class ExcuseForm(Form):
    reason = TextAreaField(
        _l("Reason"),
        description=_l("It is kept with the review. The jury's chair and the organisers read it."),
        validators=[DataRequired(_l("Write the reason. It is kept with the review.")), Length(max=REASON)],
    )
