"""Why a panel is as it is: each of its people, and everybody else, against the rules and the whole plan."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple, Protocol, Self

from thinkia.domain.assignment import (
    Explanation,
    Pair,
    Problem,
    Violation,
    ViolationKind,
    explain,
    newly_broken,
)
from thinkia.domain.bids import Liking
from thinkia.domain.sectors import in_ring_order
from thinkia.jury.models import Plan
from thinkia.jury.wording.seats import IN_THE_WAY, Reasons, Standing, can_replace, why_not_words, why_words

SHOWN = 25  # people of a sector who do not sit; the form offers all


class Panels(Protocol):
    """What is explained: a plan, or the panels in force."""

    @property
    def seats(self) -> tuple[Pair, ...]: ...

    @property
    def prices(self) -> Mapping[str, int]: ...

    @property
    def is_certified(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class InForce:
    """The panels as they stand, with the prices of the plan that was applied last.

    They are certified only where one plan made all of them and nobody has left or come since.
    """

    seats: tuple[Pair, ...]
    prices: Mapping[str, int]
    is_certified: bool

    @classmethod
    def of(cls, seats: tuple[Pair, ...], plans: Sequence[Plan]) -> Self:
        prices = plans[0].prices if plans else {}
        (only,) = plans if len(plans) == 1 else (None,)
        whole = only is not None and only.is_certified and frozenset(only.seats) == frozenset(seats)
        return cls(seats, prices, whole)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What an explanation needs of the plan."""

    pairs: tuple[Pair, ...]
    loads: Mapping[str, int]
    prices: Mapping[str, int]


class Absent(NamedTuple):
    """Somebody who does not sit here; ``leaves`` is for whom a button could put him or her in."""

    juror: str
    words: str
    can_come: bool
    leaves: str


@dataclass(frozen=True)
class PanelReasons:
    """The people of one panel and everybody else, with what explains them."""

    problem: Problem  # of this panel alone: looking at everybody stays quick in a large call
    submission: str
    here: tuple[Pair, ...]
    explained: Mapping[str, Explanation]
    told: Reasons

    @classmethod
    def of(
        cls,
        problem: Problem,
        plan: Panels,
        code: str,
        names: Mapping[str, str],
        likings: Mapping[str, Liking] | None = None,
    ) -> Self:
        one = _of_one_panel(problem, code)
        here = tuple(pair for pair in plan.seats if pair.submission == code)
        drawn = _Drawn(here, Counter(pair.juror for pair in plan.seats), plan.prices)
        explained = {slot.juror: explain(one, drawn, code, slot.juror) for slot in one.jurors}
        told = _reasons(one, plan, code, drawn, explained, names)
        return cls(one, code, here, explained, replace(told, likings=likings))

    @property
    def names(self) -> Mapping[str, str]:
        return self.told.names

    def why(self, juror: str, sector: str) -> list[str]:
        """Why somebody sits here; nothing where what the plan was made from has changed."""
        explanation = self.explained.get(juror)
        return why_words(explanation, juror, sector, self.told) if explanation else []

    @property
    def absent(self) -> list[tuple[str, Standing]]:
        """Everybody who could be asked and does not sit here, by sector and name."""
        sitting = {pair.juror for pair in self.here}
        people = [(juror, one) for juror, one in self.told.people.items() if juror not in sitting]
        order = {sector: n for n, sector in enumerate(in_ring_order({one.sector for _, one in people}))}
        groups = list(self.problem.parts)

        def place(each: tuple[str, Standing]) -> tuple[int, int, str]:
            juror, one = each
            return groups.index(one.group), order[one.sector], self.names.get(juror, "")

        return sorted(people, key=place)

    def why_not(self) -> Iterator[tuple[str, str, list[Absent], int]]:
        """Group by group and sector by sector: who would come first, with the reason, and how many more."""
        by_seat: dict[tuple[str, str], list[str]] = {}
        for juror, person in self.absent:
            by_seat.setdefault((person.group, person.sector), []).append(juror)
        for (group, sector), people in by_seat.items():
            people.sort(key=self._distance)
            yield (
                group,
                sector,
                [self._absent(juror) for juror in people[:SHOWN]],
                max(0, len(people) - SHOWN),
            )

    def broken_by(self, juror: str) -> Violation | None:
        """The first rule that this person on this panel would break, if nobody left."""
        person = self.told.people[juror]
        if person.is_full:
            kind, found = ViolationKind.OVER_CAPACITY, person.load + 1
            return Violation(kind, juror=juror, found=found, limit=person.most)
        unlimited = replace(self.problem, jurors=self._without_limits, pins=())
        slot = next(slot for slot in unlimited.jurors if slot.juror == juror)
        ways = ((*self.here, Pair(self.submission, juror, sector)) for sector in slot.sectors)
        broken = [newly_broken(unlimited, self.here, after) for after in ways]
        return broken[0][0] if all(broken) else None

    @property
    def _without_limits(self) -> tuple:
        return tuple(replace(slot, capacity=None, least=0) for slot in self.problem.jurors)

    def _absent(self, juror: str) -> Absent:
        explanation = self.explained[juror]
        words = why_not_words(explanation, juror, self.told)
        return Absent(juror, words, can_replace(explanation, juror, self.told), explanation.other or "")

    def _distance(self, juror: str) -> tuple[bool, int, str]:
        """Those whom no rule keeps away come first, the nearest to a seat before the others."""
        explanation = self.explained[juror]
        return not can_replace(explanation, juror, self.told), explanation.loss, self.names.get(juror, "")


def _of_one_panel(problem: Problem, code: str) -> Problem:
    """The problem of one submission alone."""
    return replace(
        problem,
        submissions=tuple(request for request in problem.submissions if request.submission == code),
        pins=tuple(pin for pin in problem.pins if pin.submission == code),
    )


def _reasons(
    problem: Problem,
    plan: Panels,
    code: str,
    drawn: _Drawn,
    explained: Mapping[str, Explanation],
    names: Mapping[str, str],
) -> Reasons:
    people = {
        slot.juror: Standing(
            slot.sectors[0],
            drawn.loads.get(slot.juror, 0),
            slot.capacity,
            problem.affinities.get((code, slot.juror), Decimal(0)),
            slot.group,
        )
        for slot in problem.jurors
    }
    loads: dict[tuple[str, str], list[int]] = {}
    free = Counter[tuple[str, str]]()
    for slot in problem.jurors:
        for sector in slot.sectors:
            loads.setdefault((slot.group, sector), []).append(people[slot.juror].load)
            free[slot.group, sector] += explained[slot.juror].verdict not in IN_THE_WAY
    return Reasons(
        people=people,
        names=names,
        least={
            (group, quota.sector): quota.least
            for group, part in problem.parts.items()
            for quota in part.rule.quotas
        },
        loads={seat: (min(each), max(each)) for seat, each in loads.items()},
        topics=bool(problem.affinities),
        proved=plan.is_certified,
        may_read=free,
    )
