"""Problems to draw panels for, and a slow, obvious way of finding the best ones."""

from collections import Counter
from decimal import Decimal
from itertools import combinations, product
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from thinkia.domain.assignment import JurorSlot, Pair, PanelRequest, PanelRule, Problem, Quota

SECTORS = ("academia", "civil_society", "public")
FIVE = ("public", "academia", "civil_society", "private", "cooperation")


def examples(number):
    """So many examples, however busy the machine is."""
    patient = (HealthCheck.too_slow, HealthCheck.filter_too_much)
    return settings(max_examples=number, deadline=None, suppress_health_check=patient)


def requests(*submissions):
    return tuple(PanelRequest(submission) for submission in submissions)


def jurors(capacity=None, **sectors):
    """``jurors(ana="public", bea="public academia")``."""
    return tuple(JurorSlot(juror, tuple(of.split()), capacity) for juror, of in sectors.items())


def a_call(submissions=20, people=9, *, size=3, capacity=None, seed=1, **more):
    """A call like a real one: five sectors in turn, three of them required, 2 % conflicts, affinities at random."""
    random = Random(seed)
    names = [f"s{n:04}" for n in range(submissions)]
    slots = tuple(JurorSlot(f"j{n:03}", (FIVE[n % 5],), capacity) for n in range(people))
    pairs = [(name, slot.juror) for name in names for slot in slots]
    return Problem(
        rule=PanelRule(size, tuple(Quota(sector, 1 if n < 3 else 0, 2) for n, sector in enumerate(FIVE))),
        submissions=requests(*names),
        jurors=slots,
        affinities={pair: Decimal(random.randint(0, 100)) / 100 for pair in pairs},
        conflicts=frozenset(pair for pair in pairs if random.random() < 0.02),
        **more,
    )


@st.composite
def rules(draw):
    size = draw(st.integers(0, 3))
    quotas, reserved = [], 0
    for sector in draw(st.lists(st.sampled_from(SECTORS), unique=True)):
        least = draw(st.integers(0, size - reserved))
        reserved += least
        quotas.append(Quota(sector, least, draw(st.none() | st.integers(least, 3))))
    return PanelRule(size, tuple(quotas))


@st.composite
def small_problems(draw, *, submissions=3, people=6, several_sectors=True, pinned=False):
    names = "ABCDEFGH"[: draw(st.integers(1, submissions))]
    most = len(SECTORS) if several_sectors else 1
    sectors = st.lists(st.sampled_from(SECTORS), min_size=1, max_size=most, unique=True)
    slots = tuple(
        JurorSlot(f"j{n}", tuple(draw(sectors)), draw(st.none() | st.integers(0, 3)))
        for n in range(draw(st.integers(0, people)))
    )
    pairs = [(name, slot.juror) for name in names for slot in slots]
    some = st.sets(st.sampled_from(pairs), max_size=4) if pairs else st.just(set())
    affinity = st.integers(0, 10).map(lambda tenths: Decimal(tenths) / 10)
    return Problem(
        rule=draw(rules()),
        submissions=tuple(PanelRequest(name, draw(st.none() | rules())) for name in names),
        jurors=slots,
        affinities={pair: draw(affinity) for pair in pairs},
        conflicts=frozenset(draw(some)),
        bans=frozenset(draw(some)),
        pins=draw(_pins(names, slots)) if pinned else (),
        balance=draw(st.sampled_from([0, 700, 30_000])),
        seed=draw(st.integers(0, 3)),
    )


def _pins(names, slots):
    every = [Pair(name, slot.juror, sector) for name in names for slot in slots for sector in slot.sectors]
    if not every:
        return st.just(())
    unique = st.lists(st.sampled_from(every), max_size=3, unique_by=lambda pin: (pin.submission, pin.juror))
    return unique.map(tuple)


def standing(problem, plan):
    """How good a plan is: required seats first, then seats, then value. Higher is better."""
    required = sum(row.sector is not None for row in plan.shortfall)
    return -required, -len(plan.shortfall), plan.value


