from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.domain.ranking.rules import alone, balanced, ballot, faults_of, order, points, rules, weighted
from thinkia.domain.ranking.figures import exact_text
from thinkia.domain.ranking.findings import FaultKind, NoteKind
from thinkia.domain.ranking.order import rank
from thinkia.domain.rubric import MarksToScore, Scale

NOON = datetime(2026, 1, 13, 12, 0, tzinfo=UTC)


# The golden vectors of real rubrics


@pytest.mark.parametrize(("rule", "score"), [(MarksToScore.OF_MAX, "80.0"), (MarksToScore.MIN_MAX, "75.0")])
def test_g1_the_same_marks_give_80_of_the_maximum_or_75_between_the_ends(rule, score):
    jurors = {"J1": (4, 5, 3), "J2": (5, 3, 4), "J3": (4, 4, 2)}
    ballots = [
        ballot("A", juror, usability=u, emotional=e, feedback=f) for juror, (u, e, f) in jurors.items()
    ]
    rubric = weighted(rule, usability=45, emotional=40, feedback=15)
    assert exact_text(rank(rules(rubric), ballots).lines[0].score) == score


def test_g2_a_metric_of_six_places_beside_a_checklist():
    ranking = rank(rules(points("f1", "docs")), [ballot("A", "J1", f1="0.918367", docs=9)])
    assert exact_text(ranking.lines[0].score) == "9.918367"


def test_g3_equal_points_are_decided_by_accessibility():
    marks = {
        "A": {
            "acc": 2,
            "multi": 3,
            "ux": 2.5,
            "integ": 1.5,
            "code": 4,
            "logic": 2.5,
            "inst": 1,
            "demo": 1,
            "clar": 1,
        },
        "B": {
            "acc": 2.5,
            "multi": 2.5,
            "ux": 2.5,
            "integ": 1.5,
            "code": 4,
            "logic": 2.5,
            "inst": 1,
            "demo": 1,
            "clar": 1,
        },
    }
    ballots = [ballot(code, "J1", **given) for code, given in marks.items()]
    ranking = rank(rules(points(*marks["A"]), ties=["criterion:acc", "submitted_at"]), ballots)
    assert order(ranking) == [(1, "B", "criterion:acc"), (2, "A", None)]
    assert [exact_text(line.score) for line in ranking.lines] == ["18.5", "18.5"]


@pytest.mark.parametrize(("score", "passes"), [("60", True), ("59.999999", False), ("59", False)])
def test_g4_sixty_passes_and_a_hair_less_does_not(score, passes):
    rubric = points("a", scale=Scale(min=Decimal(0), max=Decimal(100)))
    assert rank(rules(rubric, cut_off=60), [ballot("A", "J1", a=score)]).lines[0].passes is passes


def test_a_score_that_only_looks_like_the_cut_off_does_not_pass():
    jurors = ["60"] * 6 + ["59.999999"]
    line = rank(rules(cut_off=60), [ballot("A", f"J{n}", a=mark) for n, mark in enumerate(jurors)]).lines[0]
    assert (exact_text(line.score), line.passes) == ("60.000000", False)


def test_without_a_cut_off_nobody_passes_or_fails():
    assert rank(rules(), alone(A=1)).lines[0].passes is None


# Places


def test_a_better_score_stands_higher():
    assert order(rank(rules(), alone(A=3, B=9, C=0))) == [(1, "B", None), (2, "A", None), (3, "C", None)]


def test_places_after_a_tie_are_1224():
    found = order(rank(rules(), alone(D=1, B=5, C=5, A=9)))
    assert found == [(1, "A", None), (2, "B", None), (2, "C", None), (4, "D", None)]


def test_a_tie_that_nothing_decides_is_said():
    ranking = rank(rules(), alone(B=5, A=5, C=1))
    assert ranking.undecided == (("A", "B"),)
    assert [(note.kind, note.params["submissions"]) for note in ranking.notes] == [
        (NoteKind.TIE_UNDECIDED, "A, B")
    ]


def test_the_last_of_an_undecided_pair_says_what_put_it_above_the_next():
    ballots = [ballot(code, "J1", a=a, b=10 - a) for code, a in {"A": 7, "B": 7, "C": 3}.items()]
    found = order(rank(rules(points("a", "b"), ties=["criterion:a"]), ballots))
    assert found == [(1, "A", None), (1, "B", "criterion:a"), (3, "C", None)]


def test_nothing_decides_between_different_scores():
    ballots = [ballot("A", "J1", a=7), ballot("B", "J1", a=6)]
    assert order(rank(rules(ties=["criterion:a"]), ballots)) == [(1, "A", None), (2, "B", None)]


def test_no_submissions_make_an_empty_ranking():
    assert rank(rules(), []).lines == ()


# What a ranking refuses


def test_a_submission_without_reviews_is_refused_not_forgotten():
    assert faults_of(rules(), alone(A=5), submissions=["A", "B"]) == [
        (FaultKind.NO_REVIEW, {"submission": "B"})
    ]


def test_an_incomplete_ballot_is_refused():
    ballots = [ballot("A", "J1", a=5), ballot("A", "J2", b=5)]
    assert faults_of(rules(points("a", "b")), ballots) == [
        (FaultKind.INCOMPLETE_REVIEW, {"submission": "A", "juror": "J1", "criteria": "b"}),
        (FaultKind.INCOMPLETE_REVIEW, {"submission": "A", "juror": "J2", "criteria": "a"}),
    ]


def test_all_that_is_in_the_way_is_said_at_once():
    method = balanced(public=1, academia=2)
    ballots = [
        ballot("A", "J1", "public", a=5),
        ballot("B", "J2", "academia", a=5),
        ballot("C", "J3", "private", a=1),
    ]
    assert faults_of(rules(method=method), ballots) == [
        (FaultKind.MISSING_SECTOR, {"submission": "A", "sectors": "academia"}),
        (FaultKind.MISSING_SECTOR, {"submission": "B", "sectors": "public"}),
        (FaultKind.SECTOR_WITHOUT_WEIGHT, {"submission": "C", "sectors": "private"}),
    ]


# Defects seen elsewhere


def test_a_zero_counts_as_zero_and_is_not_dropped_from_the_average():
    assert rank(rules(), [ballot("A", "J1", a=0), ballot("A", "J2", a=6)]).lines[0].score == 3


def test_a_total_of_zero_still_has_a_place():
    assert order(rank(rules(), alone(A=0, B=1))) == [(1, "B", None), (2, "A", None)]


def test_more_jurors_do_not_make_a_larger_score():
    ballots = [ballot("A", f"J{n}", a=5) for n in range(10)] + [ballot("B", f"J{n}", a=6) for n in range(3)]
    assert order(rank(rules(), ballots))[0] == (1, "B", None)


def test_two_submissions_of_one_score_are_both_kept():
    assert len(rank(rules(), alone(A=5, B=5)).lines) == 2


def test_marks_that_binary_numbers_cannot_hold_still_tie():
    """0.1 + 0.2 is 0.3 here; in floating point it is more."""
    ballots = [ballot("A", "J1", a="0.1", b="0.2"), ballot("B", "J1", a="0.3", b="0.0")]
    ranking = rank(rules(points("a", "b")), ballots)
    assert [line.place for line in ranking.lines] == [1, 1]
    assert Decimal("0.1") + Decimal("0.2") == Decimal("0.3")
