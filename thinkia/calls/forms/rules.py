"""The parts of the rules that say what the call is, when, for whom and for what."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
)
from wtforms.validators import Optional

from thinkia.calls.forms.parts import (
    ExactField,
    Row,
    both_data,
    both_of,
    kept,
    long,
    moment_data,
    moment_field,
    short,
    whole_number,
    with_blanks,
)
from thinkia.calls.forms.section import Section, with_items
from thinkia.domain.bases import Bases, Calendar, Challenge, Faq, Partner, Prize, Window
from thinkia.domain.sectors import SECTORS
from thinkia.domain.text import Bilingual
from thinkia.domain.zones import zone_named
from thinkia.web.locale import sector_name

ZONES = ("America/Guayaquil", "Pacific/Galapagos")
WINDOWS = ("registration", "team_formation", "submission", "evaluation")


class Texts(Section):
    """What the call is called and what it is about."""

    keys = ("title", "summary", "description", "contact_email")
    title_es = short()
    title_en = short()
    summary_es = long()
    summary_en = long()
    description_es = long()
    description_en = long()
    contact_email = short(_l("Contact e-mail"))

    @classmethod
    def data_of(cls, bases: Bases) -> dict[str, Any]:
        texts = {name: getattr(bases, name) for name in ("title", "summary", "description")}
        flat = {key: value for name, text in texts.items() for key, value in both_data(name, text).items()}
        return {**flat, "contact_email": bases.contact_email}

    def typed(self, bases: Bases) -> Bases:
        texts: dict[str, Any] = {name: both_of(self, name) for name in ("title", "summary", "description")}
        return replace(bases, **texts, contact_email=self.contact_email.data or "")


class Dates(Section):
    """The calendar, on the call's own clock."""

    keys = ("calendar", "time_zone")
    time_zone = SelectField(_l("Time zone"))
    registration_opens = moment_field()
    registration_closes = moment_field()
    team_formation_opens = moment_field()
    team_formation_closes = moment_field()
    submission_opens = moment_field()
    submission_closes = moment_field()
    evaluation_opens = moment_field()
    evaluation_closes = moment_field()
    results = moment_field()
    grace_minutes = IntegerField(_l("Minutes of grace"), [Optional(), whole_number(0, 1440)])
    hand_in_drafts = BooleanField(_l("Complete drafts are handed in by themselves at the close"))

    def offer(self, bases: Bases) -> None:
        known = dict.fromkeys((*ZONES, bases.time_zone))
        self.time_zone.choices = [(name, name.replace("_", " ")) for name in known]

    @classmethod
    def data_of(cls, bases: Bases) -> dict[str, Any]:
        zone, calendar = ZoneInfo(bases.time_zone), bases.calendar
        windows = {name: getattr(calendar, name) for name in WINDOWS}
        moments = {
            f"{name}_{edge}": moment_data(getattr(window, edge, None), zone)
            for name, window in windows.items()
            for edge in ("opens", "closes")
        }
        return {
            **moments,
            "results": moment_data(calendar.results, zone),
            "time_zone": bases.time_zone,
            "grace_minutes": calendar.grace_seconds // 60,
            "hand_in_drafts": calendar.hand_in_drafts,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Every date is there and exists; team formation may be left out whole."""
        sound = super().validate(extra_validators)
        zone = zone_named(self.time_zone.data or "") or ZoneInfo(ZONES[0])
        formation = ("team_formation_opens", "team_formation_closes")
        wanted = any(self[name].form.is_typed for name in formation)
        checks = [
            self[name].form.check(zone, required=name not in formation or wanted) for name in self._moments()
        ]
        return sound and all(checks)

    def typed(self, bases: Bases) -> Bases:
        zone = ZoneInfo(self.time_zone.data)
        at = {name: self[name].form.instant(zone, _saved(bases, name)) for name in self._moments()}
        windows: dict[str, Any] = {
            name: Window(at[f"{name}_opens"], at[f"{name}_closes"]) if at[f"{name}_opens"] else None
            for name in WINDOWS
        }
        minutes = self.grace_minutes.data
        grace = bases.calendar.grace_seconds if minutes is None else minutes * 60
        if minutes == bases.calendar.grace_seconds // 60:
            grace = bases.calendar.grace_seconds
        rest = {"grace_seconds": grace, "hand_in_drafts": self.hand_in_drafts.data}
        calendar = Calendar(**windows, results=at["results"], **rest)
        return replace(bases, time_zone=self.time_zone.data, calendar=calendar)

    def _moments(self) -> list[str]:
        return [*(f"{name}_{edge}" for name in WINDOWS for edge in ("opens", "closes")), "results"]


class ChallengeRow(Row):
    code = short(_l("Code"))
    title_es = short()
    title_en = short()
    summary_es = long()
    summary_en = long()


class Challenges(Section):
    """The problems that the call opens."""

    keys = ("challenges",)
    challenges = FieldList(FormField(ChallengeRow))

    @classmethod
    def data_of(cls, bases: Bases) -> dict[str, Any]:
        rows = [
            {"code": one.code, **both_data("title", one.title), **both_data("summary", one.summary)}
            for one in bases.challenges
        ]
        return {"challenges": with_blanks(rows)}

    def typed(self, bases: Bases) -> Bases:
        known = {one.code: one.description for one in bases.challenges}
        return with_items(
            bases,
            "challenges",
            (
                Challenge(
                    row.code.data or "",
                    both_of(row, "title"),
                    both_of(row, "summary"),
                    known.get(row.code.data or "", Bilingual()),
                )
                for row in kept(self.challenges)
            ),
        )


class People(Section):
    """Who can apply: ages and sizes of teams."""

    keys = ("eligibility", "team")
    team_min = IntegerField(_l("Smallest team"), [Optional()])
    team_max = IntegerField(_l("Largest team"), [Optional()])
    team_one_team_per_person = BooleanField(_l("Each person belongs to one team only"))
    team_changes_after_close = BooleanField(_l("Teams may change after submissions close"))
    eligibility_min_age = IntegerField(_l("Lowest age"), [Optional()])
    eligibility_max_age = IntegerField(_l("Highest age"), [Optional()])
    eligibility_residents_only = BooleanField(_l("Only people who live in Ecuador"))

    @classmethod
    def data_of(cls, bases: Bases) -> dict[str, Any]:
        team, person = bases.team, bases.eligibility
        return {
            "team_min": team.min,
            "team_max": team.max,
            "team_one_team_per_person": team.one_team_per_person,
            "team_changes_after_close": team.changes_after_close,
            "eligibility_min_age": person.min_age,
            "eligibility_max_age": person.max_age,
            "eligibility_residents_only": person.residents_only,
        }

    def typed(self, bases: Bases) -> Bases:
        team = replace(
            bases.team,
            min=self.team_min.data if self.team_min.data is not None else 1,
            max=self.team_max.data,
            one_team_per_person=self.team_one_team_per_person.data,
            changes_after_close=self.team_changes_after_close.data,
        )
        person = replace(
            bases.eligibility,
            min_age=self.eligibility_min_age.data,
            max_age=self.eligibility_max_age.data,
            residents_only=self.eligibility_residents_only.data,
        )
        return replace(bases, team=team, eligibility=person)


class PrizeRow(Row):
    place = IntegerField(_l("Place"), [Optional()])
    amount = ExactField(_l("Amount"), [Optional()])
    currency = short(_l("Currency"))
    title_es = short()
    title_en = short()
    description_es = long()
    description_en = long()


class Prizes(Section):
    """What the winners get, and how many they are."""

    keys = ("prizes", "winners")
    winners = IntegerField(_l("Winning proposals"), [Optional()])
    prizes = FieldList(FormField(PrizeRow))

    @classmethod
    def data_of(cls, bases: Bases) -> dict[str, Any]:
        rows = [
            {
                "place": one.place,
                "amount": one.amount,
                "currency": one.currency,
                **both_data("title", one.title),
                **both_data("description", one.description),
            }
            for one in bases.prizes
        ]
        return {"prizes": with_blanks(rows), "winners": bases.winners}

    def typed(self, bases: Bases) -> Bases:
        prizes = (
            Prize(
                both_of(row, "title"),
                row.place.data,
                row.amount.data,
                (row.currency.data or "").upper(),
                both_of(row, "description"),
            )
            for row in kept(self.prizes)
        )
        winners = bases.winners if self.winners.data is None else self.winners.data
        return replace(with_items(bases, "prizes", prizes), winners=winners)


class PartnerRow(Row):
    name = short(_l("Name"))
    sector = SelectField(_l("Sector"), validate_choice=False)
    url = short(_l("Web address"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.sector.choices = [("", "—"), *((code, sector_name(code)) for code in SECTORS)]

    @property
    def is_kept(self) -> bool:
        return bool(not self.remove.data and (self.name.data or self.url.data))


class Partners(Section):
    """Who convenes and who helps."""

    keys = ("host", "partners")
    host = FormField(PartnerRow)
    partners = FieldList(FormField(PartnerRow))

    @classmethod
    def data_of(cls, bases: Bases) -> dict[str, Any]:
        rows = [_partner_data(one) for one in bases.partners]
        return {"host": _partner_data(bases.host), "partners": with_blanks(rows)}

    def typed(self, bases: Bases) -> Bases:
        host = _partner(self.host.form) if self.host.form.is_kept else None
        return replace(
            with_items(bases, "partners", (_partner(row) for row in kept(self.partners))), host=host
        )


class FaqRow(Row):
    question_es = short()
    question_en = short()
    answer_es = long()
    answer_en = long()


class Questions(Section):
    """What people ask, answered once for all."""

    keys = ("faq",)
    faq = FieldList(FormField(FaqRow))

    @classmethod
    def data_of(cls, bases: Bases) -> dict[str, Any]:
        rows = [
            {**both_data("question", one.question), **both_data("answer", one.answer)} for one in bases.faq
        ]
        return {"faq": with_blanks(rows)}

    def typed(self, bases: Bases) -> Bases:
        return with_items(
            bases, "faq", (Faq(both_of(row, "question"), both_of(row, "answer")) for row in kept(self.faq))
        )


def _saved(bases: Bases, name: str) -> datetime | None:
    """The instant of the bases that a field shows, as ``submission_closes``."""
    if name == "results":
        return bases.calendar.results
    window, _underscore, edge = name.rpartition("_")
    return getattr(getattr(bases.calendar, window), edge, None)


def _partner(row: Any) -> Partner:
    return Partner(row.name.data or "", row.sector.data or "", row.url.data or "")


def _partner_data(partner: Partner | None) -> dict[str, Any]:
    if partner is None:
        return {}
    return {"name": partner.name, "sector": partner.sector, "url": partner.url}
