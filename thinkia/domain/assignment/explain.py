"""Why this juror reads this proposal, or why not: the rule that decides, or the price of his or her time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from thinkia.domain.assignment.affinities import FULL_AFFINITY, weight
from thinkia.domain.assignment.filters import barrier, same
from thinkia.domain.assignment.problem import JurorSlot, Pair, PanelRequest, PanelRule, Problem


class Verdict(StrEnum):
    SEATED = "seated"  # the best use of this juror's time, at its price
    PINNED = "pinned"  # somebody decided so
    CONFLICT = "conflict"
    BAN = "ban"
    LANGUAGE = "language"
    TRACK = "track"
    OWN_INSTITUTION = "own_institution"
    COLLEAGUE = "colleague"  # ``other`` of the same institution sits on this panel
    NO_CAPACITY = "no_capacity"  # may read nothing
    SECTOR_FULL = "sector_full"  # the panel has all it may of these sectors; ``other`` would have to leave
    DEARER = "dearer"  # ``other`` is worth more here, for the price of the time
    FREE = "free"  # nothing is against it: a seat is empty, or it would be as good


@dataclass(frozen=True, slots=True)
class Explanation:
    """``worth`` is the affinity's weight less ``price``, what an hour of the juror is worth elsewhere.

    ``other`` is who would have to leave or stays in the way, and ``loss`` how much value
    the exchange would cost at the least, by these prices.
    """

    verdict: Verdict
    affinity: Decimal
    price: int
    worth: int
    other: str | None = None
    loss: int = 0


class Drawn(Protocol):
    """What an explanation needs of a plan; of the pairs, those of the submission are enough."""

    @property
    def pairs(self) -> Collection[Pair]: ...

    @property
    def loads(self) -> Mapping[str, int]: ...

    @property
    def prices(self) -> Mapping[str, int]: ...


def explain(problem: Problem, plan: Drawn, submission: str, juror: str) -> Explanation:
    """Why the plan seats this juror on this panel, or why it does not."""
    request = next(each for each in problem.submissions if each.submission == submission)
    slot = next(each for each in problem.jurors if each.juror == juror)
    given = problem.affinities.get((submission, juror), Decimal(0))
    price = plan.prices.get(juror, 0)
    panel = [pair for pair in plan.pairs if pair.submission == submission]
    verdict, other = _by_rule(problem, request, slot, panel)
    worth = weight(given) - price
    loss = 0
    if verdict is None:
        verdict, other, loss = _by_price(problem, plan, request, slot, panel, worth)
    return Explanation(verdict, Decimal(weight(given)) / FULL_AFFINITY, price, worth, other, loss)


def _by_rule(
    problem: Problem, request: PanelRequest, slot: JurorSlot, panel: Collection[Pair]
) -> tuple[Verdict | None, str | None]:
    """The rule that settles it, whatever anybody is worth."""
    key = (request.submission, slot.juror)
    names = {each.juror: each.institution for each in problem.jurors if each.institution}
    colleagues = [
        pair.juror
        for pair in panel
        if pair.juror != slot.juror and same(names.get(pair.juror, ""), slot.institution or " ")
    ]
    filtered = barrier(request, slot)
    verdicts = (
        (any((pin.submission, pin.juror) == key for pin in problem.held_pins()), Verdict.PINNED, None),
        (any(pair.juror == slot.juror for pair in panel), Verdict.SEATED, None),
        (key in problem.conflicts, Verdict.CONFLICT, None),
        (key in problem.bans, Verdict.BAN, None),
        (filtered is not None, Verdict(filtered.value) if filtered else Verdict.BAN, None),
        (bool(colleagues), Verdict.COLLEAGUE, colleagues[0] if colleagues else None),
        (slot.capacity == 0, Verdict.NO_CAPACITY, None),
    )
    return next(((verdict, other) for holds, verdict, other in verdicts if holds), (None, None))


def _by_price(
    problem: Problem, plan: Drawn, request: PanelRequest, slot: JurorSlot, panel: Collection[Pair], worth: int
) -> tuple[Verdict, str | None, int]:
    """Who would leave for this juror, and what that would cost."""
    rule = problem.rule_of(request)
    full = slot.capacity is not None and plan.loads.get(slot.juror, 0) >= slot.capacity
    fixed = {(pin.submission, pin.juror) for pin in problem.pins}
    if any(_seats(rule, panel, None, sector) for sector in slot.sectors):
        return (Verdict.DEARER if full else Verdict.FREE), None, max(0, -worth)
    leavers = [
        pair
        for pair in panel
        if (pair.submission, pair.juror) not in fixed
        and any(_seats(rule, panel, pair, sector) for sector in slot.sectors)
    ]
    if not leavers:
        return Verdict.SECTOR_FULL, None, 0
    losses = {
        pair.juror: weight(problem.affinities.get((pair.submission, pair.juror), Decimal(0)))
        - plan.prices.get(pair.juror, 0)
        - worth
        for pair in leavers
    }
    other = min(losses, key=lambda name: (losses[name], name))
    if losses[other] <= 0 and not full:
        return Verdict.FREE, other, 0
    full_sectors = len(leavers) < len(panel)
    return (Verdict.SECTOR_FULL if full_sectors else Verdict.DEARER), other, max(0, losses[other])


def _seats(rule: PanelRule, panel: Collection[Pair], leaves: Pair | None, sector: str) -> bool:
    """Whether a panel without ``leaves`` has a seat for one more of this sector."""
    counts: dict[str, int] = {sector: 1}
    for pair in panel:
        if pair != leaves:
            counts[pair.sector] = counts.get(pair.sector, 0) + 1
    bounds = {each: rule.bounds(each) for each in {*counts, *(quota.sector for quota in rule.quotas)}}
    reserved = sum(max(least, counts.get(each, 0)) for each, (least, _) in bounds.items())
    return reserved <= rule.largest and counts[sector] <= bounds[sector][1]
