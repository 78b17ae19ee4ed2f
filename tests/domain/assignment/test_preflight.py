from dataclasses import replace

import pytest
from hypothesis import assume, given

from tests.domain.assignment.juries import a_call, examples, jurors, requests, small_problems
from thinkia.domain.assignment import (
    Cause,
    CauseKind,
    Pair,
    PanelRule,
    Problem,
    Quota,
    contradictions,
    preflight,
    solve,
)

RULE = PanelRule(2, (Quota("public", 1), Quota("academia", 1)))
TEN = requests(*(f"s{n}" for n in range(10)))


def test_a_jury_that_can_do_it_has_no_causes():
    assert preflight(a_call(20, 10).levelled()) == ()
    assert preflight(Problem(RULE, TEN, jurors(ana="public", bea="academia"))) == ()


def test_a_sector_that_can_read_too_little_is_told_with_both_numbers():
    people = jurors(ana="public") + jurors(bea="academia", carla="academia", capacity=4)
    assert preflight(Problem(RULE, TEN, people)) == (
        Cause(CauseKind.SECTOR_READINGS, 10, 8, ("academia",)),
        Cause(CauseKind.JURY_READINGS, 20, 18),
    )


def test_a_sector_nobody_sits_for_can_read_nothing():
    (sector, *_) = preflight(Problem(RULE, TEN, jurors(ana="public", bea="private")))
    assert (sector.kind, sector.sector, sector.needed, sector.available) == (
        CauseKind.SECTOR_READINGS,
        "academia",
        10,
        0,
    )


def test_two_sectors_that_share_their_only_juror_are_told_together():
    problem = Problem(RULE, requests("A"), jurors(ana="public academia", bea="private"))
    assert preflight(problem) == (Cause(CauseKind.SECTOR_READINGS, 2, 1, ("academia", "public")),)


def test_a_conflict_that_leaves_a_panel_without_a_sector_is_told_for_that_panel():
    people = jurors(ana="public", bea="academia", carla="academia", dora="private")
    conflicts = frozenset({("s3", "bea"), ("s3", "carla")})
    found = preflight(Problem(RULE, TEN, people, conflicts=conflicts))
    assert Cause(CauseKind.PANEL_SECTOR, 1, 0, ("academia",), submission="s3") in found


def test_a_sector_nobody_sits_for_is_not_told_again_for_every_panel():
    people = jurors(ana="public", bea="private", carla="private")
    found = preflight(Problem(RULE, TEN, people, conflicts=frozenset({("s3", "bea")})))
    assert [cause.kind for cause in found if cause.submission] == []


def test_pins_count_as_read():
    people = jurors(ana="public") + jurors(bea="academia", capacity=4)
    pins = tuple(Pair(f"s{n}", "bea", "academia") for n in range(3))
    problem = Problem(RULE, TEN, people, pins=pins)
    assert preflight(problem) == preflight(replace(problem, pins=()))
    assert preflight(problem)[0] == Cause(CauseKind.SECTOR_READINGS, 10, 4, ("academia",))


def test_a_panel_larger_than_the_jury_is_told_once():
    found = preflight(Problem(PanelRule(3), TEN, jurors(ana="public", bea="public")))
    assert Cause(CauseKind.JURY_PEOPLE, 3, 2) in found
    assert [cause.kind for cause in found].count(CauseKind.JURY_PEOPLE) == 1


def test_a_panel_that_conflicts_make_too_small_is_told():
    people = jurors(ana="public", bea="public", carla="academia")
    found = preflight(Problem(RULE, TEN, people, conflicts=frozenset({("s1", "ana"), ("s1", "bea")})))
    assert Cause(CauseKind.PANEL_SIZE, 2, 1, submission="s1") in found


def test_more_of_a_sector_than_there_are_people_is_told():
    found = preflight(Problem(PanelRule(3, (Quota("public", 2),)), TEN, jurors(ana="public", bea="private")))
    assert Cause(CauseKind.SECTOR_PEOPLE, 2, 1, ("public",)) in found


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (PanelRule(3, (Quota("public", 2, 1),)), [Cause(CauseKind.MINIMUM_OVER_MAXIMUM, 2, 1, ("public",))]),
        (PanelRule(2, (Quota("public", 2), Quota("academia", 1))), [Cause(CauseKind.MINIMA_OVER_SIZE, 3, 2)]),
        (PanelRule(5, (Quota("public", 1, 2), Quota("academia", 0, 2))), [Cause(CauseKind.MAXIMA_UNDER_SIZE, 5, 4)]),
        (PanelRule(3, (Quota("public", 1, 2), Quota("academia", 1))), []),
    ],
)  # fmt: skip
def test_quotas_that_contradict_each_other_are_told_without_a_jury(rule, expected):
    assert list(contradictions(rule, ("public", "academia"))) == expected


def test_a_rule_that_contradicts_itself_still_gets_a_plan_with_its_gaps():
    rule = PanelRule(2, (Quota("public", 2), Quota("academia", 1)))
    problem = Problem(rule, requests("A"), jurors(ana="public", bea="public", carla="academia"))
    plan = solve(problem)
    assert (len(plan.pairs), len(plan.shortfall), plan.certified) == (2, 1, True)
    assert plan.shortfall[0].reason == "no_room"


def test_pins_that_break_the_rules_are_told():
    people = jurors(ana="public", bea="academia", capacity=1)
    pins = tuple(Pair(name, "ana", "public") for name in ("A", "B"))
    problem = Problem(PanelRule(1), requests("A", "B"), people, pins=(*pins, Pair("A", "bea", "academia")))
    assert {cause.kind for cause in preflight(problem)} == {
        CauseKind.PINS_OVER_CAPACITY,
        CauseKind.PINS_OVER_SIZE,
    }
    undone = preflight(replace(problem, conflicts=frozenset({("A", "ana")})))
    assert Cause(CauseKind.PIN_FORBIDDEN, sectors=("public",), submission="A", juror="ana") in undone


@examples(60)
@given(small_problems())
def test_no_cause_is_told_where_every_seat_can_be_filled(problem):
    plan = solve(problem)
    assume(not plan.shortfall)
    assert [cause for cause in preflight(problem) if cause.kind not in _OF_RULES] == []


@examples(50)
@given(small_problems())
def test_at_least_as_many_seats_stay_empty_as_a_cause_says(problem):
    plan = solve(problem)
    for cause in preflight(problem):
        if cause.kind is CauseKind.SECTOR_READINGS:
            empty = sum(row.sector in cause.sectors for row in plan.shortfall)
            assert empty >= cause.needed - cause.available


_OF_RULES = {CauseKind.MINIMUM_OVER_MAXIMUM, CauseKind.MINIMA_OVER_SIZE, CauseKind.MAXIMA_UNDER_SIZE}