def best_standing(problem):
    """The best there is, by trying every panel of every submission (without pins)."""
    reached = {tuple(0 for _ in problem.jurors): (0, 0, 0)}
    for request in problem.submissions:
        panels = list(_panels(problem, request))
        further = {}
        for loads, so_far in reached.items():
            for taken, worth in panels:
                after = tuple(a + b for a, b in zip(loads, taken, strict=True))
                total = tuple(a + b for a, b in zip(so_far, worth, strict=True))
                if _within(problem, after) and total > further.get(after, (-99, 0, 0)):
                    further[after] = total
        reached = further
    return max(
        (required, empty, value - sum(problem.balance * n * (n - 1) // 2 for n in loads))
        for loads, (required, empty, value) in reached.items()
    )


def _within(problem, loads):
    return all(s.capacity is None or n <= s.capacity for s, n in zip(problem.jurors, loads, strict=True))


def _panels(problem, request):
    rule, name = problem.rule_of(request), request.submission
    free = [slot for slot in problem.jurors if not problem.forbids(name, slot.juror)]
    for n in range(min(rule.size, len(free)) + 1):
        for people in combinations(free, n):
            worth = [sum(int(10_000 * problem.affinities.get((name, p.juror), 0)) for p in people)]
            missing = [m for m in (_missing(rule, s) for s in _seatings(people)) if m is not None]
            if missing:
                taken = tuple(int(slot in people) for slot in problem.jurors)
                yield taken, (-min(missing), n - rule.size, *worth)


def _seatings(people):
    return (Counter(sectors) for sectors in product(*(slot.sectors for slot in people)))


def _missing(rule, seated):
    """Required seats that stay empty with so many of each sector, or None if the rule forbids it."""
    bounds = {sector: rule.bounds(sector) for sector in SECTORS}
    if any(seated[sector] > most for sector, (_, most) in bounds.items()):
        return None
    if sum(max(seated[sector], least) for sector, (least, _) in bounds.items()) > rule.size:
        return None
    return sum(max(0, least - seated[sector]) for sector, (least, _) in bounds.items())


@st.composite
def full_problems(draw, *, mixed=False, submissions=3, people=7):
    """Small problems with every kind of rule; ``mixed`` institutions sit for several sectors."""
    names = "ABCDE"[: draw(st.integers(1, submissions))]
    maybe = st.sampled_from(["", "", "es", "qu"])
    institution = st.sampled_from(["", "", "uni", "gad"])
    slots = []
    for n in range(draw(st.integers(0, people))):
        house = draw(institution)
        usual = draw(st.lists(st.sampled_from(SECTORS), min_size=1, max_size=2, unique=True))
        of = usual if mixed or not house else ["academia", "public"] if house == "uni" else ["public"]
        capacity = draw(st.none() | st.integers(0, 3))
        least = draw(st.integers(0, 2 if capacity is None else min(2, capacity)))
        languages = draw(st.sampled_from([(), (), ("es",), ("es", "qu")]))
        slots.append(JurorSlot(f"j{n}", tuple(of), capacity, least, house, languages))
    pairs = [(name, slot.juror) for name in names for slot in slots]
    some = st.sets(st.sampled_from(pairs), max_size=3) if pairs else st.just(set())
    tenths = {pair: Decimal(draw(st.integers(0, 10))) / 10 for pair in pairs}
    plain = draw(rules())
    rule = PanelRule(plain.size, plain.quotas, draw(st.sampled_from([0, 0, 1, 2])))
    sectors = {slot.juror: slot.sectors for slot in slots}
    conflicts = frozenset(draw(some))
    pins, taken = [], set()
    for name, juror in sorted(draw(some)):
        if name not in taken and rule.size and (name, juror) not in conflicts and juror not in taken:
            sector = "" if draw(st.booleans()) else sectors[juror][0]
            pins.append(Pair(name, juror, sector))
            taken |= {name, juror}
    return Problem(
        rule=rule,
        submissions=tuple(
            PanelRequest(name, language=draw(maybe), institution=draw(institution)) for name in names
        ),
        jurors=tuple(slots),
        affinities=tenths,
        conflicts=conflicts,
        pins=tuple(pins),
        balance=draw(st.sampled_from([0, 700, 30_000])),
    )
