"""Why something cannot work: who falls short and by how much, as data.

The words for it, in both languages, belong to whoever shows it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from thinkia.domain.assignment.problem import PanelRule


class CauseKind(StrEnum):
    MINIMUM_OVER_MAXIMUM = "minimum_over_maximum"  # the rule asks at least ``needed``, at most ``available``
    MINIMA_OVER_SIZE = "minima_over_size"  # the minima add up to ``needed``, a panel has ``available`` seats
    MAXIMA_UNDER_SIZE = "maxima_under_size"  # a panel has ``needed`` seats, the maxima allow ``available``
    SECTOR_PEOPLE = "sector_people"  # a panel needs ``needed`` of a sector that has ``available`` people
    JURY_PEOPLE = "jury_people"  # a panel has ``needed`` seats, the jury and the maxima seat ``available``
    SECTOR_READINGS = "sector_readings"  # sectors can read ``available``, the rules ask for ``needed``
    JURY_READINGS = "jury_readings"  # the whole jury can read ``available``, the panels ask for ``needed``
    PANEL_SECTOR = "panel_sector"  # one panel, one sector: conflicts leave ``available`` of ``needed``
    PANEL_SIZE = "panel_size"  # one panel: conflicts and maxima leave ``available`` of ``needed``
    PIN_FORBIDDEN = "pin_forbidden"  # a fixed pair that a conflict or ban undoes
    PINS_OVER_CAPACITY = "pins_over_capacity"  # a juror is fixed to ``needed``, and can read ``available``
    PINS_OVER_SIZE = "pins_over_size"  # a panel is fixed to ``needed``, and has ``available`` seats


@dataclass(frozen=True, slots=True)
class Cause:
    """Why not all seats can be filled, or why the rules contradict themselves."""

    kind: CauseKind
    needed: int = 0
    available: int = 0
    sectors: tuple[str, ...] = ()
    submission: str | None = None
    juror: str | None = None
    group: str = ""  # of evaluators, where the problem has any

    @property
    def sector(self) -> str | None:
        """The sector it is about, when it is about one."""
        return self.sectors[0] if len(self.sectors) == 1 else None


def contradictions(rule: PanelRule, sectors: Collection[str]) -> tuple[Cause, ...]:
    """Quotas that no panel can meet, whoever sits on the jury; ``sectors`` are those that may sit."""
    causes = [
        Cause(CauseKind.MINIMUM_OVER_MAXIMUM, quota.least, quota.most, (quota.sector,))
        for quota in rule.quotas
        if quota.most is not None and quota.least > quota.most
    ]
    minima = sum(quota.least for quota in rule.quotas)
    if minima > rule.size:
        causes.append(Cause(CauseKind.MINIMA_OVER_SIZE, minima, rule.size))
    known = {*sectors, *(quota.sector for quota in rule.quotas)}
    maxima = sum(rule.bounds(sector)[1] for sector in known)
    if known and maxima < rule.size:
        causes.append(Cause(CauseKind.MAXIMA_UNDER_SIZE, rule.size, maxima))
    return tuple(causes)
