"""The methods beside the mean and the balance of sectors: what each counts, and what it refuses."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.ranking.rules import alone, ballot, faults_of, order, points, rules
from thinkia.domain.bases import Method, MethodName
from thinkia.domain.ranking.findings import FaultKind, NoteKind
from thinkia.domain.ranking.order import rank
from thinkia.domain.rubric import Scale

TRIMMED, SUM = Method(MethodName.TRIMMED_MEAN), Method(MethodName.SUM)
BORDA, Z_SCORE = Method(MethodName.BORDA), Method(MethodName.Z_SCORE)
ADJUSTED = Method(MethodName.SEVERITY_ADJUSTED)
SHARED = {"A": (8, 5, 6), "B": (4, 2, 2), "C": (9, 7, 6), "D": (5, 5, 3)}
EVERY = (Method(), TRIMMED, SUM, BORDA, Z_SCORE)


complete = st.integers(3, 5).flatmap(
    lambda jurors: st.lists(
        st.lists(st.integers(0, 9), min_size=jurors, max_size=jurors), min_size=2, max_size=6
    )
)


def ballots_of(table):
    return [one for row, marks in enumerate(table) for one in panel(f"S{row}", *marks)]


def panel(submission, *marks):
    return [ballot(submission, f"J{seat}", a=mark) for seat, mark in enumerate(marks)]


def scores(method, ballots, **changes):
    return {line.submission: line.score for line in rank(rules(method=method, **changes), ballots).lines}


def test_the_trimmed_mean_leaves_the_lowest_and_the_highest_out():
    assert scores(TRIMMED, panel("A", 0, 4, 5, 9, 10)) == {"A": 6}
    assert scores(Method(MethodName.TRIMMED_MEAN, trim=2), panel("A", 0, 4, 5, 9, 10)) == {"A": 5}


def test_of_equals_at_the_edge_none_is_left_out_before_another():
    """Two give the lowest score in different ways; whichever was dropped, the tie key would change."""
    ballots = [
        ballot("A", "J1", a=0, b=4),
        ballot("A", "J2", a=4, b=0),
        ballot("A", "J3", a=5, b=5),
        ballot("A", "J4", a=9, b=9),
    ]
    (line,) = rank(rules(points("a", "b"), TRIMMED), ballots).lines
    assert [one.share for one in line.panel.ballots] == [Fraction(1, 4), Fraction(1, 4), Fraction(1, 2), 0]
    assert (line.panel.criteria["a"], line.panel.criteria["b"], line.score) == (
        Fraction(7, 2),
        Fraction(7, 2),
        7,
    )


def test_a_panel_too_small_to_trim_is_refused():
    found = faults_of(rules(method=TRIMMED), panel("A", 1, 2))
    assert found == [(FaultKind.TOO_FEW_TO_TRIM, {"submission": "A", "reviews": "2", "fewest": "3"})]


def test_scores_are_added_and_the_cut_off_is_of_the_sum():
    ranking = rank(rules(method=SUM, cut_off="15"), panel("A", 7, 8) + panel("B", 7, 7))
    assert [(line.score, line.passes) for line in ranking.lines] == [(15, True), (14, False)]


def test_a_sum_with_fewer_reviews_than_others_is_refused():
    found = faults_of(rules(method=SUM), panel("A", 7, 8) + panel("B", 10))
    assert found == [(FaultKind.FEWER_REVIEWS, {"submission": "B", "reviews": "1", "most": "2"})]


def test_borda_gives_points_for_the_place_in_each_jurors_order():
    assert scores(BORDA, alone(A=9, B=5, C=5, D=1)) == {"A": 100, "B": 50, "C": 50, "D": 0}


def test_borda_hears_nothing_from_who_read_one_proposal():
    assert scores(BORDA, [ballot("A", "J1", a=10)]) == {"A": 50}


def test_z_scores_are_standard_deviations_above_the_jurors_own_mean():
    found = scores(Z_SCORE, alone(A=8, B=5, C=2))
    assert found == {"A": 1, "B": 0, "C": -1}
    uneven = scores(Z_SCORE, alone(A=1, B=2, C=2))
    assert uneven["A"] == Fraction(-1154700538, 10**9)  # −2/√3


def test_z_scores_that_are_equal_on_paper_tie():
    """√2 and √8 do not end; the same place in both sheets must still be the same score."""
    ballots = [ballot("A", "J1", a=1), ballot("B", "J1", a=2), ballot("A", "J2", a=4), ballot("B", "J2", a=2)]
    ranking = rank(rules(method=Z_SCORE, ties=["criterion:a"]), ballots)
    assert order(ranking) == [(1, "A", "criterion:a"), (2, "B", None)]


def test_a_juror_who_gives_all_the_same_moves_nobody():
    ballots = [*alone(A=8, B=5), ballot("A", "J2", a=3), ballot("B", "J2", a=3)]
    assert scores(Z_SCORE, ballots)["A"] > 0
    assert scores(Z_SCORE, [ballot(code, "J2", a=3) for code in "AB"]) == {"A": 0, "B": 0}


def test_severity_is_taken_off_each_score_and_its_mean_can_be_checked_by_hand():
    ballots = [one for code, marks in SHARED.items() for one in panel(code, *marks)]
    for line in rank(rules(method=ADJUSTED), ballots).lines:
        counted = [one.counted for one in line.panel.ballots]
        assert line.score == sum(counted) / len(counted)
        strict = [one.score - one.counted for one in line.panel.ballots]
        assert all((amount * 10**6).denominator == 1 for amount in strict)


def test_who_was_read_by_a_strict_jury_is_not_behind_for_it():
    """J0 gives three points less than the others to everybody; A and B are alike, and only A met J0 often."""
    found = scores(ADJUSTED, _uneven())
    plain = scores(Method(), _uneven())
    assert plain["A"] < plain["B"]
    assert abs(found["A"] - found["B"]) < abs(plain["A"] - plain["B"]) / 4


def _uneven():
    rows = {
        "A": {0: 4, 1: 7},
        "B": {1: 7, 2: 7},
        "C": {0: 2, 2: 5},
        "D": {0: 6, 1: 9},
        "E": {0: 1, 1: 4, 2: 4},
    }
    return [
        ballot(code, f"J{juror}", a=mark) for code, marks in rows.items() for juror, mark in marks.items()
    ]


def test_severity_and_the_balance_of_sectors_go_together():
    method = Method(MethodName.SEVERITY_ADJUSTED, {"public": Decimal(1), "academia": Decimal(3)})
    sectors = {"J0": "public", "J1": "academia", "J2": "academia"}
    ballots = [
        ballot(code, f"J{seat}", sectors[f"J{seat}"], a=mark)
        for code, marks in SHARED.items()
        for seat, mark in enumerate(marks)
    ]
    for line in rank(rules(method=method), ballots).lines:
        assert [one.share for one in line.panel.ballots] == [Fraction(1, 4), Fraction(3, 8), Fraction(3, 8)]
        assert sum(one.share * one.counted for one in line.panel.ballots) == line.score


def test_where_nobody_links_two_parts_severity_is_refused_and_says_which():
    ballots = [*panel("A", 1, 2), *panel("B", 3, 5), *panel("C", 2, 2)]
    apart = [ballot("Z", "K", a=9), ballot("Y", "K", a=9)]
    found = faults_of(rules(method=ADJUSTED), ballots + apart)
    assert found == [(FaultKind.NOT_CONNECTED, {"parts": "2", "submissions": "Y, Z"})]


def test_too_few_reviews_to_tell_severity_from_chance_are_refused():
    assert faults_of(rules(method=ADJUSTED), panel("A", 1, 5)) == [(FaultKind.SEVERITY_UNKNOWN, {})]


@settings(deadline=None, max_examples=40)
@given(complete, st.integers(0, 2), st.integers(1, 50))
def test_on_a_complete_design_severity_changes_no_order(table, seat, severity):
    if len(table) < 3:
        return
    severe = [[mark + severity * (at == seat) for at, mark in enumerate(marks)] for marks in table]
    wide = points("a", scale=Scale(min=Decimal(0), max=Decimal(100)))

    def places(method, marks):
        lines = rank(rules(wide, method), ballots_of(marks)).lines
        return {line.submission: line.place for line in lines}

    assert places(ADJUSTED, severe) == places(Method(), severe)


@pytest.mark.parametrize(("method", "said"), [(BORDA, True), (Z_SCORE, True), (Method(), False)])
def test_methods_that_compare_say_so(method, said):
    notes = [note.kind for note in rank(rules(method=method), alone(A=8, B=5)).notes]
    assert (NoteKind.METHOD_COMPARES in notes) is said


@settings(deadline=None)
@given(complete, st.sampled_from(EVERY), st.data())
def test_a_better_mark_never_lowers_that_proposals_place(table, method, data):
    """z-scores are not asked: a better mark also changes how much the juror varies."""
    if method is Z_SCORE:
        return
    row = data.draw(st.integers(0, len(table) - 1))
    seat = data.draw(st.integers(0, len(table[0]) - 1))
    raised = [[*marks] for marks in table]
    raised[row][seat] += 1

    def place(marks):
        lines = rank(rules(method=method), ballots_of(marks)).lines
        return next(line.place for line in lines if line.submission == f"S{row}")

    assert place(raised) <= place(table)


@settings(deadline=None)
@given(complete, st.sampled_from([BORDA, Z_SCORE]), st.integers(0, 2), st.integers(1, 50))
def test_a_jurors_constant_severity_changes_nothing_where_jurors_are_compared_with_themselves(
    table, method, seat, severity
):
    severe = [[mark + severity * (at == seat) for at, mark in enumerate(marks)] for marks in table]
    wide = points("a", scale=Scale(min=Decimal(0), max=Decimal(100)))
    assert scores(method, ballots_of(severe), rubric=wide) == scores(method, ballots_of(table), rubric=wide)


@settings(deadline=None)
@given(complete, st.sampled_from(EVERY), st.randoms(use_true_random=False))
def test_neither_the_order_of_the_rows_nor_the_names_of_jurors_matter(table, method, chance):
    ballots = ballots_of(table)
    renamed = [ballot(b.submission, f"~{b.juror[::-1]}", a=b.marks["a"]) for b in ballots]
    chance.shuffle(renamed)
    assert scores(method, renamed) == scores(method, ballots)
