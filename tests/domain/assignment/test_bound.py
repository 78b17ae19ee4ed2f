from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.domain.assignment.juries import a_call, examples, jurors, requests, small_problems
from thinkia.domain.assignment import PanelRule, Problem, Quota, solve, upper_bound


@examples(60)
@given(small_problems(pinned=True), st.lists(st.integers(-5_000, 60_000), min_size=6, max_size=6))
def test_no_prices_give_a_bound_below_the_plan(problem, prices):
    plan = solve(problem)
    some = dict(zip(sorted(plan.loads), prices, strict=False))
    assert upper_bound(problem, some, plan.shortfall) >= plan.value


@examples(15)
@given(small_problems(), st.integers(0, 2**50))
def test_absurd_prices_are_borne(problem, price):
    plan = solve(problem)
    everybody = dict.fromkeys(plan.loads, price)
    assert upper_bound(problem, everybody, plan.shortfall) >= plan.value


def test_the_prices_of_a_plan_prove_it_to_anybody():
    problem = a_call(50, 15, size=4, capacity=20, balance=300)
    plan = solve(problem)
    assert plan.shortfall == ()
    assert upper_bound(problem, plan.prices) == plan.value
    assert upper_bound(problem, {}) > plan.value


def test_the_bound_by_hand():
    """Both want ana, who has time for one; bea would do either at .3. Best is .9 + .3."""
    problem = Problem(
        PanelRule(1, (Quota("public", 1),)),
        requests("A", "B"),
        jurors(ana="public", bea="public", capacity=1),
        affinities={
            ("A", "ana"): Decimal("0.9"),
            ("B", "ana"): Decimal("0.8"),
            ("A", "bea"): Decimal("0.3"),
            ("B", "bea"): Decimal("0.3"),
        },
    )
    assert solve(problem).value == 12_000
    assert upper_bound(problem, {}) == 17_000
    assert upper_bound(problem, {"ana": -1_000}) == 17_000
    assert upper_bound(problem, {"ana": 5_000}) == 4_000 + 3_000 + 5_000
    assert upper_bound(problem, {"ana": 6_000}) == 3_000 + 3_000 + 6_000
    assert upper_bound(problem, {"ana": 7_000}) == 3_000 + 3_000 + 7_000


@examples(15)
@given(small_problems())
def test_a_plan_that_is_not_the_best_is_not_certified(problem):
    """The certificate can fail: the same prices do not prove a plan with one affinity lowered."""
    plan = solve(problem)
    assume(plan.pairs)
    pair = plan.pairs[0]
    key = (pair.submission, pair.juror)
    assume(problem.affinities[key] > 0)
    poorer = replace(problem, affinities={**problem.affinities, key: Decimal(0)})
    less = plan.value - int(10_000 * problem.affinities[key])
    assert upper_bound(poorer, plan.prices, plan.shortfall) >= less
    if solve(poorer).value > less and solve(poorer).shortfall == plan.shortfall:
        assert upper_bound(poorer, plan.prices, plan.shortfall) > less
