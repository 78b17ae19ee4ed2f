"""Panels of several groups of evaluators: each group's part by its own rule, proved best together."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.assignment.juries import best_standing, examples, jurors, requests, standing
from thinkia.domain.assignment import CauseKind as C
from thinkia.domain.assignment import (
    JurorSlot,
    Pair,
    PanelRule,
    Problem,
    Quota,
    Verdict,
    drawn_by_hand,
    empty_seats,
    explain,
    newly_broken,
    preflight,
    repair,
    solve,
    verify,
    worthwhile_reseat,
)
from thinkia.domain.assignment import ShortfallReason as S
from thinkia.domain.assignment import ViolationKind as K

USERS = ("u1", "u2", "u3")
JURY_OF_TWO = PanelRule(2, (Quota("public", 1), Quota("academia", 1)))


def of_group(group, slots):
    return tuple(replace(slot, group=group) for slot in slots)


def two_groups(submissions=("A", "B", "C"), users=USERS, **more):
    """Two of the jury, one of each sector, and one user read each proposal."""
    people = of_group("jury", jurors(ana="public", bea="public", caro="academia", dani="academia"))
    people += of_group("users", jurors(**dict.fromkeys(users, "civil_society")))
    groups = {"jury": JURY_OF_TWO, "users": PanelRule(1)}
    return Problem(PanelRule(3), requests(*submissions), people, groups=groups, **more).levelled()


def test_each_group_fills_its_own_part_of_every_panel():
    problem = two_groups()
    plan = solve(problem)
    for name in "ABC":
        panel = sorted(pair.sector for pair in plan.pairs if pair.submission == name)
        assert panel == ["academia", "civil_society", "public"]
    assert plan.certified
    assert (plan.shortfall, verify(problem, plan.pairs)) == ((), ())
    assert sorted(plan.loads[user] for user in USERS) == [1, 1, 1]
    assert sorted(plan.prices) == sorted(slot.juror for slot in problem.jurors)


def groups_as_sectors(problem):
    """The same without groups, where each group is a sector that sends exactly its number."""
    names = {"jury": "academia", "users": "public"}
    quotas = tuple(Quota(names[code], rule.size, rule.size) for code, rule in problem.groups.items())
    size = sum(rule.size for rule in problem.groups.values())
    slots = tuple(replace(slot, sectors=(names[slot.group],), group="") for slot in problem.jurors)
    pins = tuple(replace(pin, sector="") for pin in problem.pins)
    return replace(problem, rule=PanelRule(size, quotas), jurors=slots, pins=pins, groups={})


@examples(60)
@given(st.integers(0, 10**6))
def test_groups_without_quotas_are_as_good_as_sectors_that_send_exactly_their_number(seed):
    random = Random(seed)
    names = "ABCD"[: random.randint(1, 4)]
    slots = tuple(
        JurorSlot(f"j{n}", ("public",), random.choice([None, 1, 2]), group=random.choice(["jury", "users"]))
        for n in range(random.randint(0, 7))
    )
    pairs = [(name, slot.juror) for name in names for slot in slots]
    problem = Problem(
        PanelRule(0),
        requests(*names),
        slots,
        {pair: Decimal(random.randint(0, 10)) / 10 for pair in pairs},
        conflicts=frozenset(pair for pair in pairs if random.random() < 0.15),
        balance=random.choice([0, 700, 30_000]),
        groups={"jury": PanelRule(random.randint(1, 2)), "users": PanelRule(1)},
    )
    alike = groups_as_sectors(problem)
    together, apart = solve(alike), solve(problem)
    assert (len(apart.shortfall), apart.value) == (len(together.shortfall), together.value)
    assert (apart.certified, apart.upper_bound) == (True, apart.value)
    assert standing(alike, together) == best_standing(alike)
    assert all(each.is_gap for each in verify(problem, apart.pairs))


def test_what_a_group_lacks_is_said_of_that_group():
    problem = two_groups(users=())
    assert [(cause.kind, cause.needed, cause.available, cause.group) for cause in preflight(problem)] == [
        (C.JURY_PEOPLE, 1, 0, "users"),
        (C.JURY_READINGS, 3, 0, "users"),
    ]
    rows = solve(problem).shortfall
    assert [(row.submission, row.sector, row.reason, row.group) for row in rows] == [
        (name, None, S.FEW_JURORS, "users") for name in "ABC"
    ]


def test_nobody_takes_a_seat_of_another_group():
    problem = two_groups()
    before = solve(problem).pairs
    user = next(pair for pair in before if pair.submission == "A" and pair.sector == "civil_society")
    another = next(
        slot.juror for slot in problem.jurors if slot.group == "users" and slot.juror != user.juror
    )
    (broken,) = newly_broken(problem, before, (*before, Pair("A", another, "civil_society")))
    assert (broken.kind, broken.found, broken.limit, broken.group) == (K.OVER_SIZE, 2, 1, "users")
    told = explain(problem, drawn_by_hand(problem, before), "A", another)
    assert (told.verdict, told.other) in {(Verdict.DEARER, user.juror), (Verdict.FREE, user.juror)}
    vacant = tuple(pair for pair in before if pair != user)
    (seat,) = empty_seats(problem, vacant)
    assert (seat.submission, seat.group, seat.reason) == ("A", "users", S.AVAILABLE)


def test_a_vacancy_is_filled_from_the_same_group_also_when_its_juror_is_gone():
    problem = two_groups()
    before = solve(problem).pairs
    lost = next(pair for pair in before if pair.submission == "A" and pair.juror in USERS)
    elsewhere = next(
        pair for pair in before if (pair.submission == "B" and pair.juror == "ana") or pair.juror == "bea"
    )
    gone = replace(problem, jurors=tuple(slot for slot in problem.jurors if slot.juror != lost.juror))
    kept = tuple(pair for pair in before if pair.juror != lost.juror)
    theirs = tuple(pair for pair in before if pair.juror == lost.juror)
    found = repair(gone, (*kept, *theirs), theirs, left={lost.juror: "users"})
    came = set(found.pairs) - set(kept)
    assert {pair.submission for pair in came} == {pair.submission for pair in theirs}
    assert all(pair.juror in USERS for pair in came)
    # a seat of the jury that was vacant before is not what fell vacant among the users
    thinner = tuple(pair for pair in kept if pair != elsewhere)
    again = repair(gone, (*thinner, *theirs), theirs, left={lost.juror: "users"})
    assert {pair.juror for pair in set(again.pairs) - set(thinner)} <= set(USERS)


def test_a_reseat_moves_people_of_the_group_that_lacks_somebody_alone():
    people = of_group("jury", jurors(ana="public", bea="public"))
    people += of_group("users", jurors(capacity=1, u1="civil_society", u2="civil_society"))
    groups = {"jury": PanelRule(1), "users": PanelRule(1)}
    seated = (Pair("A", "ana", "public"), Pair("B", "bea", "public"), Pair("A", "u1", "civil_society"))
    problem = Problem(
        PanelRule(2), requests("A", "B"), people, bans=frozenset({("B", "u2")}), pins=seated, groups=groups
    ).levelled()
    found = worthwhile_reseat(problem, seated, ())
    assert found.moved == (Pair("A", "u1", "civil_society"),)
    assert {(pair.submission, pair.juror) for pair in found.plan.pairs} == {
        ("A", "ana"),
        ("B", "bea"),
        ("A", "u2"),
        ("B", "u1"),
    }
    assert worthwhile_reseat(problem, seated, seated) is None


def test_a_problem_without_groups_keeps_its_fingerprint_and_its_plan():
    plain = Problem(JURY_OF_TWO, requests("A"), jurors(ana="public", caro="academia"))
    assert plain.fingerprint() == "3e83c1b3e784c89b6aa7c45aa294392c772a0f45cbb7ccbfea986937497e29b7"
    named = Problem(PanelRule(2), requests("A"), of_group("jury", plain.jurors), groups={"jury": JURY_OF_TWO})
    assert named.fingerprint() != plain.fingerprint()
    assert solve(named).pairs == solve(plain).pairs
    with pytest.raises(ValueError, match="of one of the groups"):
        replace(named, jurors=plain.jurors)
