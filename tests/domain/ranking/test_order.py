from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.domain.ranking.rules import alone, balanced, ballot, points, rules, weighted
from thinkia.domain.bases import MissingSector
from thinkia.domain.ranking.figures import exact_text
from thinkia.domain.ranking.findings import CannotRankError, FaultKind, NoteKind
from thinkia.domain.ranking.order import rank
from thinkia.domain.ranking.ties import TieFacts, lottery_number
from thinkia.domain.rubric import MarksToScore, Scale

NOON = datetime(2026, 1, 13, 12, 0, tzinfo=UTC)


def order(ranking):
    return [(line.place, line.submission, line.decided_by) for line in ranking.lines]


def faults_of(*args, **kwargs):
    with pytest.raises(CannotRankError) as caught:
        rank(*args, **kwargs)
    return [(fault.kind, dict(fault.params)) for fault in caught.value.faults]


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


# The tie chain


def test_each_key_decides_what_the_one_before_left_equal():
    ballots = [
        ballot("A", "J1", a=2, b=3, c=5),
        ballot("B", "J1", a=2, b=4, c=4),
        ballot("C", "J1", a=3, b=1, c=6),
        ballot("D", "J1", a=2, b=3, c=5),
    ]
    chain = ["criterion:a", "criterion:b", "submitted_at"]
    facts = TieFacts({"A": NOON, "D": NOON - timedelta(seconds=1)})
    ranking = rank(rules(points("a", "b", "c"), ties=chain), ballots, facts=facts)
    assert order(ranking) == [
        (1, "C", "criterion:a"),
        (2, "B", "criterion:b"),
        (3, "D", "submitted_at"),
        (4, "A", None),
    ]


def test_a_group_compares_its_part_of_the_score():
    rubric = weighted(a=60, b=20, c=20, groups={"a": "use", "b": "use"})
    # equal scores: the group "use" has 60·5/5 + 20·1/5 = 64 of A and 60·4/5 + 20·4/5 = 64 of B, then c decides
    ballots = [
        ballot("A", "J1", a=5, b=1, c=3),
        ballot("B", "J1", a=4, b=4, c=3),
        ballot("C", "J1", a=4, b=5, c=2),
    ]
    ranking = rank(rules(rubric, ties=["group:use", "criterion:a"]), ballots)
    assert order(ranking) == [(1, "C", "group:use"), (2, "A", "criterion:a"), (3, "B", None)]
    assert {line.submission: line.panel.groups["use"] for line in ranking.lines} == {
        "A": 64,
        "B": 64,
        "C": 68,
    }


def test_a_criterion_is_averaged_as_the_method_says():
    """Two of public and one of academia: plain mean of ``a`` is the same, sector by sector it is not."""
    method = balanced(public=1, academia=1)
    ballots = [
        ballot("A", "P1", "public", a=1, b=9),
        ballot("A", "P2", "public", a=1, b=9),
        ballot("A", "Q1", "academia", a=7, b=3),
        ballot("B", "P1", "public", a=3, b=7),
        ballot("B", "P2", "public", a=3, b=7),
        ballot("B", "Q1", "academia", a=3, b=7),
    ]
    by_sector = rank(rules(points("a", "b"), method, ["criterion:a"]), ballots)
    assert order(by_sector) == [(1, "A", "criterion:a"), (2, "B", None)]
    assert by_sector.lines[0].panel.criteria == {"a": 4, "b": 6}
    assert order(rank(rules(points("a", "b"), ties=["criterion:a"]), ballots))[0][2] is None


def test_an_earlier_submission_goes_first_whatever_its_offset():
    guayaquil, lisbon = timezone(timedelta(hours=-5)), timezone(timedelta(hours=1))
    facts = TieFacts(
        {
            "A": datetime(2026, 1, 13, 12, 0, 1, tzinfo=guayaquil),
            "B": datetime(2026, 1, 13, 18, 0, 0, tzinfo=lisbon),
        },
    )
    assert order(rank(rules(ties=["submitted_at"]), alone(A=5, B=5), facts=facts))[0] == (
        1,
        "B",
        "submitted_at",
    )


def test_the_same_instant_in_two_zones_decides_nothing():
    facts = TieFacts({"A": NOON, "B": NOON.astimezone(timezone(timedelta(hours=9)))})
    found = order(rank(rules(ties=["submitted_at"]), alone(A=5, B=5), facts=facts))
    assert found == [(1, "A", None), (1, "B", None)]


