"""What the rules say of those who judge, and of what becomes public and may be appealed."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from thinkia.calls.forms.parts import add_error, long
from thinkia.calls.forms.section import Section
from thinkia.calls.wording.changes import NAMES
from thinkia.calls.wording.ranking import PUBLICATION
from thinkia.domain.bases import Appeals, Bases, Deliberation, PublicationLevel, QuestionKind
from thinkia.web.pages import plain

DELIBERATIONS = [SelectChoice("", _l("No")), *(SelectChoice(one.value, NAMES[one]) for one in Deliberation)]
LEVELS = [SelectChoice(one.value, PUBLICATION[one]) for one in PublicationLevel]


class Jury(Section):
    """How many read a proposal, who of them, what they know of it and of one another."""

    keys = ("jury",)
    jury_size = IntegerField(_l("Jurors who read each proposal"), [InputRequired(_l("This is needed."))])
    jury_extra = IntegerField(_l("Extra seats"), [Optional()])
    jury_bids = BooleanField(_l("Jurors say what they would like to read"))
    jury_language_question = SelectField(_l("Question that says the language"))
    jury_blind = BooleanField(_l("The jury reads without names until the result is public"))
    jury_published = BooleanField(_l("Jurors and their sectors are public once they have accepted"))
    jury_deliberation = SelectField(_l("Deliberation"), choices=DELIBERATIONS)

    def offer(self, bases: Bases) -> None:
        known = [one for one in bases.questions if one.kind is QuestionKind.CHOICE]
        choices = [SelectChoice(one.code, plain(one.title) or one.code) for one in known]
        self.jury_language_question.choices = [SelectChoice("", _l("None")), *choices]

    @classmethod
    def data_of(cls, bases: Bases) -> dict[str, Any]:
        jury = bases.jury
        return {
            "jury_size": jury.size,
            "jury_extra": jury.extra,
            "jury_bids": jury.bids,
            "jury_language_question": jury.language_question,
            "jury_blind": jury.blind,
            "jury_published": jury.published,
            "jury_deliberation": jury.deliberation or "",
        }

    def typed(self, bases: Bases) -> Bases:
        chosen = self.jury_deliberation.data
        jury = replace(
            bases.jury,
            size=self.jury_size.data,
            extra=self.jury_extra.data or 0,
            bids=self.jury_bids.data,
            language_question=self.jury_language_question.data,
            blind=self.jury_blind.data,
            published=self.jury_published.data,
            deliberation=Deliberation(chosen) if chosen else None,
        )
        return replace(bases, jury=jury)


class Result(Section):
    """What is published, and for how long a team may ask for a review of its result."""

    keys = ("publication", "appeals")
    publication = RadioField(_l("What is published"), choices=LEVELS)
    appeals_days = IntegerField(_l("Days to appeal"), [Optional()])
    appeals_working_days = BooleanField(_l("Only working days count"))
    appeals_holidays = long(_l("Holidays"))

    @classmethod
    def data_of(cls, bases: Bases) -> dict[str, Any]:
        rules = bases.appeals
        return {
            "publication": bases.publication.value,
            "appeals_days": rules.days if rules else None,
            "appeals_working_days": rules.working_days if rules else True,
            "appeals_holidays": "\n".join(rules.holidays) if rules else "",
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Holidays are of appeals: without days there is nothing that they could lengthen."""
        sound = super().validate(extra_validators)
        if self._holidays and self.appeals_days.data is None:
            add_error(self.appeals_days, _l("Write the days, or take the holidays out."))
        return sound and not self.appeals_days.errors

    def typed(self, bases: Bases) -> Bases:
        days = self.appeals_days.data
        rules = None if days is None else Appeals(days, self.appeals_working_days.data, self._holidays)
        return replace(bases, publication=PublicationLevel(self.publication.data), appeals=rules)

    @property
    def _holidays(self) -> tuple[str, ...]:
        return tuple((self.appeals_holidays.data or "").split())
