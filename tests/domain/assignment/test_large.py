"""Large calls go another way: likely pairs first, then a look at all of them. The answer is the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.assignment.juries import a_call, examples, full_problems, requests, small_problems
from thinkia.domain.assignment import JurorSlot, PanelRule, Problem, Quota, preflight, pruning, solve, verify


@pytest.fixture
def pruned(monkeypatch):
    monkeypatch.setattr(pruning, "_FEW_PAIRS", 0)


@pytest.mark.parametrize("balance", [0, 40, 50_000])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pruned_panels_are_proved_best_over_all_pairs(monkeypatch, balance, seed):
    problem = a_call(150, 60, size=4, capacity=14, seed=seed, balance=balance)
    whole = solve(problem)
    monkeypatch.setattr(pruning, "_FEW_PAIRS", 0)
    plan = solve(problem)
    assert (plan.value, len(plan.shortfall), plan.certified) == (whole.value, len(whole.shortfall), True)
    assert verify(problem, plan.pairs) == ()


def test_pairs_that_the_first_guess_left_out_come_back(monkeypatch):
    """Started with no pair at all, the search still ends at the best plan."""
    problem = a_call(40, 20, size=3, capacity=9)
    best = solve(problem)
    monkeypatch.setattr("thinkia.domain.assignment.flow.likely_pairs", lambda of, ties: of.allowed & False)
    monkeypatch.setattr("thinkia.domain.assignment.flow._MOST_ROUNDS", 1_000)
    plan = solve(problem)
    assert (plan.value, plan.certified) == (best.value, True)


def test_a_search_cut_short_is_not_called_proved(monkeypatch):
    problem = a_call(40, 20, size=3, capacity=9)
    best = solve(problem)
    monkeypatch.setattr("thinkia.domain.assignment.flow.likely_pairs", lambda of, ties: of.allowed & False)
    monkeypatch.setattr("thinkia.domain.assignment.flow._MOST_ROUNDS", 1)
    plan = solve(problem)
    assert not plan.certified
    assert len(plan.shortfall) > len(best.shortfall)


@examples(40)
@given(full_problems())
def test_every_rule_survives_pruning(problem):
    whole = solve(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pruning, "_FEW_PAIRS", 0)
        plan = solve(problem)
    assert (plan.value, len(plan.shortfall), plan.certified) == (whole.value, len(whole.shortfall), True)


def test_a_sector_that_can_read_too_little_leaves_exactly_the_missing_seats_empty(pruned):
    """Ten can read 4 each, the rules ask for 52: 12 seats stay empty and no more, as preflight says."""
    rule = PanelRule(2, (Quota("academia", 1, 1), Quota("public", 1)))
    academics = [JurorSlot(f"a{n:02}", ("academia",), 4) for n in range(10)]
    others = [JurorSlot(f"p{n:02}", ("public",), 30) for n in range(4)]
    problem = Problem(rule, requests(*(f"s{n:02}" for n in range(52))), (*academics, *others))
    plan = solve(problem)
    (cause,) = [each for each in preflight(problem) if each.sector == "academia"]
    assert (cause.available, cause.needed) == (40, 52)
    assert [row.sector for row in plan.shortfall] == ["academia"] * 12
    assert plan.certified


def test_a_thousand_submissions_and_two_hundred_jurors_are_proved_best():
    problem = a_call(1_000, 200, size=4, capacity=26)
    plan = solve(problem)
    assert plan.certified
    assert verify(problem, plan.pairs) == ()


# Connection


def test_of_two_plans_of_equal_value_the_connected_one_is_preferred():
    """Two readers each, nobody better than anybody else: panels are linked if they can be."""
    problem = Problem(
        PanelRule(2),
        requests("A", "B", "C", "D"),
        tuple(JurorSlot(f"j{n}", ("public",), 2) for n in range(4)),
    )
    assert all(solve(replace(problem, seed=seed)).connected for seed in range(8))


def test_connection_never_costs_value():
    """J0 and j1 suit A and B alone; linking the panels would cost, so the plan says that it is not linked."""
    problem = Problem(
        PanelRule(1), requests("A", "B"), tuple(JurorSlot(f"j{n}", ("public",), 1) for n in range(2))
    )
    assert not solve(problem).connected


@examples(30)
@given(small_problems(several_sectors=False), st.integers(0, 5))
def test_the_seed_changes_neither_value_nor_proof(problem, seed):
    one, other = solve(problem), solve(replace(problem, seed=seed))
    assert (one.value, one.certified) == (other.value, other.certified)
