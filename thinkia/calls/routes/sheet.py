"""What a call's page says, put into words once: the public page, its preview and each version share it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from thinkia.calls import hooks
from thinkia.calls.models import Call
from thinkia.calls.wording.dates import (
    Date,
    Status,
    closing_sentences,
    dates_of,
    milestones_of,
    second_zone,
    status,
)
from thinkia.calls.wording.evaluators import group_title
from thinkia.calls.wording.numbers import listed, money, number, percent
from thinkia.calls.wording.people import who_can_apply
from thinkia.calls.wording.questions import asked_for, limits
from thinkia.calls.wording.ranking import (
    DELIBERATION,
    PUBLICATION,
    appeals_sentence,
    criterion_title,
    cut_off_sentence,
    method_sentences,
    rubric_sentences,
    source_words,
    tie_sentences,
)
from thinkia.calls.wording.rounds import extra_readers, readers, round_sentences, round_title
from thinkia.domain.bases import Bases, JuryRules, SectorQuota
from thinkia.domain.marks import declared_weights, effective_weights
from thinkia.domain.phases import Phase
from thinkia.domain.rubric import Criterion
from thinkia.domain.sectors import SECTORS
from thinkia.policy import Action, TieKind
from thinkia.web.locale import day_short, hours, sector_name, zone_name
from thinkia.web.navigation import way_to
from thinkia.web.pages import text
from thinkia.web.security import current_actor, may

MARGIN = Fraction(5, 100)


class CriterionRow(NamedTuple):
    """A criterion with its weights: words for people, floats for drawing."""

    criterion: Criterion
    title: str
    scale: str
    declared: str
    effective: str
    drawn: tuple[float, float]


class SectorRow(NamedTuple):
    """A sector's seats on each panel, and who sits for it where that is public."""

    sector: str
    least: int
    most: int
    names: tuple[str, ...]


class PanelPart(NamedTuple):
    """A group of evaluators on every panel: who they are, how many, and their sectors."""

    title: str
    size: str
    sectors: list[SectorRow]


class Button(NamedTuple):
    """The one thing to do on a call's page."""

    text: str
    href: str


@dataclass(frozen=True)
class Sheet:
    """A call's page for one moment. Everything is asked for by its template, by name."""

    call: Call
    bases: Bases
    now: datetime
    seats: tuple[hooks.Seat, ...] = ()

    @property
    def zone(self) -> str:
        return self.bases.time_zone

    @property
    def status(self) -> Status:
        bases = self.bases.in_round(self.call.round) if self.bases.rounds else self.bases
        return status(self.call, bases, self.now)

    @property
    def clock(self) -> datetime | None:
        """The band's date on the call's own clock."""
        at = self.status.at
        return at.astimezone(ZoneInfo(self.zone)) if at else None

    @property
    def who(self) -> list[str | Markup]:
        return who_can_apply(self.bases)

    @property
    def parts(self) -> list[tuple[Any, str]]:
        """Each question with its limits in words."""
        known = self.bases.challenges
        return [(one, f"{limits(one)} {asked_for(one, known)}".strip()) for one in self.bases.questions]

    @property
    def points(self) -> list[Mapping[str, str]]:
        """The picture of the calendar."""
        every = milestones_of(self.bases)
        ahead = next((date.key for date in every if date.at > self.now), None)
        return [
            {
                "label": date.words,
                "day": day_short(date.at, self.zone),
                "time": hours(date.at, self.zone),
                "state": "done" if date.at <= self.now else "now" if date.key == ahead else "",
            }
            for date in every
        ]

    @property
    def today(self) -> str:
        return _("Today, %(day)s", day=day_short(self.now, self.zone))

    @property
    def dates(self) -> list[Date]:
        return dates_of(self.bases)

    @property
    def closing(self) -> list[str]:
        return closing_sentences(self.bases.calendar)

    @property
    def zones(self) -> tuple[str, str]:
        """The call's zone and the one beside it, by name."""
        return self.zone, second_zone(self.zone)

    @property
    def zone_names(self) -> tuple[str, str]:
        at = self.bases.calendar.submission.closes
        first, second = (zone_name(zone, at) for zone in self.zones)
        return first[:1].upper() + first[1:], second[:1].upper() + second[1:]

    @property
    def criteria(self) -> list[CriterionRow]:
        rubric = self.bases.rubric
        declared, effective = declared_weights(rubric), effective_weights(rubric)
        return [
            CriterionRow(
                one,
                criterion_title(one),
                source_words(one),
                percent(declared[one.code]),
                percent(effective[one.code]),
                (float(declared[one.code]), float(effective[one.code])),
            )
            for one in rubric.criteria
        ]

    @property
    def heaviest(self) -> float:
        """The end of the scale on which weights are drawn."""
        return max((max(row.drawn) for row in self.criteria), default=1.0) or 1.0

    @property
    def weights_differ(self) -> bool:
        declared, effective = declared_weights(self.bases.rubric), effective_weights(self.bases.rubric)
        return any(abs(declared[code] - effective[code]) >= MARGIN for code in declared)

    @property
    def method(self) -> list[str]:
        cut_off = cut_off_sentence(self.bases)
        sentences = [*rubric_sentences(self.bases.rubric), *method_sentences(self.bases)]
        return [*sentences, cut_off] if cut_off else sentences

    @property
    def rounds(self) -> list[tuple[str, list[str], "Sheet"]]:
        """Each round by its title: what is particular about it, and the call with its rules."""
        return [
            (
                round_title(one),
                round_sentences(self.bases, index),
                replace(self, bases=self.bases.in_round(index)),
            )
            for index, one in enumerate(self.bases.rounds)
        ]

    @property
    def publication(self) -> str:
        return " ".join([str(PUBLICATION[self.bases.publication]), appeals_sentence(self.bases)]).strip()

    @property
    def anchored(self) -> list[tuple[Any, list[tuple[str, Any]]]]:
        """The criteria whose marks have a meaning in words: title, then mark and meaning."""
        return [
            (
                text(one.title) or one.code,
                [(str(listed(number(mark) for mark in anchor.marks)), anchor.text) for anchor in one.anchors]
                + [("", item) for item in one.items],
            )
            for one in self.bases.rubric.criteria
            if one.anchors or one.items
        ]

    def beside(self, at: datetime) -> str:
        """The same moment on the clock of the other zone."""
        zone = self.zones[1]
        return f"{hours(at, zone)} ({zone_name(zone, at)})"

    @property
    def ties(self) -> list[str | Markup]:
        return tie_sentences(self.bases)

    @property
    def sector_names(self) -> dict[str, str]:
        return {code: sector_name(code) for code in SECTORS}

    @property
    def extra_readers(self) -> str:
        return extra_readers(self.bases.jury)

    @property
    def panel(self) -> list[PanelPart]:
        """What each group of evaluators sends to a panel; without groups one part, of no name."""
        jury = self.bases.jury
        return [
            PanelPart(
                group_title(jury, code) if code else "",
                f"{readers(part)} {extra_readers(part)}".strip() if code else "",
                _sector_rows(part, [seat for seat in self.seats if not code or seat.group == code]),
            )
            for code, part in jury.parts.items()
        ]

    @property
    def deliberation(self) -> str:
        """What becomes of a final mark where the jury talks it over; empty where it does not."""
        return str(DELIBERATION.get(self.bases.jury.deliberation, ""))  # type: ignore[arg-type]

    @property
    def prizes(self) -> list[tuple[Any, str]]:
        """Each prize with its amount in words."""
        return [
            (one, money(one.amount, one.currency) if one.amount is not None else "")
            for one in self.bases.prizes
        ]


