from dataclasses import replace
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from tests.domain.assignment.juries import (
    a_call,
    best_standing,
    examples,
    jurors,
    requests,
    rules,
    small_problems,
    standing,
)
from thinkia.domain.assignment import (
    JurorSlot,
    Pair,
    PanelRequest,
    PanelRule,
    Problem,
    Quota,
    Shortfall,
    ShortfallReason,
    preflight,
    solve,
    verify,
)

ONE_OF_EACH = PanelRule(2, (Quota("public", 1), Quota("academia", 1)))


@examples(100)
@given(small_problems())
def test_no_plan_found_by_trying_them_all_is_better(problem):
    plan = solve(problem)
    assert standing(problem, plan) == best_standing(problem)
    assert plan.certified
    assert plan.upper_bound == plan.value
    assert ShortfallReason.AVAILABLE not in {row.reason for row in plan.shortfall}


@examples(60)
@given(small_problems(pinned=True))
def test_a_plan_breaks_no_rule_but_those_its_pins_break(problem):
    plan = solve(problem)
    broken = [violation.kind for violation in verify(problem, plan.pairs) if not violation.is_gap]
    alone = [violation.kind for violation in verify(problem, problem.held_pins()) if not violation.is_gap]
    assert broken == alone
    assert plan.certified
    assert all(price >= 0 for price in plan.prices.values())


@examples(20)
@given(st.integers(0, 10_000))
def test_the_linear_programme_of_another_solver_has_the_same_value(seed):
    problem = a_call(8, 10, seed=seed, capacity=4)
    plan = solve(problem)
    assert plan.value - _penalty(plan) == round(_linear_optimum(problem))


def _penalty(plan):
    return 10**7 * sum(1 if row.sector is None else 2 for row in plan.shortfall)


def _linear_optimum(problem):
    """The relaxation in full: a variable a pair, a variable a kind of empty seat."""
    of_sector = {slot.juror: slot.sectors[0] for slot in problem.jurors}
    names = [request.submission for request in problem.submissions]
    pairs = [(s, j) for s in names for j in of_sector if not problem.forbids(s, j)]
    required = [(s, quota.sector) for s in names for quota in problem.rule.quotas if quota.least]
    gains = [10_000 * float(problem.affinities[pair]) for pair in pairs]
    cost = [-gain for gain in gains] + [2 * 10**7] * len(required) + [10**7] * len(names)
    seats = [
        [s == name for s, _ in pairs] + [s == name for s, _ in required] + [n == name for n in names]
        for name in names
    ]
    at_least = [
        [-(s == name and of_sector[j] == c) for s, j in pairs]
        + [-(row == (name, c)) for row in required]
        + [0] * len(names)
        for name, c in required
    ]
    at_most = [
        [s == name and of_sector[j] == q.sector for s, j in pairs] + [0] * (len(required) + len(names))
        for name in names
        for q in problem.rule.quotas
    ]
    loads = [
        [j == slot.juror for _, j in pairs] + [0] * (len(required) + len(names)) for slot in problem.jurors
    ]
    above = [-1] * len(required) + [2] * len(at_most) + [slot.capacity for slot in problem.jurors]
    found = linprog(
        cost,
        A_ub=np.array(at_least + at_most + loads, float),
        b_ub=above,
        A_eq=np.array(seats, float),
        b_eq=[problem.rule.size] * len(names),
        bounds=[(0, 1)] * (len(pairs) + len(required)) + [(0, None)] * len(names),
    )
    return -found.fun


@examples(20)
@given(small_problems(pinned=True), st.randoms(use_true_random=False))
def test_renaming_everybody_leaves_the_value(problem, random):
    names = [request.submission for request in problem.submissions]
    people = [slot.juror for slot in problem.jurors]
    new = dict(zip(names, random.sample(names, len(names)), strict=True))
    new |= dict(zip(people, random.sample(people, len(people)), strict=True))

    def renamed(pairs):
        return frozenset((new[s], new[j]) for s, j in pairs)

    other = replace(
        problem,
        submissions=tuple(replace(r, submission=new[r.submission]) for r in problem.submissions),
        jurors=tuple(replace(slot, juror=new[slot.juror]) for slot in problem.jurors),
        affinities={(new[s], new[j]): value for (s, j), value in problem.affinities.items()},
        conflicts=renamed(problem.conflicts),
        bans=renamed(problem.bans),
        pins=tuple(Pair(new[pin.submission], new[pin.juror], pin.sector) for pin in problem.pins),
    )
    assert standing(other, solve(other)) == standing(problem, solve(problem))