def test_the_instant_is_asked_for_only_where_a_tie_needs_it():
    assert order(rank(rules(ties=["submitted_at"]), alone(A=5, B=4)))[0] == (1, "A", None)
    needed = faults_of(rules(ties=["submitted_at"]), alone(A=5, B=5, C=4, D=5), facts=TieFacts({"B": NOON}))
    assert needed == [(FaultKind.SUBMITTED_AT_NEEDED, {"submissions": "A, D", "tied": "A, B, D"})]


def test_all_ties_that_lack_an_instant_are_named_at_once():
    needed = faults_of(rules(ties=["submitted_at"]), alone(A=5, B=5, C=4, D=4))
    assert [params["tied"] for _, params in needed] == ["A, B", "C, D"]


def test_the_lottery_is_the_hash_anyone_can_recompute():
    # printf '%s' '20260113:Ñandú' | sha256sum
    assert (
        lottery_number("20260113", "Ñandú")
        == "a3ad04bb1bc35951b87e6e237ee645fcdbf8c3f238b93cbc984434fe592da6fe"
    )
    ranking = rank(rules(ties=["lottery:20260113"]), alone(A=5, B=5, C=5))
    numbers = {code: lottery_number("20260113", code) for code in "ABC"}
    expected = sorted(numbers, key=numbers.get)
    assert [line.submission for line in ranking.lines] == expected
    assert [line.decided_by for line in ranking.lines] == ["lottery", "lottery", None]
    assert [line.place for line in ranking.lines] == [1, 2, 3]


def test_a_lottery_without_a_seed_is_refused_only_where_a_tie_needs_it():
    assert order(rank(rules(ties=["lottery"]), alone(A=5, B=4)))[0] == (1, "A", None)
    assert faults_of(rules(ties=["lottery"]), alone(A=5, B=5)) == [
        (FaultKind.SEED_NEEDED, {"submissions": "A, B"})
    ]


def test_the_seed_that_was_recorded_serves_where_the_rules_name_its_source():
    drawn = order(rank(rules(ties=["lottery"]), alone(A=5, B=5), facts=TieFacts(seed="7")))
    assert drawn == order(rank(rules(ties=["lottery:7"]), alone(A=5, B=5)))


def test_the_chair_s_recorded_decision_orders_a_tie():
    facts = TieFacts(chair=[("B", "A")])
    assert order(rank(rules(ties=["chair", "lottery:1"]), alone(A=5, B=5), facts=facts)) == [
        (1, "B", "chair"),
        (2, "A", None),
    ]


def test_the_chair_s_last_decision_about_the_whole_tie_counts():
    facts = TieFacts(chair=[("B", "A", "C"), ("C", "A", "B"), ("A", "B")])
    ranking = rank(rules(ties=["chair"]), alone(A=5, B=5, C=5), facts=facts)
    assert [line.submission for line in ranking.lines] == ["C", "A", "B"]


def test_without_a_decision_the_chair_is_skipped_and_it_is_said():
    ranking = rank(
        rules(ties=["chair", "submitted_at"]),
        alone(A=5, B=5),
        facts=TieFacts({"A": NOON, "B": NOON - timedelta(1)}),
    )
    assert order(ranking) == [(1, "B", "submitted_at"), (2, "A", None)]
    assert ranking.awaiting_chair == (("A", "B"),)
    assert [note.kind for note in ranking.notes] == [NoteKind.CHAIR_SKIPPED]


def test_a_chair_that_no_tie_reaches_is_not_mentioned():
    assert rank(rules(ties=["chair"]), alone(A=5, B=4)).notes == ()


def test_every_step_of_a_tie_is_kept_to_explain_it():
    ballots = [ballot(code, "J1", a=a, b=10 - a) for code, a in {"A": 7, "B": 7, "C": 3}.items()]
    facts = TieFacts({"A": NOON, "B": NOON - timedelta(1)})
    ranking = rank(
        rules(points("a", "b"), ties=["criterion:a", "chair", "submitted_at"]), ballots, facts=facts
    )
    assert [(s.key, s.groups, s.decided, s.skipped) for s in ranking.steps_of("A")] == [
        ("criterion:a", (("A", "B"), ("C",)), True, False),
        ("chair", (("A", "B"),), False, True),
        ("submitted_at", (("B",), ("A",)), True, False),
    ]
    assert ranking.steps_of("A")[0].values == {"A": 7, "B": 7, "C": 3}
    assert [step.key for step in ranking.steps_of("C")] == ["criterion:a"]


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


# Sectors


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
