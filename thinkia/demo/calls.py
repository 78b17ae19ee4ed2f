"""The bases of the sample calls: a shipped real call, at dates relative to the day, with sample words."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from thinkia.calls.call_file import bases_of
from thinkia.calls.call_file.shipped import shipped_text
from thinkia.domain.bases import (
    Appeals,
    Bases,
    Calendar,
    CompositionRule,
    JuryRules,
    Partner,
    PersonAttribute,
    Prize,
    SectorQuota,
    TeamRules,
    TieKey,
    TieKeyKind,
    Window,
)
from thinkia.domain.cloning import cloned
from thinkia.domain.text import Bilingual

ZONE = ZoneInfo("America/Guayaquil")
JURY = JuryRules(
    size=3,
    sectors={
        "public": SectorQuota(min=1, max=1),
        "academia": SectorQuota(min=1, max=1),
        "private": SectorQuota(max=1),
        "civil_society": SectorQuota(max=1),
        "cooperation": SectorQuota(max=1),
    },
    balance=100,
)
PARTNERS = (
    Partner("Universidad de Muestra", "academia"),
    Partner("Colectivo Barrio de Prueba", "civil_society"),
    Partner("Agencia de Cooperación de Muestra", "cooperation"),
)
PRIZES = (
    Prize(
        Bilingual("Fondo para el piloto", "Fund for a pilot"), place=1, amount=Decimal(4000), currency="USD"
    ),
    Prize(Bilingual("Seis meses de acompañamiento", "Six months of support"), place=2),
    Prize(Bilingual("Tres meses de mentoría", "Three months of mentoring"), place=3),
)


class Sample(StrEnum):
    """The sample calls by code."""

    JURY = "demo-jury"
    OPEN = "demo-open"
    RESULTS = "demo-results"


# When each call's windows begin and end, in days from today: registration and submission together.
DAYS = {
    Sample.JURY: (-45, -12, -11, 6, 10),
    Sample.OPEN: (-6, 22, 24, 40, 46),
    Sample.RESULTS: (-95, -60, -59, -40, -30),
}
TITLES = {
    Sample.JURY: Bilingual("Economía que comparte", "An economy that shares"),
    Sample.OPEN: Bilingual("Barrios que se cuidan", "Neighbourhoods that care"),
    Sample.RESULTS: Bilingual("Aprender en común", "Learning together"),
}


def sample_bases(sample: Sample, today: date) -> Bases:
    """The bases of one sample call, as of this day."""
    template = bases_of(shipped_text("usgp-2020"))
    bases = cloned(template, code=sample.value, opens_on=today)
    return replace(
        bases,
        title=TITLES[sample],
        host=Partner("Laboratorio de Muestra", "public"),
        partners=PARTNERS,
        contact_email="convocatorias@example.org",
        calendar=sample_calendar(sample, today),
        questions=tuple(
            q if q.code != "presentacion" else replace(q, required=False) for q in bases.questions
        ),
        team=TeamRules(min=3, max=5, composition=_composition(sample)),
        jury=replace(JURY, blind=sample == Sample.JURY),
        tie_break=(
            TieKey(TieKeyKind.CRITERION, code="solucion"),
            TieKey(TieKeyKind.CRITERION, code="aplicacion"),
            TieKey(TieKeyKind.CHAIR),
            TieKey(TieKeyKind.SUBMITTED_AT),
        ),
        prizes=PRIZES,
        appeals=Appeals(45, working_days=False),  # still open where the result is a month old
    )


def _composition(sample: Sample) -> tuple[CompositionRule, ...]:
    if sample != Sample.OPEN:
        return ()
    return (CompositionRule(PersonAttribute.GENDER, value="woman", min=2),)


def sample_calendar(sample: Sample, today: date) -> Calendar:
    """Windows of weeks around today, opening at 8:00 and closing at 17:00 on the mainland."""
    opens, closes, reading, read, results = DAYS[sample]
    entry = Window(_at(today, opens, 8), _at(today, closes, 17))
    return Calendar(
        registration=entry,
        submission=entry,
        evaluation=Window(_at(today, reading, 8), _at(today, read, 17)),
        results=_at(today, results, 10),
    )


def _at(today: date, days: int, hour: int) -> datetime:
    return datetime.combine(today + timedelta(days), time(hour), ZONE).astimezone(UTC)
