"""What people may type about juries."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from thinkia.domain.ballot import Ballot, Typed, read
from thinkia.domain.rubric import Rubric
from thinkia.web.forms import Form, clean_text, whole_address

LONGEST_TEXT = 5000  # of a reason, a note or a comment


class CapacityForm(Form):
    """How much somebody reads at most."""

    capacity = IntegerField(_l("Proposals at most"), validators=[Optional(), NumberRange(min=0, max=10_000)])


class ReasonForm(Form):
    """A reason that is kept."""

    reason = TextAreaField(_l("Reason"), validators=[DataRequired(), Length(max=LONGEST_TEXT)])


class PaperForm(Form):
    """What goes with a ballot on paper: the date beside its signature, and why it is entered."""

    reason = TextAreaField(
        _l("Why it is entered from paper"), validators=[DataRequired(), Length(max=LONGEST_TEXT)]
    )
    signed_on = DateField(_l("Date beside the signature"), validators=[Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """A date at least in shape; whether it counts is the service's to say."""
        sound = super().validate(extra_validators)
        if self.signed_on.data is None:
            self.signed_on.errors = [_("Write a day, as 2026-03-12.")]
            return False
        return sound


class DeclineForm(Form):
    """A no, with a reason or without, and somebody to ask instead or nobody."""

    reason = TextAreaField(_l("Reason"), validators=[Length(max=LONGEST_TEXT)])
    other_name = StringField(_l("Name of that person"), validators=[Length(max=200)])
    other_email = EmailField(_l("E-mail of that person"), validators=[Optional(), whole_address])
    other_institution = StringField(_l("Institution of that person"), validators=[Length(max=200)])


class SwapForm(Form):
    """One change on one panel."""

    leaves = SelectField(_l("Who leaves"), validate_choice=False)
    joins = SelectField(_l("Who comes"), validate_choice=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two at least."""
        if not super().validate(extra_validators):
            return False
        if not (self.leaves.data or self.joins.data):
            self.leaves.errors = [_("Choose who leaves, who comes, or both.")]
            return False
        return True


class StatementForm(Form):
    """Confidentiality and conflicts. The ticked proposals come beside it, each with its reason."""

    confidential = BooleanField(
        _l("I will keep what I read to myself, and I will not talk about it outside the jury."),
        validators=[DataRequired()],
    )
    honest = BooleanField(
        _l("I have looked through the list, and I have marked every proposal in which I have an interest."),
        validators=[DataRequired()],
    )


class Conflicts:
    """The proposals that a juror ticked as being in conflict, with the reasons typed beside them."""

    def __init__(self, codes: list[str], data: Mapping[str, str]) -> None:
        self.ticked = [code for code in codes if data.get(f"conflict:{code}")]
        self.reasons = {code: clean_text(data.get(f"reason:{code}", ""))[:LONGEST_TEXT] for code in codes}
        self.without_reason = [code for code in self.ticked if not self.reasons[code]]

    @property
    def found(self) -> dict[str, str]:
        return {code: self.reasons[code] for code in self.ticked}


class BallotForm:
    """The fields of a rubric as they were sent. Names carry the criterion's code, never its place.

    ``mark:CODE`` is a mark, ``item:CODE:N`` an answer of a checklist (yes or no), ``reason:CODE`` its
    reason.
    """

    def __init__(self, rubric: Rubric, data: Mapping[str, str]) -> None:
        self.rubric = rubric
        self.typed = {
            one.code: _typed(one.code, len(one.scale.checklist or ()), data) for one in rubric.judged
        }
        self.ballot: Ballot = read(
            rubric,
            self.typed,
            note=clean_text(data.get("note", "")),
            feedback=clean_text(data.get("feedback", "")),
        )
        self.version, self.edit = _count(data.get("version", "")), _count(data.get("edit", ""))
        self.window = data.get("window", "")[:24]


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _typed(code: str, items: int, data: Mapping[str, str]) -> Typed:
    answers = {index: data.get(f"item:{code}:{index}") for index in range(items)}
    return Typed(
        text=clean_text(data.get(f"mark:{code}", ""))[:60],
        items={index: answer == "yes" for index, answer in answers.items() if answer in {"yes", "no"}},
        reason=clean_text(data.get(f"reason:{code}", "")),
    )
