"""What contradicts itself in the way from marks to an order: method, jury, tie chain, cut-off."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import tzinfo
from decimal import Decimal

from thinkia.domain.bases import (
    Calendar,
    JuryRules,
    Method,
    MethodName,
    MissingSector,
    SectorQuota,
    TieKey,
    TieKeyKind,
)
from thinkia.domain.bases_check.kinds import Path, Problem, ProblemKind, Problems
from thinkia.domain.codes import is_code, repeated
from thinkia.domain.deliberation import LEAST_OTHERS
from thinkia.domain.marks import highest, lowest
from thinkia.domain.phases import grace_ends
from thinkia.domain.ranking.methods import fewest
from thinkia.domain.rubric import Aggregate, Rubric
from thinkia.domain.sectors import SECTORS
from thinkia.domain.zones import written

MEASURED = frozenset({TieKeyKind.FEWER, TieKeyKind.MORE})
CODED = frozenset({TieKeyKind.CRITERION, TieKeyKind.GROUP, *MEASURED})
DECIDERS = frozenset({TieKeyKind.SUBMITTED_AT, TieKeyKind.LOTTERY})


def sectors_problems(sectors: Mapping[str, object], path: Path) -> Problems:
    """A problem for each key that is no sector."""
    for sector in sectors:
        if sector not in SECTORS:
            yield Problem((*path, sector), ProblemKind.UNKNOWN_SECTOR, {"sector": sector, "known": SECTORS})


LARGEST_PANEL = 25
"""Jurors who read one and the same proposal: five of each sector. More is a slip of the keyboard."""
SMALLEST_DELIBERATION = LEAST_OTHERS + 1


def jury_problems(jury: JuryRules) -> Problems:
    """Quotas that no panel can meet: Σ min ≤ size ≤ Σ max, where an unnamed sector may send 0 to size."""
    yield from sectors_problems(jury.sectors, ("jury", "sectors"))
    yield from _group_problems(jury)
    if not 1 <= jury.size <= LARGEST_PANEL:
        yield Problem(("jury", "size"), ProblemKind.JURY_SIZE, {"limit": LARGEST_PANEL})
        return
    if jury.balance < 0:
        yield Problem(("jury", "balance"), ProblemKind.JURY_BALANCE)
    if not 0 <= jury.extra <= LARGEST_PANEL - jury.size:
        yield Problem(("jury", "extra"), ProblemKind.JURY_EXTRA, {"limit": LARGEST_PANEL})
        return
    yield from _deliberation_problems(jury)
    broken = tuple(_quota_problems(jury))
    yield from broken
    if broken or jury.groups:
        return
    least = sum(quota.min for quota in jury.sectors.values())
    most = sum(_most(jury, sector) for sector in SECTORS)
    if least > jury.size:
        yield Problem(("jury", "sectors"), ProblemKind.QUOTAS_TOO_MANY, {"total": least, "size": jury.size})
    if most < jury.size:
        yield Problem(("jury", "sectors"), ProblemKind.QUOTAS_TOO_FEW, {"total": most, "size": jury.size})
    elif most < jury.largest:
        yield Problem(("jury", "extra"), ProblemKind.EXTRA_TOO_MANY, {"total": most, "size": jury.largest})


def _group_problems(jury: JuryRules) -> Problems:
    """What contradicts itself in a panel that several groups make up: each has its own size and sectors."""
    if not jury.groups:
        return
    path: Path = ("jury", "groups")
    total = sum(group.size for group in jury.groups.values())
    if total != jury.size:
        yield Problem(("jury", "size"), ProblemKind.GROUPS_SIZE, {"total": total, "size": jury.size})
    for key in ("sectors", "extra"):
        if getattr(jury, key):
            yield Problem(("jury", key), ProblemKind.GROUPS_HAVE_OWN, {"key": key})
    for code in jury.groups:
        alone = replace(jury.of_group(code), balance=0, deliberation=None)
        for one in jury_problems(alone):
            yield replace(one, path=(*path, code, *one.path[1:]))


def group_problems(method: Method, jury: JuryRules) -> Problems:
    """Groups of a panel that are not those of the method."""
    if not jury.groups:
        return
    path: Path = ("jury", "groups")
    known = tuple(method.evaluators)
    unknown = [code for code in jury.groups if code not in known]
    for code in unknown:
        yield Problem((*path, code), ProblemKind.GROUP_UNKNOWN, {"group": code, "known": known})
    missing = tuple(code for code in known if code not in jury.groups)
    if missing and not unknown:
        yield Problem(path, ProblemKind.GROUPS_MISSING, {"groups": missing})


def _deliberation_problems(jury: JuryRules) -> Problems:
    if jury.deliberation is not None and jury.size < SMALLEST_DELIBERATION:
        least = {"least": SMALLEST_DELIBERATION}
        yield Problem(("jury", "deliberation"), ProblemKind.DELIBERATION_SIZE, least)


def _quota_problems(jury: JuryRules) -> Problems:
    for sector, quota in jury.sectors.items():
        path = ("jury", "sectors", sector)
        if quota.min < 0 or (quota.max is not None and quota.max < 0):
            yield Problem(path, ProblemKind.QUOTA_NEGATIVE)
        elif quota.max is not None and quota.min > quota.max:
            yield Problem(path, ProblemKind.QUOTA_OUT_OF_ORDER, {"min": quota.min, "max": quota.max})


def _most(jury: JuryRules, sector: str) -> int:
    """How many of a sector a panel may have, in extra seats too."""
    quota = jury.sectors.get(sector, SectorQuota())
    return jury.largest if quota.max is None else min(quota.max, jury.largest)


def can_sit(jury: JuryRules, sector: str) -> bool:
    """Whether a panel can have anybody of a sector, once every other sector has its minimum."""
    others = sum(quota.min for name, quota in jury.sectors.items() if name != sector)
    return min(_most(jury, sector), jury.largest - others) > 0


def method_problems(method: Method, jury: JuryRules | None) -> Problems:
    """What leaves a panel without a score. ``jury``: ``None`` where the rules name none."""
    path: Path = ("method", "sectors")
    yield from sectors_problems(method.sectors, path)
    yield from _trim_problems(method, jury)
    yield from _evaluator_problems(method)
    if not method.balances:
        if method.sectors:
            yield Problem(path, ProblemKind.SECTORS_WITHOUT_BALANCE)
        return
    for sector, weight in method.sectors.items():
        if weight < 0:
            yield Problem((*path, sector), ProblemKind.SECTOR_WEIGHT_NEGATIVE, {"sector": sector})
    if not any(weight > 0 for weight in method.sectors.values()):
        yield Problem(path, ProblemKind.SECTOR_WEIGHTS_ZERO)
    if jury is not None:
        yield from _weights_of_panels(method, jury, path)


def _evaluator_problems(method: Method) -> Problems:
    """Groups of evaluators: at least two, each with a code and a weight."""
    path: Path = ("method", "evaluators")
    if not method.evaluators:
        return
    if len(method.evaluators) < 2:
        yield Problem(path, ProblemKind.EVALUATORS_FEW)
    if method.name is MethodName.SUM:
        yield Problem(path, ProblemKind.EVALUATORS_WITH_SUM)
    for group, weight in method.evaluators.items():
        if not is_code(group):
            yield Problem((*path, group), ProblemKind.CODE, {"code": group})
        if weight <= 0:
            yield Problem((*path, group), ProblemKind.EVALUATORS_WEIGHT, {"group": group})


def _trim_problems(method: Method, jury: JuryRules | None) -> Problems:
    path: Path = ("method", "trim")
    if method.name is not MethodName.TRIMMED_MEAN:
        if method.trim != 1:
            yield Problem(path, ProblemKind.TRIM_WITHOUT_TRIMMED)
    elif method.trim < 1:
        yield Problem(path, ProblemKind.TRIM)
    elif jury is not None:
        size = min(part.size for part in jury.parts.values())
        if size < fewest(method):
            yield Problem(path, ProblemKind.TRIM_TAKES_ALL, {"size": size, "fewest": fewest(method)})


def _weights_of_panels(method: Method, jury: JuryRules, path: Path) -> Problems:
    parts = jury.parts.values()
    missing = tuple(
        one for one in SECTORS if one not in method.sectors and any(can_sit(part, one) for part in parts)
    )
    if missing:
        yield Problem(path, ProblemKind.SECTOR_WEIGHTS_MISSING, {"sectors": missing})
    if method.missing_sector is MissingSector.REDISTRIBUTE:
        return
    for sector, weight in method.sectors.items():
        if weight > 0 and sector in SECTORS and not all(can_sit(part, sector) for part in parts):
            yield Problem((*path, sector), ProblemKind.SECTOR_CANNOT_SIT, {"sector": sector})


def tie_problems(
    chain: tuple[TieKey, ...], rubric: Rubric | None, calendar: Calendar | None, zone: tzinfo | None
) -> Problems:
    """Steps that say nothing or the same twice. ``None``: not known here, so not compared with."""
    for index, (kind, _code) in repeated((step.key, step.code) for step in chain):
        yield Problem(("tie_break", index), ProblemKind.DUPLICATE_TIE_KEY, {"key": kind.value})
    for index, step in enumerate(chain):
        path: Path = ("tie_break", index)
        yield from _tie_code_problems(step, rubric, path)
        yield from _lottery_problems(step, path)
        if step.drawn_at is not None and calendar is not None and zone is not None:
            yield from _draw_problems(step, calendar, zone, path)
    kinds = [step.key for step in chain]
    if TieKeyKind.LOTTERY in kinds[:-1]:
        yield Problem(("tie_break", kinds.index(TieKeyKind.LOTTERY) + 1), ProblemKind.AFTER_LOTTERY)


def _tie_code_problems(step: TieKey, rubric: Rubric | None, path: Path) -> Problems:
    if step.key not in CODED:
        if step.code is not None:
            yield Problem((*path, "code"), ProblemKind.TIE_CODE_UNEXPECTED, {"key": step.key.value})
        return
    if step.code is None:
        yield Problem(path, ProblemKind.TIE_CODE_MISSING, {"key": step.key.value})
    elif step.key in MEASURED:
        if not is_code(step.code):
            yield Problem((*path, "code"), ProblemKind.CODE, {"code": step.code})
    elif rubric is not None:
        yield from _unknown_code(step.key, step.code, rubric, (*path, "code"))


def _unknown_code(key: TieKeyKind, code: str, rubric: Rubric, path: Path) -> Problems:
    if key is TieKeyKind.CRITERION:
        known = tuple(criterion.code for criterion in rubric.criteria)
        kind = ProblemKind.TIE_UNKNOWN_CRITERION
    else:
        known = tuple(dict.fromkeys(one.group for one in rubric.criteria if one.group is not None))
        kind = ProblemKind.TIE_UNKNOWN_GROUP
    if code not in known:
        yield Problem(path, kind, {"code": code, "known": known})


def _lottery_problems(step: TieKey, path: Path) -> Problems:
    if step.key is TieKeyKind.LOTTERY:
        if step.seed == "":
            yield Problem((*path, "seed"), ProblemKind.LOTTERY_SEED_EMPTY)
    elif step.seed is not None or step.source or step.drawn_at is not None:
        yield Problem(path, ProblemKind.LOTTERY_KEYS_UNEXPECTED, {"key": step.key.value})


def _draw_problems(step: TieKey, calendar: Calendar, zone: tzinfo, path: Path) -> Problems:
    drawn, ends = step.drawn_at, grace_ends(calendar)
    if drawn is None:
        return
    instants = {
        "drawn": written(drawn, zone),
        "closes": written(ends, zone),
        "results": written(calendar.results, zone),
    }
    if drawn <= ends:
        yield Problem((*path, "drawn_at"), ProblemKind.DRAW_BEFORE_CLOSE, instants)
    elif drawn > calendar.results:
        yield Problem((*path, "drawn_at"), ProblemKind.DRAW_AFTER_RESULTS, instants)


def cut_off_problems(cut_off: Decimal, rubric: Rubric, method: Method, jury: JuryRules | None) -> Problems:
    """A cut-off that no score, or every score, would pass. The rubric has no problem of its own."""
    if method.name is MethodName.Z_SCORE:
        yield Problem(("cut_off",), ProblemKind.CUT_OFF_OF_Z)
        return
    low, high = Decimal(0), Decimal(100)
    if rubric.aggregate is Aggregate.SUM and method.name is not MethodName.BORDA:
        low = min(low, sum((lowest(one.scale) for one in rubric.criteria), low))
        high = sum((highest(one.scale) for one in rubric.criteria), Decimal(0))
    if method.name is MethodName.SUM:
        seats = LARGEST_PANEL if jury is None else jury.size
        low, high = low * seats, high * seats
    if not low <= cut_off <= high:
        yield Problem(("cut_off",), ProblemKind.CUT_OFF, {"low": low, "high": high})


def undecided(chain: tuple[TieKey, ...]) -> Problems:
    """What a tie chain lacks before a call with these rules can be published."""
    if not chain:
        yield Problem(("tie_break",), ProblemKind.NO_TIE_BREAK)
    elif chain[-1].key not in DECIDERS:
        yield Problem(("tie_break",), ProblemKind.NO_DECIDER)
    for index, step in enumerate(chain):
        if step.key is TieKeyKind.LOTTERY:
            yield from _undrawable(step, ("tie_break", index))


def _undrawable(lottery: TieKey, path: Path) -> Problems:
    if lottery.seed is not None:
        yield Problem((*path, "seed"), ProblemKind.LOTTERY_SEED_LITERAL)
    if not lottery.source:
        yield Problem(path, ProblemKind.LOTTERY_SOURCE_MISSING)
    if lottery.drawn_at is None:
        yield Problem(path, ProblemKind.LOTTERY_INSTANT_MISSING)
