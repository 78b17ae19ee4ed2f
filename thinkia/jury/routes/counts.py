"""The jury counted against its rules by sector, beside the form that invites more of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from thinkia.calls.models import Call
from thinkia.calls.wording.evaluators import group_titles
from thinkia.domain.lifecycle import JurorState
from thinkia.domain.sectors import SECTORS
from thinkia.jury.models import Juror
from thinkia.jury.queries import jurors_of
from thinkia.jury.queries.panels import count_to_read
from thinkia.jury.routes.board import by_group


@dataclass(frozen=True, slots=True)
class SectorCount:
    """One sector: its people, and the readings that panels need of it and that its people offer."""

    sector: str
    accepted: int
    invited: int
    least: int
    readings: int
    offered: int
    group: str = ""  # of evaluators, where the call has any

    @property
    def people_needed(self) -> int:
        """How many more have to accept before one panel can be drawn."""
        return max(0, self.least - self.accepted)

    @property
    def readings_needed(self) -> int:
        """How many readings of the proposals that there are nobody can do yet."""
        return max(0, self.readings - self.offered)

    @property
    def is_enough(self) -> bool:
        return not self.people_needed and not self.readings_needed


@dataclass(frozen=True, slots=True)
class JuryCount:
    """Every sector that a rule or a juror names."""

    sectors: tuple[SectorCount, ...]
    proposals: int
    size: int
    groups: Mapping[str, str]  # of evaluators: code → title

    @property
    def readings(self) -> int:
        return self.size * self.proposals


def jury_count(call: Call, now: datetime) -> JuryCount:
    """As it is now: two SELECTs."""
    jurors, proposals, rules = jurors_of(call), count_to_read(call), call.bases.jury
    counts = []
    for code, part, members in by_group(rules, jurors):
        for sector in dict.fromkeys((*SECTORS, *part.sectors, *(juror.sector for juror in members))):
            quota = part.sectors.get(sector)
            people = [juror for juror in members if sector in juror.sectors and juror.votes]
            count = _counted(sector, people, quota.min if quota else 0, proposals, now)
            counts.append(replace(count, group=code))
    asked = tuple(each for each in counts if each.least or each.accepted or each.invited)
    return JuryCount(asked, proposals, rules.size, group_titles(rules))


def _counted(sector: str, people: Sequence[Juror], least: int, proposals: int, now: datetime) -> SectorCount:
    accepted = [juror for juror in people if juror.state is JurorState.ACCEPTED]
    invited = [juror for juror in people if juror.state is JurorState.INVITED and now < juror.expires_at]
    limits = [juror.capacity for juror in accepted]
    # Nobody reads a proposal twice: without a limit of one's own, one reads each of them once.
    offered = sum(proposals if most is None else min(most, proposals) for most in limits)
    return SectorCount(sector, len(accepted), len(invited), least, least * proposals, offered)