@examples(20)
@given(small_problems(people=5), st.data())
def test_a_further_conflict_never_makes_a_plan_better(problem, data):
    some = st.sampled_from(sorted(problem.affinities) or [("A", "j0")])
    worse = replace(problem, conflicts=problem.conflicts | {data.draw(some)})
    assert standing(worse, solve(worse)) <= standing(problem, solve(problem))


@examples(20)
@given(small_problems(people=5))
def test_less_capacity_never_makes_a_plan_better(problem):
    before = [3 if slot.capacity is None else slot.capacity for slot in problem.jurors]
    lowered = [replace(slot, capacity=max(0, n - 1)) for slot, n in zip(problem.jurors, before, strict=True)]
    worse = replace(problem, jurors=(*lowered[:2], *problem.jurors[2:]))
    assert standing(worse, solve(worse)) <= standing(problem, solve(problem))


@examples(20)
@given(small_problems(people=5))
def test_a_further_juror_never_makes_a_plan_worse(problem):
    better = replace(problem, jurors=(*problem.jurors, JurorSlot("new", ("public",))))
    assert standing(better, solve(better)) >= standing(problem, solve(problem))


@pytest.mark.parametrize("seed", [0, 7, 2**40])
@pytest.mark.parametrize(
    "balance", [1, 10**13]
)  # so dear that no room is left to tell equals apart by the seed
def test_the_order_of_rows_changes_nothing(seed, balance):
    problem = replace(a_call(seed=3), seed=seed, balance=balance, affinities={})
    random = Random(seed)
    shuffled = replace(
        problem,
        submissions=tuple(random.sample(problem.submissions, len(problem.submissions))),
        jurors=tuple(random.sample(problem.jurors, len(problem.jurors))),
    )
    assert shuffled != problem
    assert solve(shuffled) == solve(problem)


def test_two_runs_give_the_same_plan():
    assert solve(a_call(30, 12)) == solve(a_call(30, 12))


def test_the_seed_chooses_among_equally_good_plans_only():
    equal = replace(a_call(), affinities={}, balance=1)
    plans = [solve(replace(equal, seed=seed)) for seed in range(5)]
    assert len({plan.pairs for plan in plans}) > 1
    assert len({plan.value for plan in plans}) == 1
    assert len({plan.input_sha256 for plan in plans}) == 5


def test_a_juror_with_a_conflict_never_gets_the_proposal():
    tempting = Problem(
        rule=PanelRule(1),
        submissions=requests("A"),
        jurors=jurors(ana="public", bea="public"),
        affinities={("A", "ana"): Decimal(1)},
    )
    assert solve(tempting).pairs == (Pair("A", "ana", "public"),)
    assert solve(replace(tempting, conflicts=frozenset({("A", "ana")}))).pairs == (
        Pair("A", "bea", "public"),
    )
    assert solve(replace(tempting, bans=frozenset({("A", "ana")}))).pairs == (Pair("A", "bea", "public"),)


def test_a_conflict_is_stronger_than_a_pin():
    problem = Problem(
        rule=PanelRule(1),
        submissions=requests("A"),
        jurors=jurors(ana="public"),
        conflicts=frozenset({("A", "ana")}),
        pins=(Pair("A", "ana", "public"),),
    )
    assert solve(problem).pairs == ()


def test_a_pin_stays_although_somebody_else_would_be_better():
    problem = Problem(
        rule=PanelRule(1),
        submissions=requests("A", "B"),
        jurors=jurors(ana="public", bea="public", capacity=1),
        affinities={("A", "ana"): Decimal(1), ("B", "bea"): Decimal(1)},
        pins=(Pair("A", "bea", "public"),),
    )
    assert solve(problem).pairs == (Pair("A", "bea", "public"), Pair("B", "ana", "public"))
    assert solve(replace(problem, pins=())).pairs == (Pair("A", "ana", "public"), Pair("B", "bea", "public"))


