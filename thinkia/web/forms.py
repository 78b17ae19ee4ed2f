"""Forms validate shape; what a rule refuses comes back on the form, with everything that was typed."""

import unicodedata
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FormField, ValidationError

from thinkia.domain.reasons import Refused
from thinkia.web.errors import sentence
from thinkia.web.kept import is_restored

_KEPT_CONTROLS = frozenset("\n\t")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
_INVISIBLE = frozenset("\u200b\u2060\ufeff\x00")


def clean_text(value: Any) -> Any:
    """NFC, without control, direction-override and zero-width characters, trimmed."""
    if not isinstance(value, str):
        return value
    composed = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (
        character
        for character in composed
        if character in _KEPT_CONTROLS
        or not (character in _BIDI or character in _INVISIBLE or unicodedata.category(character) == "Cc")
    )
    return "".join(kept).strip()


def restored_sentence() -> str:
    """Above a form that came back after signing in again."""
    return str(_("This is what you wrote. It is not saved yet: look it over and send it."))


def whole_address(_form: Any, field: Field) -> None:
    """An e-mail address as mail servers take it, in lower case: a validator for any text field."""
    try:
        field.data = validate_email(field.data or "", check_deliverability=False).normalized.lower()
    except EmailNotValidError as problem:
        raise ValidationError(_("Write a whole e-mail address, like nina@example.org.")) from problem


class Form(FlaskForm):
    """The base of every form: text arrives clean, messages in the reader's language."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            # What is composed is left alone: its parts are cleaned.
            composed = issubclass(unbound_field.field_class, (FieldList, FormField))
            if "password" not in options["name"] and not composed:
                filters = list(unbound_field.kwargs.get("filters", ()))
                unbound_field.kwargs["filters"] = [clean_text, *[f for f in filters if f is not clean_text]]
            bound: Field = unbound_field.bind(form=form, **options)
            return bound

        @property
        def locales(self) -> list[str]:
            return [str(get_locale())[:2]]

    def validate(self, extra_validators: Any = None) -> bool:
        """As usual; what comes back after signing in again is shown first, whatever it says."""
        if is_restored():
            self.form_errors.append(restored_sentence())
            return False
        return bool(super().validate(extra_validators))

    def refuse(self, refused: Refused, field: str | None = None) -> None:
        """Put a refusal where the reader looks: on a field, or on top of the form."""
        target = self[field] if field else None
        if target is None:
            self.form_errors.append(sentence(refused))
        else:
            target.errors = [*target.errors, sentence(refused)]


class OneOfSeveral(Form):
    """A form beside others on its page: without a token field of its own, so that no two have one id."""

    class Meta(Form.Meta):
        csrf = False  # the door asks every POST for the page's token all the same
