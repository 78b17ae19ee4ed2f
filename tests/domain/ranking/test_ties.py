from datetime import UTC, datetime, timedelta, timezone

from tests.domain.ranking.rules import alone, balanced, ballot, faults_of, order, points, rules, weighted
from thinkia.domain.ranking.findings import FaultKind, NoteKind
from thinkia.domain.ranking.order import rank
from thinkia.domain.ranking.ties import TieFacts, lottery_number

NOON = datetime(2026, 1, 13, 12, 0, tzinfo=UTC)


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
