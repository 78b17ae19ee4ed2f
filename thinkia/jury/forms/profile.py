"""What a juror says of himself or herself, and what the organisers decide about the sector."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from thinkia.accounts.wording import LANGUAGES
from thinkia.calls.models import Call
from thinkia.domain.bases import JuryRules
from thinkia.jury.forms.inviting import Boxes, groups_offered, sectors_offered
from thinkia.jury.models import Juror
from thinkia.web.forms import Form
from thinkia.web.pages import plain

MOST_TOPICS, LONGEST_TOPIC = 12, 60


class ProfileForm(Form):
    """A juror's own words."""

    institution = StringField(_l("Institution"), [Length(max=200)])
    languages = Boxes(
        _l("In which languages do you read proposals?"), [InputRequired(_l("Choose at least one language."))]
    )
    topics = Boxes(_l("Which challenges do you know about?"))
    expertise = StringField(_l("Other topics you know about"), [Length(max=1000)])
    capacity = IntegerField(_l("Proposals at most"), [Optional(), NumberRange(min=0, max=10_000)])

    @classmethod
    def of(cls, juror: Juror, call: Call) -> "ProfileForm":
        """The form with what is known; who never filled it in reads in the language of the letters."""
        form = cls(
            institution=juror.institution,
            languages=juror.languages or [juror.language],
            topics=juror.topics,
            expertise=", ".join(juror.expertise),
            capacity=juror.capacity,
        )
        form.languages.choices = [*_languages_offered(call)]
        challenges = call.bases.challenges
        form.topics.choices = [
            SelectChoice(one.code, plain(one.title)) for one in (challenges if len(challenges) > 1 else ())
        ]
        return form

    def validate_expertise(self, field: StringField) -> None:
        """A few topics, each short."""
        if len(self.own_topics) > MOST_TOPICS:
            raise ValidationError(_("Write at most %(most)s topics.", most=MOST_TOPICS))
        if any(len(topic) > LONGEST_TOPIC for topic in self.own_topics):
            raise ValidationError(
                _("Separate topics with commas; each has at most %(most)s characters.", most=LONGEST_TOPIC)
            )

    @property
    def own_topics(self) -> list[str]:
        """The topics between the commas, each once."""
        parts = (" ".join(part.split()) for part in (self.expertise.data or "").replace(";", ",").split(","))
        return list({part.casefold(): part for part in parts if part}.values())


class SectorForm(Form):
    """For which sector somebody sits. It stands beside another form: the door itself asks for the token."""

    class Meta(Form.Meta):
        csrf = False

    sector = SelectField(_l("Sector"))

    def offer(self, sectors: Mapping[str, Any]) -> "SectorForm":
        """The sectors of this call."""
        self.sector.choices = [SelectChoice(*offered) for offered in sectors_offered(sectors)]
        return self


class SeatForm(SectorForm):
    """The sector that somebody sits for first, the others that he or she may sit for, and the group of
    evaluators where the call has any.
    """

    others = Boxes(_l("Other sectors that the person may sit for"))
    evaluators = SelectField(_l("Group of evaluators"))

    def offer_seats(self, jury: JuryRules) -> "SeatForm":
        """The sectors of this call, for both, and its groups."""
        self.offer(jury.sectors)
        self.others.choices = list(self.sector.choices)
        self.evaluators.choices = [SelectChoice("", _("None")), *groups_offered(jury)]
        if not jury.groups:
            del self.evaluators
        return self


class SectorWishForm(SectorForm):
    """Another sector would be right, and why."""

    sector = SelectField(_l("The sector that is right"))
    why = TextAreaField(_l("Why"), [DataRequired(_l("Write why. One sentence is enough.")), Length(max=1000)])


def _languages_offered(call: Call) -> Iterator[SelectChoice]:
    """Ours, and those of its own that the call lets proposals be written in."""
    yield from (SelectChoice(code, _name(code)) for code in LANGUAGES)
    asked = call.bases.jury.language_question
    options = [option for one in call.bases.questions if one.code == asked for option in one.options]
    yield from (SelectChoice(one.code, plain(one.title)) for one in options if one.code not in LANGUAGES)


def _name(code: str) -> str:
    """A language as a choice begins: Spanish writes it small inside a sentence."""
    name = str(LANGUAGES[code])
    return name[0].upper() + name[1:]