def sheet(call: Call, bases: Bases, now: datetime) -> Sheet:
    """The sheet of a call; the jurors' names only where the bases make them public."""
    public = bases.jury.published and call.published_at is not None
    return Sheet(call, bases, now, tuple(hooks.seats(call)) if public else ())


def button_for_reader(call: Call, phase: object) -> Button | None:
    """What this reader does next, if anything: results, own desks, registration. Links exist, or are none."""
    for applies, words, address in _choices(call, phase):
        if applies and address:
            return Button(words, address)
    return None


def _choices(call: Call, phase: object) -> Iterable[tuple[bool, str, str]]:
    """The first that applies is the reader's button."""
    actor, code = current_actor(), call.code
    entering = actor.is_anonymous and phase in {Phase.OPEN, Phase.REGISTRATION}
    registered = call.id in actor.places(TieKind.REGISTERED)
    yield phase is Phase.RESULTS, _("See the results"), way_to("results.show", code=code)
    yield may(Action.CALL_OVERSEE, call), _("Organise this call"), way_to("calls_manage.cockpit", code=code)
    yield may(Action.CALL_JUDGE, call), _("Go to the jury's desk"), way_to("jury.desk", code=code)
    yield registered, _("Go to my space"), way_to("home.desk")
    can_enter = may(Action.CALL_REGISTER, call) or entering
    yield can_enter, _("Register to apply"), way_to("registration.new", code=code)
    announced = phase is Phase.ANNOUNCED
    yield announced, _("Add the dates to my calendar"), way_to("calls.calendar_file", code=code)


def _sector_rows(jury: JuryRules, seats: Sequence[hooks.Seat]) -> list[SectorRow]:
    """The five sectors in their order, then any other that the bases name."""
    order = [*SECTORS, *(code for code in jury.sectors if code not in SECTORS)]
    return [_sector_row(code, jury, seats) for code in order]


def _sector_row(code: str, jury: JuryRules, seats: Iterable[hooks.Seat]) -> SectorRow:
    """What a panel may really have of a sector: seats that others must have are not free for it."""
    quota = jury.sectors.get(code, SectorQuota())
    others = sum(other.min for sector, other in jury.sectors.items() if sector != code)
    most = min(quota.max if quota.max is not None else jury.largest, jury.largest - others)
    return SectorRow(code, quota.min, most, tuple(seat.name for seat in seats if seat.sector == code))


def structured(call: Call, bases: Bases, language: str) -> dict[str, Any]:
    """The call as schema.org tells machines of it."""

    def words(value: Any) -> str:
        return str(value.in_language(language)[0]) if value else ""

    address = url_for("calls.show", code=call.code, _external=True)
    host = bases.host
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": words(bases.title),
        "description": words(bases.summary),
        "url": address,
        "inLanguage": language,
        "startDate": bases.calendar.registration.opens.isoformat(),
        "endDate": bases.calendar.results.isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if call.cancelled_reason else 'Scheduled'}",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": address},
        "isAccessibleForFree": True,
        "organizer": {
            "@type": "Organization",
            "name": host.name if host else call.host.name,
            **({"url": host.url} if host and host.url else {}),
        },
        "sponsor": [{"@type": "Organization", "name": partner.name} for partner in bases.partners],
        "offers": {
            "@type": "Offer",
            "name": str(_("Registration")),
            "price": "0",
            "priceCurrency": "USD",
            "url": address,
            "validFrom": bases.calendar.registration.opens.isoformat(),
            "validThrough": bases.calendar.registration.closes.isoformat(),
        },
        "about": [{"@type": "Thing", "name": words(one.title)} for one in bases.challenges],
    }
