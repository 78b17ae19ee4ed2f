"""Several rounds: pools, the line, ties across it, who waits, what earlier marks count. Figures by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.ranking.rules import ballot, points, rules, weighted
from thinkia.domain.bases import RankingRules, Round
from thinkia.domain.ranking.findings import CannotRankError
from thinkia.domain.ranking.rounds import (
    Outcome,
    after_withdrawals,
    carried_into,
    close,
    rank_round,
)
from thinkia.domain.rounds import Advance, AtLine, EarlierMarks, PoolBy, Pools
from thinkia.domain.text import Bilingual

POOLS = Pools(PoolBy.LIST)


def a_round(code="first", **changes):
    if "marks" in changes:
        changes["marks"] = EarlierMarks(changes["marks"])
    return Round(code, Bilingual(code, code), **changes)


def scored(scores, one, *, pools=None, ties=(), cut_off=None, chosen=None):
    """One round of one juror and one criterion, closed."""
    marks = [ballot(code, "J1", a=score) for code, score in scores.items()]
    return close(one, rank_round(rules(ties=ties, cut_off=cut_off), marks, scores, pools=pools), chosen)


def told(closed):
    """(submission, outcome, why, turn), in the order of pools and places."""
    return [(one.submission, str(one.outcome), str(one.why), one.turn) for one in closed.fates]


def refusal(*args, **kwargs):
    with pytest.raises(CannotRankError) as caught:
        scored(*args, **kwargs)
    return [(str(fault.kind), dict(fault.params)) for fault in caught.value.faults]


# GSA Hackathon 2019: 45/40/15, the best of each of four applications; then 50/30/20


GSA = RankingRules(
    weighted(usability=45, emotional=40, feedback=15),
    rounds=(
        a_round(pools=POOLS, advance=Advance(top_per_pool=1), waiting=1),
        a_round("second", rubric=weighted(impact=50, reach=30, pitch=20)),
    ),
)
GSA_MARKS = {
    "A1": (5, 4, 3),
    "A2": (4, 5, 3),
    "B1": (3, 3, 3),
    "B2": (4, 2, 5),
    "C1": (5, 5, 5),
    "D1": (2, 2, 2),
}
GSA_SECOND = {"A1": (5, 5, 1), "B2": (3, 4, 5), "C1": (4, 4, 4), "D1": (1, 1, 1)}


def test_gsa_lets_the_best_of_each_pool_go_on_and_judges_them_by_another_rubric():
    first = [ballot(s, "J1", usability=u, emotional=e, feedback=f) for s, (u, e, f) in GSA_MARKS.items()]
    pools = {code: code[0] for code in GSA_MARKS}
    closed = close(GSA.rounds[0], rank_round(GSA.in_round(0), first, GSA_MARKS, pools=pools))
    # 45·5/5 + 40·4/5 + 15·3/5 = 86 against 45·4/5 + 40 + 9 = 85; 27 + 24 + 9 = 60 against 36 + 16 + 15 = 67
    scores = {line.submission: line.score for one in closed.rankings.values() for line in one.lines}
    assert scores == {"A1": 86, "A2": 85, "B1": 60, "B2": 67, "C1": 100, "D1": 40}
    assert closed.advancing == ("A1", "B2", "C1", "D1")
    assert closed.waiting == ("A2", "B1")
    second = [ballot(s, "J7", impact=i, reach=r, pitch=p) for s, (i, r, p) in GSA_SECOND.items()]
    (ranking,) = rank_round(GSA.in_round(1), second, closed.advancing).values()
    # 50 + 30 + 4 = 84; 30 + 24 + 20 = 74; 40 + 24 + 16 = 80; 10 + 6 + 4 = 20
    assert [(line.submission, line.score) for line in ranking.lines] == [
        ("A1", 84),
        ("C1", 80),
        ("B2", 74),
        ("D1", 20),
    ]


def test_a_seat_is_filled_from_the_waiting_list_of_its_own_pool():
    first = [ballot(s, "J1", usability=u, emotional=e, feedback=f) for s, (u, e, f) in GSA_MARKS.items()]
    pools = {code: code[0] for code in GSA_MARKS}
    closed = close(GSA.rounds[0], rank_round(GSA.in_round(0), first, GSA_MARKS, pools=pools))
    assert after_withdrawals(closed, {"B2"}).advancing == ("A1", "B1", "C1", "D1")
    assert after_withdrawals(closed, {"C1"}).advancing == ("A1", "B2", "D1")  # nobody else was in that pool
    assert after_withdrawals(closed, {"B2", "B1"}).advancing == ("A1", "C1", "D1")


# Innovation Challenge, Peru: a local final of each institution, then a national one; here marks are carried


def test_a_local_final_counts_two_fifths_of_the_national_one():
    peru = RankingRules(
        weighted(idea=100),
        rounds=(
            a_round("local", pools=POOLS, advance=Advance(top_per_pool=1), share=Decimal(2)),
            a_round("national", marks="carried", share=Decimal(3)),
        ),
    )
    local = {"UNI-1": 5, "UNI-2": 4, "PUCP-1": 3}
    marks = [ballot(code, "J1", idea=mark) for code, mark in local.items()]
    pools = {code: code.partition("-")[0] for code in local}
    closed = close(peru.rounds[0], rank_round(peru.in_round(0), marks, local, pools=pools))
    assert closed.advancing == ("PUCP-1", "UNI-1")
    own = {line.submission: line.panel.score for one in closed.rankings.values() for line in one.lines}
    national = [ballot("UNI-1", "J2", idea=3), ballot("PUCP-1", "J2", idea=5)]
    carried = carried_into(peru, 1, [own])
    (ranking,) = rank_round(peru.in_round(1), national, closed.advancing, carried=carried).values()
    # 2/5·60 + 3/5·100 = 84; 2/5·100 + 3/5·60 = 76: alone the national final would give 100 and 60
    assert [(one.submission, one.score, one.panel.score) for one in ranking.lines] == [
        ("PUCP-1", 84, 100),
        ("UNI-1", 76, 60),
    ]


def test_marks_are_carried_from_the_last_reset_on():
    four = rules()
    four = RankingRules(
        four.rubric,
        rounds=(
            a_round("1", share=Decimal(7)),
            a_round("2", share=Decimal(1)),
            a_round("3", marks="carried", share=Decimal(2)),
            a_round("4", marks="carried", share=Decimal(1)),
        ),
    )
    own = [{"A": Fraction(80)}, {"A": Fraction(40)}, {"A": Fraction(60)}]
    assert carried_into(four, 1, own[:1]).brought == {}
    assert (carried_into(four, 2, own[:2]).share, carried_into(four, 2, own[:2]).brought) == (
        Fraction(2, 3),
        {"A": Fraction(40, 3)},
    )
    assert carried_into(four, 3, own).brought == {"A": Fraction(40 + 2 * 60, 4)}


# The line


def test_the_first_ones_go_on_the_next_wait_and_the_rest_stay():
    closed = scored({"A": 9, "B": 8, "C": 7, "D": 6}, a_round(advance=Advance(top=2), waiting=1))
    assert told(closed) == [
        ("A", "advances", "top", None),
        ("B", "advances", "top", None),
        ("C", "waits", "next", 1),
        ("D", "stays", "below_line", None),
    ]


def test_nobody_below_the_cut_off_goes_on_or_waits():
    closed = scored({"A": 9, "B": 6, "C": 5}, a_round(advance=Advance(top=2), waiting=2), cut_off=6)
    assert closed.advancing == ("A", "B")
    closed = scored({"A": 9, "B": 6, "C": 5}, a_round(advance=Advance(top=1), waiting=2), cut_off=6)
    assert told(closed)[1:] == [("B", "waits", "next", 1), ("C", "stays", "below_cut_off", None)]


def test_whoever_reaches_a_cut_off_goes_on_on_exact_values():
    one = a_round(advance=Advance(cut_off=Decimal(6)))
    closed = scored({"A": 6, "B": Decimal("5.999999"), "C": 6}, one, cut_off=6)
    assert told(closed) == [
        ("A", "advances", "cut_off", None),
        ("C", "advances", "cut_off", None),
        ("B", "stays", "below_cut_off", None),
    ]


def test_a_tie_across_the_line_is_settled_by_the_chain_of_the_round():
    marks = [ballot("A", "J1", a=5, b=1), ballot("B", "J1", a=3, b=3), ballot("C", "J1", a=9, b=9)]
    one = a_round(advance=Advance(top=2))
    ranking = rank_round(rules(points("a", "b"), ties=["criterion:b"]), marks, "ABC")
    assert close(one, ranking).advancing == ("C", "B")


def test_a_place_shared_across_the_line_is_refused_or_taken_whole():
    scores = {"A": 9, "B": 7, "C": 7, "D": 5}
    tie = ("tie_at_line", {"submissions": "B, C", "round": "first"})
    assert refusal(scores, a_round(advance=Advance(top=2), waiting=1)) == [tie]
    closed = scored(scores, a_round(advance=Advance(top=2), waiting=1, at_line=AtLine.TAKE_ALL))
    assert told(closed)[1:] == [
        ("B", "advances", "shared_place", None),
        ("C", "advances", "shared_place", None),
        ("D", "waits", "next", 1),
    ]


def test_a_place_shared_above_the_line_or_below_the_list_is_nobodys_trouble():
    closed = scored({"A": 9, "B": 9, "C": 7, "D": 5, "E": 5}, a_round(advance=Advance(top=2), waiting=1))
    assert (closed.advancing, closed.waiting) == (("A", "B"), ("C",))


def test_a_place_shared_on_the_waiting_list_is_refused_or_promoted_together():
    scores = {"A": 9, "B": 8, "C": 7, "D": 7}
    assert [kind for kind, _params in refusal(scores, a_round(advance=Advance(top=2), waiting=1))] == [
        "tie_waiting"
    ]
    closed = scored(scores, a_round(advance=Advance(top=2), waiting=1, at_line=AtLine.TAKE_ALL))
    assert closed.waiting == ("C", "D")
    assert after_withdrawals(closed, {"A"}).advancing == ("B", "C", "D")


def test_pools_are_told_their_faults_together_and_everybody_has_a_pool():
    pools = {"A": "x", "B": "x", "C": "y", "D": "y"}
    one = a_round(pools=POOLS, advance=Advance(top_per_pool=1))
    assert [
        params["submissions"] for _kind, params in refusal(dict.fromkeys("ABCD", 5), one, pools=pools)
    ] == [
        "A, B",
        "C, D",
    ]
    assert refusal({"A": 1, "Z": 2}, one, pools=pools) == [("pool_needed", {"submission": "Z"})]


# By hand


def test_by_hand_those_named_go_on_each_with_a_reason():
    one = a_round(advance=Advance(by_hand=True), waiting=1)
    closed = scored({"A": 9, "B": 8, "C": 7}, one, chosen={"C": "The only one from the Amazon."})
    assert told(closed) == [
        ("A", "waits", "next", 1),
        ("B", "stays", "not_chosen", None),
        ("C", "advances", "by_hand", None),
    ]
    assert closed.fates[2].reason == "The only one from the Amazon."


def test_nobody_is_named_who_was_not_there_or_without_a_reason():
    one = a_round(advance=Advance(by_hand=True))
    assert refusal({"A": 9, "B": 8}, one, chosen={"Z": "Good.", "B": " "}) == [
        ("not_in_round", {"submission": "Z"}),
        ("chosen_without_reason", {"submission": "B"}),
    ]


# Whatever the scores


SCORES = st.dictionaries(st.sampled_from("ABCDEFGHIJ"), st.integers(0, 6), min_size=1)


@settings(max_examples=200, deadline=None)
@given(SCORES, st.integers(1, 5), st.integers(0, 3), st.sets(st.sampled_from("ABCDEFGHIJ")), st.data())
def test_seats_are_kept_full_as_long_as_somebody_waits(scores, top, waiting, withdrawn, data):
    one = a_round(advance=Advance(top=top), waiting=waiting, at_line=AtLine.TAKE_ALL)
    closed = scored(scores, one)
    after = after_withdrawals(closed, withdrawn)
    going, waits = set(closed.advancing), set(closed.waiting)
    # counted from the scores alone: so many above, or sharing the last place
    assert going == {c for c in scores if sum(other > scores[c] for other in scores.values()) < top}
    assert len(after.advancing) >= min(len(going), len((going | waits) - withdrawn))
    assert set(after.advancing) <= (going | waits) - withdrawn
    assert going - withdrawn <= set(after.advancing)
    left_behind = [scores[code] for code in after.waiting]
    promoted = [scores[code] for code in set(after.advancing) - going]
    assert not left_behind or not promoted or max(left_behind) < min(promoted)
    more = withdrawn | data.draw(st.sets(st.sampled_from("ABCDEFGHIJ")))
    assert set(after.advancing) - more <= set(after_withdrawals(closed, more).advancing)
    assert {one.submission for one in after.fates if one.outcome is Outcome.ADVANCES} == set(after.advancing)
