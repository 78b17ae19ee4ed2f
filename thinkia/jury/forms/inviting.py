"""Whom to invite: one person, or a list."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    EmailField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from thinkia.calls.wording.evaluators import group_titles
from thinkia.domain.bases import JuryRules
from thinkia.domain.sectors import SECTORS
from thinkia.jury.guest_lists import LIMITS, Guest
from thinkia.jury.models import Suggestion
from thinkia.jury.wording import ROLES
from thinkia.policy.actor import JurorRole
from thinkia.web.forms import Form
from thinkia.web.locale import sector_name
from thinkia.web.sheets import Sheet, opened, pasted


def sectors_offered(sectors: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Code and name of the five sectors, and of those of its own that a jury names."""
    codes = (*SECTORS, *(code for code in sectors if code not in SECTORS))
    return [(code, sector_name(code)) for code in codes]


def groups_offered(jury: JuryRules) -> list[SelectChoice]:
    """The groups of evaluators of a call, by title."""
    return [SelectChoice(code, title) for code, title in group_titles(jury).items()]


class Boxes(SelectMultipleField):
    """Several of a few: boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class GuestForm(Form):
    """Whom to invite. ``evaluators`` is there where the call has groups."""

    name = StringField(_l("Name"), validators=[DataRequired(), Length(max=200)])
    email = EmailField(_l("E-mail"), validators=[DataRequired(), Length(max=320), Email()])
    sector = RadioField(_l("Sector that the person sits for"), validators=[DataRequired()])
    others = Boxes(_l("Other sectors that the person may sit for"))
    evaluators = RadioField(_l("Group of evaluators"), validators=[DataRequired()])
    institution = StringField(_l("Institution"), validators=[Length(max=200)])
    role = RadioField(_l("Role"), default=JurorRole.MEMBER.value, validators=[DataRequired()])
    language = RadioField(_l("Language to write in"), default="es", validators=[DataRequired()])
    capacity = IntegerField(_l("Proposals at most"), validators=[Optional(), NumberRange(min=0, max=10_000)])

    def offer(self, jury: JuryRules) -> "GuestForm":
        """The choices of this call: the five sectors, those of its own that a jury names, and its groups."""
        self.sector.choices = [SelectChoice(*offered) for offered in sectors_offered(jury.sectors)]
        self.evaluators.choices = groups_offered(jury)
        if not jury.groups:
            del self.evaluators
        self.others.choices = list(self.sector.choices)
        self.role.choices = [SelectChoice(role.value, ROLES[role]) for role in JurorRole]
        self.language.choices = [
            SelectChoice(code, name.capitalize())
            for code, name in (("es", _("Spanish")), ("en", _("English")))
        ]
        return self

    def preset(self, asked: Mapping[str, str], suggestion: Suggestion | None) -> None:
        """What a link to the form says already: the sector, or somebody who was suggested."""
        sector = suggestion.sector if suggestion else asked.get("sector")
        if sector in [choice.value for choice in self.sector.choices]:
            self.sector.data = sector
        if "evaluators" in self:
            self.evaluators.data = suggestion.juror.evaluators if suggestion else asked.get("group")
        if suggestion is not None:
            self.name.data, self.email.data = suggestion.name, suggestion.email
            self.institution.data = suggestion.institution

    @property
    def guest(self) -> Guest:
        return Guest(
            name=self.name.data or "",
            email=self.email.data or "",
            sector=self.sector.data,
            others=tuple(self.others.data or ()),
            institution=self.institution.data or "",
            role=JurorRole(self.role.data),
            language=self.language.data,
            capacity=self.capacity.data,
            evaluators=self.evaluators.data if "evaluators" in self else "",
        )


class ListForm(Form):
    """A list of people: pasted lines, or a file."""

    lines = TextAreaField(_l("Lines"), filters=[])
    file = FileField(_l("Or a file"))
    sector = SelectField(_l("Sector of the rows that name none"), validators=[Optional()])
    evaluators = SelectField(_l("Group of the rows that name none"), validators=[Optional()])

    def offer(self, jury: JuryRules) -> "ListForm":
        """The sectors and groups of this call."""
        each = SelectChoice("", _("Each row names its own"))
        self.sector.choices = [each, *(SelectChoice(*one) for one in sectors_offered(jury.sectors))]
        self.evaluators.choices = [each, *groups_offered(jury)]
        if not jury.groups:
            del self.evaluators
        return self

    @property
    def sheet(self) -> Sheet:
        """The rows of the file if there is one, else of the lines."""
        content = self.file.data.read(LIMITS.size + 1) if self.file.data else b""
        return opened(content, LIMITS) if content else pasted(self.lines.data or "", LIMITS)

    def refuse_list(self, sentence: str) -> None:
        """Say on the field that was used why it is no list."""
        used = self.file if self.file.data else self.lines
        used.errors = [*used.errors, sentence]


class SendForm(Form):
    """A list that was looked over, on its way to be sent."""

    checked_lines = HiddenField(filters=[])
    usual_sector = HiddenField()
    usual_group = HiddenField()

    @property
    def sheet(self) -> Sheet:
        return pasted(self.checked_lines.data or "", LIMITS)
