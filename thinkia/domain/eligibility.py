"""May this person enter that call? What the bases say about ages and territory, as reasons.

Who may not is told every reason at once, with the numbers that the sentences need. What no program can
check stays in the bases as notes that people read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from thinkia.domain.ages import OWN_CONSENT, age_on
from thinkia.domain.bases import Eligibility
from thinkia.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason why a person may not enter, with what its sentence names."""

    reason: Reason
    details: Mapping[str, object] = field(default_factory=dict)


def day_in(time_zone: str, now: datetime) -> date:
    """The day that it is in the call's zone: ages are those of that day."""
    return now.astimezone(ZoneInfo(time_zone)).date()


def youngest(eligibility: Eligibility) -> int:
    """The age from which a person may enter: the bases' own, and never below own consent."""
    return max(OWN_CONSENT, eligibility.min_age or 0)


def obstacles(
    eligibility: Eligibility, *, born: date | None, province: str | None, day: date
) -> tuple[Obstacle, ...]:
    """Everything that keeps a person out on this day; empty when he or she may enter.

    A birth date or a province that is not known yet is an obstacle of its own kind: it can be given.
    ``provinces`` and ``residents_only`` look at where the person lives.
    """
    return (*_of_age(eligibility, born, day), *_of_territory(eligibility, province))


def _of_age(eligibility: Eligibility, born: date | None, day: date) -> Iterator[Obstacle]:
    if born is None:
        yield Obstacle(Reason.BIRTH_DATE_NEEDED)
        return
    age, low, high = age_on(day, born), youngest(eligibility), eligibility.max_age
    if age < low:
        yield Obstacle(Reason.TOO_YOUNG_FOR_CALL, {"age": low})
    if high is not None and age > high:
        yield Obstacle(Reason.TOO_OLD_FOR_CALL, {"age": high})


def _of_territory(eligibility: Eligibility, province: str | None) -> Iterator[Obstacle]:
    if not asks_for_province(eligibility):
        return
    if province is None:
        yield Obstacle(Reason.PROVINCE_NEEDED)
    elif eligibility.provinces and province not in eligibility.provinces:
        yield Obstacle(Reason.OTHER_TERRITORY)


def asks_for_province(eligibility: Eligibility) -> bool:
    """Whether the bases look at where a person lives."""
    return bool(eligibility.provinces) or eligibility.residents_only
