"""What stands beside the best plan: why somebody sits, what to move, who is served worst, where affinities come from."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.assignment.juries import a_call, examples, full_problems, jurors, requests, small_problems
from thinkia.domain.assignment import (
    AffinityTable,
    JurorSlot,
    Pair,
    PanelRequest,
    PanelRule,
    Problem,
    Quota,
    Verdict,
    affinity,
    explain,
    fairer,
    repair,
    reseat,
    solve,
    verify,
    worst_served,
)

ONE_PUBLIC = PanelRule(1, (Quota("public", 1),))


# Why, and why not


def verdict(problem, submission, juror):
    return explain(problem, solve(problem), submission, juror)


def test_each_rule_that_keeps_somebody_away_is_named():
    problem = Problem(
        PanelRule(2, (Quota("academia", 0, 1),)),
        (PanelRequest("A", language="qu", track="agua", institution="GAD"),),
        (
            JurorSlot("ana", ("academia",), institution="UTPL"),
            JurorSlot("bea", ("academia",)),
            JurorSlot("cai", ("public",), languages=("es",)),
            JurorSlot("dora", ("public",), tracks=("salud",)),
            JurorSlot("eva", ("public",), institution="gad"),
            JurorSlot("fabi", ("public",), institution="utpl"),
            JurorSlot("gus", ("public",)),
            JurorSlot("hugo", ("public",)),
            JurorSlot("ines", ("public",), capacity=0),
            JurorSlot("jana", ("public",)),
        ),
        affinities={("A", "ana"): Decimal(1), ("A", "jana"): Decimal("0.6")},
        conflicts=frozenset({("A", "gus")}),
        bans=frozenset({("A", "hugo")}),
    )
    found = {slot.juror: verdict(problem, "A", slot.juror).verdict.value for slot in problem.jurors}
    assert found == {
        "ana": "seated",
        "bea": "sector_full",
        "cai": "language",
        "dora": "track",
        "eva": "own_institution",
        "fabi": "colleague",
        "gus": "conflict",
        "hugo": "ban",
        "ines": "no_capacity",
        "jana": "seated",
    }


def test_a_juror_whose_time_is_worth_more_elsewhere_is_told_with_numbers():
    problem = Problem(
        ONE_PUBLIC,
        requests("A", "B"),
        jurors(ana="public", bea="public", capacity=1),
        affinities={("A", "ana"): Decimal("0.9"), ("B", "ana"): Decimal("0.8"), ("B", "bea"): Decimal("0.3")},
    )
    told = verdict(problem, "B", "ana")
    assert (told.verdict, told.other) == (Verdict.DEARER, "bea")
    assert told.price >= 5_000
    assert told.worth == 8_000 - told.price
    assert told.loss >= 0
    assert verdict(replace(problem, pins=(Pair("B", "ana", "public"),)), "B", "ana").verdict is Verdict.PINNED


@examples(30)
@given(small_problems(several_sectors=False))
def test_no_exchange_that_is_explained_would_gain(problem):
    plan = solve(problem)
    for request in problem.submissions:
        for slot in problem.jurors:
            assert explain(problem, plan, request.submission, slot.juror).loss >= 0


# Repair and moves


@examples(40)
@given(full_problems(), st.data())
def test_repair_touches_only_vacated_seats_under_every_rule(problem, data):
    before = solve(problem).pairs
    dropped = data.draw(st.sets(st.sampled_from(before), max_size=2)) if before else set()
    after = repair(problem, before, dropped)
    assert set(before) - set(after.pairs) == set(dropped)
    assert {p.submission for p in set(after.pairs) - set(before)} <= {p.submission for p in dropped}


def test_moves_are_proposed_where_a_seat_would_stay_empty_and_opened_pairs_never_move():
    """Only ana can read A; she reads B, which bea could take over."""
    problem = Problem(
        ONE_PUBLIC,
        requests("A", "B"),
        jurors(ana="public", bea="public", capacity=1),
        conflicts=frozenset({("A", "bea")}),
    )
    standing = (Pair("B", "ana", "public"),)
    assert len(repair(problem, standing).shortfall) == 1
    proposal = reseat(problem, standing)
    assert proposal.moved == standing
    assert proposal.plan.pairs == (Pair("A", "ana", "public"), Pair("B", "bea", "public"))
    assert proposal.plan.certified
    opened = reseat(problem, standing, opened=standing)
    assert (opened.moved, len(opened.plan.shortfall)) == ((), 1)


@examples(30)
@given(small_problems(several_sectors=False), st.data())
def test_no_more_moves_are_proposed_than_seats_are_won(problem, data):
    before = solve(problem).pairs
    dropped = data.draw(st.sets(st.sampled_from(before), max_size=2)) if before else set()
    mended, proposal = repair(problem, before, dropped), reseat(problem, before, dropped)
    assert len(proposal.plan.shortfall) <= len(mended.shortfall)
    if len(proposal.plan.shortfall) == len(mended.shortfall) and len(mended.pairs) == len(before):
        assert proposal.moved == ()
    assert not [each for each in verify(problem, proposal.plan.pairs) if not each.is_gap]


# Fairness


def test_the_worst_served_fares_better_for_little_of_the_total():
    """Ana and bea are worth most on A alone; shared out, B gets a reader who suits it."""
    problem = Problem(
        PanelRule(1),
        requests("A", "B"),
        jurors(ana="public", bea="public", capacity=1),
        affinities={
            ("A", "ana"): Decimal(1),
            ("A", "bea"): Decimal("0.6"),
            ("B", "ana"): Decimal("0.39"),
            ("B", "bea"): Decimal(0),
        },
    )
    plan = solve(problem)
    assert worst_served(problem, plan.pairs) == 0
    found = fairer(problem, plan)
    assert (found.worst, found.worst_before, found.plan.value) == (3_900, 0, 9_900)
    assert found.plan.upper_bound == plan.upper_bound == 10_000
    assert not found.plan.certified
    assert fairer(problem, plan, keep=Fraction(1)).plan == plan


def test_a_fairer_plan_breaks_no_rule_and_costs_no_seat():
    problem = a_call(40, 15, capacity=14)
    plan = solve(problem)
    found = fairer(problem, plan, rounds=6)
    assert verify(problem, found.plan.pairs) == ()
    assert found.worst >= found.worst_before
    assert found.plan.value * 100 >= plan.value * 99


# Affinities


def test_affinity_is_the_share_of_topics_known_and_nothing_across_languages():
    table = affinity(
        ({"A": ["Agua", "salud"], "B": [], "C": ["agua"]}, {"ana": ["agua"], "bea": ["salud", "agua"]}),
        languages=({"A": "qu"}, {"ana": ["es"]}),
    )
    assert dict(table) == {
        ("A", "ana"): 0,
        ("A", "bea"): 1,
        ("B", "ana"): 0,
        ("B", "bea"): 0,
        ("C", "ana"): 1,
        ("C", "bea"): 1,
    }


@examples(30)
@given(st.lists(st.none() | st.integers(-3, 3), min_size=4, max_size=4))
def test_bidding_high_on_everything_gains_nothing(bids):
    names = "ABCD"
    topics = ({name: [] for name in names}, {"ana": []})
    mine = {name: bid for name, bid in zip(names, bids, strict=True) if bid is not None}
    table = affinity(topics, {"ana": mine})
    generous = affinity(topics, {"ana": {name: bid * 100 + 7 for name, bid in mine.items()}})
    assert dict(generous) == dict(table)
    if mine:
        assert abs(int(table.weights.sum()) - 10_000) <= 2


@pytest.mark.parametrize("ids", [(["B", "A"], ["ana"]), (["A", "A"], ["ana"])])
def test_a_table_has_sorted_distinct_ids(ids):
    weights = affinity(({"A": [], "B": []}, {"ana": []})).weights
    with pytest.raises(ValueError):
        AffinityTable(*ids, weights)


@examples(20)
@given(small_problems())
def test_a_table_and_a_mapping_of_the_same_affinities_are_one_problem(problem):
    empty = affinity(({r.submission: [] for r in problem.submissions}, {s.juror: [] for s in problem.jurors}))
    weights = empty.weights.copy()
    for (submission, juror), share in problem.affinities.items():
        weights[empty.submissions.index(submission), empty.jurors.index(juror)] = int(share * 10_000)
    other = replace(problem, affinities=AffinityTable(empty.submissions, empty.jurors, weights))
    assert other.fingerprint() == problem.fingerprint()
    assert solve(other).pairs == solve(problem).pairs
