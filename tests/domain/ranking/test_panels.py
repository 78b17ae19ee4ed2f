from fractions import Fraction

import pytest

from tests.domain.ranking.rules import alone, balanced, ballot, faults_of, order, points, rules
from thinkia.domain.bases import MissingSector
from thinkia.domain.ranking.findings import FaultKind, NoteKind
from thinkia.domain.ranking.order import rank


def test_a_crowded_sector_does_not_outvote_a_small_one():
    crowd = [ballot("A", f"P{n}", "public", a=10) for n in range(9)]
    few = [ballot("A", "Q1", "academia", a=0), ballot("A", "Q2", "academia", a=4)]
    panel = rank(rules(method=balanced(public=1, academia=1)), crowd + few).lines[0].panel
    assert panel.score == 6
    assert [(s.sector, s.ballots, s.score, s.share) for s in panel.sectors] == [
        ("academia", 2, 2, Fraction(1, 2)),
        ("public", 9, 10, Fraction(1, 2)),
    ]
    assert sum(one.share for one in panel.ballots) == 1


def test_sectors_count_by_their_weights():
    ballots = [
        ballot("A", "P", "public", a=3),
        ballot("A", "Q", "academia", a=6),
        ballot("A", "C", "civil_society", a=9),
    ]
    method = balanced(public=1, academia=1, civil_society=2)
    assert rank(rules(method=method), ballots).lines[0].score == Fraction(27, 4)


def test_a_missing_sector_s_weight_is_shared_out_in_proportion_and_said():
    method = balanced(MissingSector.REDISTRIBUTE, public=1, academia=3, civil_society=4)
    ballots = [ballot("A", "P", "public", a=2), ballot("A", "Q", "academia", a=10)]
    ranking = rank(rules(method=method), ballots)
    assert ranking.lines[0].score == 8
    assert [(note.kind, dict(note.params)) for note in ranking.notes] == [
        (NoteKind.SECTOR_REDISTRIBUTED, {"submission": "A", "sectors": "civil_society"})
    ]


def test_a_sector_of_weight_zero_may_be_missing():
    method = balanced(public=1, private=0)
    assert rank(rules(method=method), alone(A=5)).lines[0].score == 5


def test_a_sector_of_weight_zero_counts_neither_for_the_score_nor_for_ties():
    method = balanced(public=1, private=0)
    ballots = [
        ballot("A", "P", "public", a=5, b=5),
        ballot("A", "X", "private", a=0, b=0),
        ballot("B", "P", "public", a=5, b=5),
        ballot("B", "X", "private", a=10, b=10),
    ]
    ranking = rank(rules(points("a", "b"), method, ["criterion:a"]), ballots)
    assert order(ranking) == [(1, "A", None), (1, "B", None)]
    assert [one.share for one in ranking.lines[0].panel.ballots] == [1, 0]


@pytest.mark.parametrize(
    ("missing", "kind"),
    [
        (MissingSector.REFUSE, FaultKind.MISSING_SECTOR),
        (MissingSector.REDISTRIBUTE, FaultKind.NO_REVIEW_THAT_COUNTS),
    ],
)
def test_reviews_only_from_sectors_of_weight_zero_give_no_score(missing, kind):
    ballots = [ballot("A", "X", "private", a=5)]
    assert faults_of(rules(method=balanced(missing, public=1, private=0)), ballots)[0][0] is kind


def test_the_mean_ignores_sectors():
    ballots = [ballot("A", "P1", a=2), ballot("A", "P2", a=2), ballot("A", "Q", "academia", a=8)]
    assert rank(rules(), ballots).lines[0].score == 4
