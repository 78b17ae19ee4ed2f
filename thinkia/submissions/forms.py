"""What people type: a title, the answer to one question, a reason."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from thinkia.calls.models import Challenge
from thinkia.domain.answers import LONGEST, TITLE, Value
from thinkia.domain.bases import Bases, Question, QuestionKind
from thinkia.submissions.models import Seen
from thinkia.submissions.wording import typed_number
from thinkia.web.forms import Form
from thinkia.web.pages import plain

_TOO_LONG = _l("This is far too long to be kept. Shorten it: what you wrote is still here.")


class Strict(Form):
    """A form that takes its own fields and nothing else."""

    def process(self, formdata: Any = None, *arguments: Any, **options: Any) -> None:
        self.came_with = frozenset(self.meta.wrap_formdata(self, formdata) or ())
        super().process(formdata, *arguments, **options)

    def validate(self, extra_validators: Any = None) -> bool:
        strangers = self.came_with - {field.name for field in self}
        strangers |= {field.name for field in self if _is_file_in_a_text(field)}
        fits = not strangers and bool(super().validate(extra_validators))
        if strangers:
            self.form_errors.append(_("The form came with fields that it does not have. Nothing was saved."))
        return fits


def _is_file_in_a_text(field: Field) -> bool:
    return not isinstance(field, FileField) and any(hasattr(one, "filename") for one in field.raw_data or ())


class StartForm(Strict):
    challenge = RadioField(_l("Challenge"), validators=[InputRequired(_l("Choose the challenge."))])
    title = StringField(
        _l("Title of the proposal"),
        validators=[
            DataRequired(_l("Give the proposal a title. You can change it until the deadline.")),
            Length(max=TITLE.max_characters, message=_l("The title has %(max)d characters at most.")),
        ],
    )

    def offer(self, bases: Bases, challenges: list[Challenge]) -> None:
        """Let one be chosen; where there is one only, nobody is asked."""
        titles = {one.code: plain(one.title) for one in bases.challenges}
        self.challenge.choices = [
            SelectChoice(one.code, titles.get(one.code, one.code)) for one in challenges
        ]
        if len(challenges) == 1:
            del self.challenge


class AnswerForm(Strict):
    """One question. ``seen`` says what the page was drawn from."""

    seen = HiddenField()
    answer: Field

    @property
    def was_seen(self) -> Seen:
        return Seen.read(self.seen.data or "")


class EmptyForm(Strict):
    """A button that asks once more."""


class ExclusionForm(Strict):
    reason = TextAreaField(
        _l("Reason"),
        validators=[DataRequired(_l("Write the reason. The team reads it.")), Length(max=4000)],
    )


class _Checkboxes(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def answer_form(question: Question, value: Value, seen: Seen) -> AnswerForm:
    """The form of a question, filled with a value of its."""
    field = _FIELDS[question.kind](question)
    form = type("QuestionForm", (AnswerForm,), {"answer": field})
    shown = typed_number(value) if question.kind is QuestionKind.NUMBER and value else value
    return form(data={"answer": shown, "seen": str(seen)})


def redrawn(question: Question, typed: Any, seen: Seen) -> AnswerForm:
    """The form again with what was typed, drawn from what is there now."""
    form = answer_form(question, None, seen)
    form.answer.data, form.seen.data = typed, str(seen)
    return form


def _line(_question: Question) -> Any:
    return StringField(_l("Your answer"), validators=[Length(max=LONGEST, message=_TOO_LONG)])


def _area(question: Question) -> Any:
    rows = 14 if (question.max_characters or 2000) > 600 else 6
    return TextAreaField(
        _l("Your answer"), validators=[Length(max=LONGEST, message=_TOO_LONG)], render_kw={"rows": rows}
    )


def _radios(question: Question) -> Any:
    choices = [SelectChoice(option.code, plain(option.title)) for option in question.options]
    if not question.required:
        choices.append(SelectChoice("", _l("No answer")))
    return RadioField(_l("Your answer"), choices=choices, validate_choice=False)


def _boxes(question: Question) -> Any:
    choices = [SelectChoice(option.code, plain(option.title)) for option in question.options]
    return _Checkboxes(_l("Your answer"), choices=choices, validate_choice=False)


_FIELDS: dict[QuestionKind, Any] = {
    QuestionKind.SHORT_TEXT: _line,
    QuestionKind.LONG_TEXT: _area,
    QuestionKind.CHOICE: _radios,
    QuestionKind.MULTIPLE_CHOICE: _boxes,
    QuestionKind.NUMBER: _line,
    QuestionKind.ADDRESS: _line,
    QuestionKind.FILE: lambda _question: FileField(_l("File")),
    QuestionKind.DECLARATION: lambda _question: BooleanField(_l("I accept this declaration")),
}
