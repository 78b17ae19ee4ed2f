"""Fixed pairs: which sector each sits for, where the pin leaves it open; and pairs fixed no more."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import product

from thinkia.domain.assignment.problem import JurorSlot, Pair, PanelRule, Problem


def settled_pins(problem: Problem, pins: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Pins with their sector, and those that the plan may still seat for any sector of their juror.

    A juror of one sector sits for it. Where a panel is too full to hold its pins by the
    rules, they sit for the sectors that break the rules least: pins stand whatever they say.
    """
    slots = {slot.juror: slot for slot in problem.jurors}
    fixed = [_seated(pin, slots[pin.juror].sectors[0]) for pin in pins if _has_one(pin, slots[pin.juror])]
    undecided = _by_submission(pin for pin in pins if not _has_one(pin, slots[pin.juror]))
    free: list[Pair] = []
    rules = {r.submission: problem.rule_of(r) for r in problem.submissions if r.submission in undecided}
    for submission, here in undecided.items():
        sitting = Counter(pin.sector for pin in fixed if pin.submission == submission)
        choices = product(*(sorted(slots[pin.juror].sectors) for pin in here))
        excess, choice = min((_excess(rules[submission], sitting + Counter(each)), each) for each in choices)
        if excess:
            fixed += [_seated(pin, sector) for pin, sector in zip(here, choice, strict=True)]
        else:
            free += here
    return fixed, free


def loosened(problem: Problem, pairs: Collection[Pair]) -> Problem:
    """The same problem in which these pairs are pinned no more."""
    loose = {(pair.submission, pair.juror) for pair in pairs}
    return replace(problem, pins=tuple(p for p in problem.pins if (p.submission, p.juror) not in loose))


def _has_one(pin: Pair, slot: JurorSlot) -> bool:
    return bool(pin.sector) or len(slot.sectors) == 1


def _seated(pin: Pair, sector: str) -> Pair:
    return pin if pin.sector else replace(pin, sector=sector)


def _by_submission(pins: Iterable[Pair]) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    for pin in pins:
        found.setdefault(pin.submission, []).append(pin)
    return found


def _excess(rule: PanelRule, sitting: Counter[str]) -> int:
    """By how many people this panel breaks its maximums and minimums, whoever may still come."""
    over = sum(max(0, n - rule.bounds(sector)[1]) for sector, n in sitting.items())
    missing = sum(max(0, rule.bounds(quota.sector)[0] - sitting[quota.sector]) for quota in rule.quotas)
    return over + max(0, sitting.total() + missing - rule.size)
