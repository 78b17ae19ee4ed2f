"""The organisers' words for a letter, and whom to remind."""

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from thinkia.domain.letter_text import Blank, blank, faults
from thinkia.jury.wording.letters import text_fault
from thinkia.web.forms import Form


class TextForm(Form):
    """The same letter in both languages. Left empty: our words."""

    es = TextAreaField()
    en = TextAreaField()
    allowed: Collection[Blank] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Every blank means something, no page is linked, and the text is not too long."""
        sound = super().validate(extra_validators)
        for field in (self.es, self.en):
            known = [blank(each, field.name) for each in self.allowed]
            found = faults(field.data or "", self.allowed)
            if found:
                field.errors = [*field.errors, *(text_fault(each, known) for each in found)]
                sound = False
        return sound

    @property
    def bodies(self) -> dict[str, str]:
        return {"es": self.es.data or "", "en": self.en.data or ""}


class RemindForm(Form):
    """Whom to write to, and whether also to those who were written to today."""

    jurors = SelectMultipleField(
        _l("Who gets a reminder"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )
    again = BooleanField(_l("Write again to people who were reminded today"))

    def offer(self, choices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> "RemindForm":
        """The people for whom something waits; ``chosen`` are ticked when the page opens."""
        self.jurors.choices = list(choices)
        if not self.is_submitted():
            self.jurors.data = list(chosen)
        return self