def test_a_sector_that_cannot_read_enough_leaves_exactly_its_deficit_empty():
    people = jurors(ana="public", bea="public", carla="private") + jurors(eva="academia", capacity=13)
    problem = Problem(ONE_OF_EACH, requests(*(f"s{n}" for n in range(20))), people)
    plan = solve(problem)
    (cause,) = preflight(problem)
    assert (cause.sector, cause.needed, cause.available) == ("academia", 20, 13)
    assert [(row.sector, row.reason) for row in plan.shortfall] == [
        ("academia", ShortfallReason.CAPACITY)
    ] * 7
    assert plan.certified


def test_a_reserved_seat_stays_empty_rather_than_going_to_another_sector():
    problem = Problem(ONE_OF_EACH, requests("A"), jurors(ana="public", bea="public"))
    assert len(solve(problem).pairs) == 1
    assert solve(problem).shortfall == (Shortfall("A", "academia", ShortfallReason.FEW_JURORS),)


def test_the_sector_of_a_pair_is_the_one_the_juror_sits_for():
    problem = Problem(
        ONE_OF_EACH, requests("A", "B"), jurors(ana="academia public", bea="academia", carla="public")
    )
    plan = solve(replace(problem, affinities={("A", "ana"): Decimal(1), ("A", "bea"): Decimal(1)}))
    assert {pair for pair in plan.pairs if pair.submission == "A"} == {
        Pair("A", "ana", "public"),
        Pair("A", "bea", "academia"),
    }


def test_a_submission_may_have_a_panel_of_its_own_kind():
    problem = Problem(
        PanelRule(1),
        (PanelRequest("A"), PanelRequest("B", PanelRule(3, (Quota("academia", 2),)))),
        jurors(ana="academia", bea="academia", carla="public", dora="public"),
    )
    panel = [pair.sector for pair in solve(problem).pairs if pair.submission == "B"]
    assert (len(panel), len(solve(problem).pairs)) == (3, 4)
    assert panel.count("academia") >= 2


def test_loads_are_as_level_as_the_rules_allow_when_asked():
    problem = replace(a_call(20, 10, size=6), conflicts=frozenset())
    assert set(solve(problem).loads.values()) != {12}
    levelled = solve(problem.levelled())
    assert set(levelled.loads.values()) == {12}
    assert levelled.affinity_value < solve(problem).affinity_value
    assert levelled.value == levelled.affinity_value - 10 * (10_000 * 10 + 1) * 66


@examples(15)
@given(small_problems(people=5))
def test_affinity_never_buys_a_less_level_plan(problem):
    level, blind = solve(problem.levelled()), solve(replace(problem, affinities={}, balance=1))
    assert sum(n * n for n in level.loads.values()) == sum(n * n for n in blind.loads.values())


def test_a_plan_says_whether_shared_jurors_link_all_submissions():
    apart = Problem(PanelRule(1), requests("A", "B"), jurors(ana="public", bea="public", capacity=1))
    assert not solve(apart).connected
    together = replace(apart, jurors=jurors(ana="public", capacity=2))
    assert solve(together).connected


@examples(15)
@given(rules())
def test_a_call_without_jurors_has_every_seat_empty(rule):
    plan = solve(Problem(rule, requests("A", "B"), ()))
    assert (plan.pairs, len(plan.shortfall), plan.certified) == ((), 2 * rule.size, True)


def test_a_call_without_submissions_has_an_empty_plan():
    plan = solve(Problem(ONE_OF_EACH, (), jurors(ana="public")))
    assert (plan.pairs, plan.shortfall, plan.value, plan.certified) == ((), (), 0, True)


@pytest.mark.parametrize("balance", [0, 250, None])
def test_two_hundred_proposals_and_twenty_jurors(balance):
    problem = a_call(200, 20, size=4, capacity=52)
    problem = problem.levelled() if balance is None else replace(problem, balance=balance)
    plan = solve(problem)
    assert verify(problem, plan.pairs) == ()
    assert (len(plan.pairs), plan.shortfall) == (800, ())
    assert plan.certified
    assert plan.upper_bound == plan.value
    assert plan.connected


def test_a_balance_beyond_whole_numbers_is_refused_rather_than_wrong():
    with pytest.raises(OverflowError):
        solve(a_call(balance=10**18))
