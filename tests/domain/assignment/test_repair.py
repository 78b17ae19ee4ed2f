from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.assignment.juries import a_call, examples, jurors, requests, small_problems
from thinkia.domain.assignment import (
    Pair,
    PanelRule,
    Problem,
    Quota,
    Shortfall,
    ShortfallReason,
    repair,
    solve,
    verify,
)


def of(juror, pairs):
    return [pair for pair in pairs if pair.juror == juror]


def test_only_the_seats_of_a_juror_who_leaves_change_hands():
    problem = a_call(60, 20, capacity=30, size=4)
    before = solve(problem)
    left = of("j000", before.pairs)
    without = replace(problem, jurors=tuple(slot for slot in problem.jurors if slot.juror != "j000"))
    after = repair(without, before.pairs)
    assert left
    assert set(before.pairs) - set(after.pairs) == set(left)
    assert verify(without, after.pairs) == ()
    assert sorted(p.submission for p in set(after.pairs) - set(before.pairs)) == [p.submission for p in left]
    assert after.certified
    assert after.value <= solve(without).value


def test_a_pair_that_was_dropped_is_not_offered_again():
    problem = Problem(PanelRule(1), requests("A"), jurors(ana="public", bea="public"),
                      affinities={("A", "ana"): Decimal(1)})  # fmt: skip
    before = solve(problem).pairs
    assert before == (Pair("A", "ana", "public"),)
    assert repair(problem, before, before).pairs == (Pair("A", "bea", "public"),)


def test_a_new_conflict_vacates_a_seat_by_itself():
    problem = Problem(PanelRule(1), requests("A", "B"), jurors(ana="public", bea="public", capacity=1))
    before = solve(problem).pairs
    lost = before[0]
    people = jurors(ana="public", bea="public", carla="academia", capacity=1)
    recused = replace(problem, jurors=people, conflicts=frozenset({(lost.submission, lost.juror)}))
    assert set(repair(recused, before).pairs) == {Pair(lost.submission, "carla", "academia"), before[1]}


def test_a_seat_that_was_empty_before_is_left_and_said_to_be_free_now():
    problem = Problem(PanelRule(1), requests("A", "B"), jurors(ana="public", bea="public", capacity=1))
    before = (Pair("A", "ana", "public"),)
    after = repair(problem, before, before)
    assert after.pairs == (Pair("A", "bea", "public"),)
    assert after.shortfall == (Shortfall("B", None, ShortfallReason.AVAILABLE),)


def test_a_sector_with_nobody_else_stays_empty_with_its_reason():
    problem = Problem(
        PanelRule(1, (Quota("public", 1),)), requests("A"), jurors(ana="public", bea="academia")
    )
    before = solve(problem).pairs
    assert repair(problem, before, before).shortfall == (Shortfall("A", "public", ShortfallReason.CONFLICTS),)


@examples(50)
@given(small_problems(pinned=True), st.data())
def test_nobody_moves_but_those_who_leave(problem, data):
    before = solve(problem).pairs
    dropped = data.draw(st.sets(st.sampled_from(before), max_size=2)) if before else set()
    after = repair(problem, before, dropped)
    assert set(before) - set(after.pairs) == set(dropped)
    assert {p.submission for p in set(after.pairs) - set(before)} <= {p.submission for p in dropped}
    assert after.certified
