"""What a team's rules say of its members, in numbers."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thinkia.domain.bases import CompositionRule, PersonAttribute, TeamRules
from thinkia.domain.formation import (
    UNDISCLOSED,
    FindingKind,
    FindingState,
    alike,
    asked_of_people,
    can_be_read,
    findings,
    gender_code,
    is_complete,
    named_values,
    places_left,
)

GENDER, INSTITUTION = PersonAttribute.GENDER, PersonAttribute.INSTITUTION
MET, MISSING, BROKEN = FindingState.MET, FindingState.MISSING, FindingState.BROKEN


def people(*values, attribute=GENDER):
    return [{attribute.value: value} for value in values]


def finding(rule, members, **sizes):
    """What becomes of one rule of composition."""
    return findings(TeamRules(composition=(rule,), **sizes), members)[1]


@pytest.mark.parametrize(
    ("size", "state", "lacking", "free"),
    [(0, MISSING, 3, 5), (2, MISSING, 1, 3), (3, MET, 0, 2), (5, MET, 0, 0), (6, BROKEN, 0, 0)],
)
def test_the_size_comes_first_with_the_places_left(size, state, lacking, free):
    found = findings(TeamRules(min=3, max=5), [{}] * size)[0]
    assert (found.kind, found.state, found.count) == (FindingKind.SIZE, state, size)
    assert (found.lacking, found.free) == (lacking, free)


def test_without_a_maximum_places_never_end():
    assert places_left(TeamRules(min=1), 900) is None
    assert findings(TeamRules(min=1), [{}] * 900)[0].state is MET


def test_at_least_two_women():
    rule = CompositionRule(GENDER, value="woman", min=2)
    assert finding(rule, people("woman", "man", "woman")).state is MET
    found = finding(rule, people("woman", "man", "man"), max=5)
    assert (found.state, found.count, found.lacking, found.is_out_of_reach) == (MISSING, 1, 1, False)
    assert finding(rule, people("woman", "man", "man"), max=3).is_out_of_reach


def test_bases_may_name_a_gender_in_their_own_words():
    rule = CompositionRule(GENDER, value="Mujer", min=1)
    assert finding(rule, people("woman")).state is MET
    assert [gender_code(word) for word in ("MUJER", "hombre", "Male", "muxe")] == [
        "woman",
        "man",
        "man",
        "muxe",
    ]


def test_at_most_one_of_a_value_is_broken_by_a_second():
    rule = CompositionRule(GENDER, value="man", max=1)
    assert finding(rule, people("man", "woman")).state is MET
    assert finding(rule, people("man", "man")).state is BROKEN


def test_who_prefers_not_to_say_counts_for_nothing_but_the_size():
    rule = CompositionRule(GENDER, value="woman", min=2, max=2)
    found = finding(rule, people("woman", "woman", UNDISCLOSED, None, ""))
    assert (found.state, found.count, found.undisclosed) == (MET, 2, 3)
    same = CompositionRule(INSTITUTION, max_same=1)
    assert finding(same, people(UNDISCLOSED, UNDISCLOSED, "", attribute=INSTITUTION)).state is MET


def test_at_most_one_per_institution_names_the_one_that_too_many_share():
    rule = CompositionRule(INSTITUTION, max_same=1)
    members = people("Politécnica", "ESPE", "  POLITECNICA", attribute=INSTITUTION)
    found = finding(rule, members)
    assert (found.state, found.count, found.shared) == (BROKEN, 2, ("Politécnica",))
    assert finding(rule, members[:2]).shared == ()


def test_people_of_at_least_three_disciplines():
    rule = CompositionRule(PersonAttribute.DISCIPLINE, min_different=3)
    two = people("Derecho", "derecho", "Diseño", attribute=PersonAttribute.DISCIPLINE)
    found = finding(rule, two)
    assert (found.state, found.count, found.lacking) == (MISSING, 2, 1)
    assert finding(rule, [*two, {"discipline": "Física"}]).state is MET


def test_a_team_is_complete_when_every_rule_is_met():
    rules = TeamRules(min=2, max=3, composition=(CompositionRule(GENDER, value="woman", min=1),))
    assert is_complete(rules, people("woman", "man"))
    assert not is_complete(rules, people("woman"))
    assert not is_complete(rules, people("man", "man"))


def test_only_what_a_rule_looks_at_is_asked_of_people():
    rules = TeamRules(
        composition=(
            CompositionRule(GENDER, value="woman", min=2),
            CompositionRule(GENDER, value="man", max=2),
            CompositionRule(INSTITUTION, max_same=1),
        )
    )
    assert asked_of_people(rules) == (GENDER, INSTITUTION)
    assert named_values(rules, GENDER) == ("woman", "man")
    assert asked_of_people(TeamRules()) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yaku Wasi", "yakú  WASI"),
        ("Ñandú", "ÑANDU"),
        ("Straße", "STRASSE"),
        ("ﬁn", "fin"),
        ("Ríos", "Ri\u0301os"),
        ("paypal", "раураl"),  # Cyrillic р а у р а
        ("team", "t\u200beam"),
        ("Ｔｅａｍ", "team"),
        ("Τεαm", "team"),  # Greek tau, epsilon, alpha
    ],
)
def test_names_that_a_reader_takes_for_the_same_are_the_same(one, other):
    assert alike(one) == alike(other)


def test_names_that_differ_differ():
    names = ["Agua", "Aguas", "Agua 2", "Agua-2", "水", "вода", "मति", "Agua!"]
    assert len({alike(name) for name in names}) == len(names)


@pytest.mark.parametrize("blank", ["", "   ", "\u200b", "\u3164\u3164", "\u115f", "…!?", "\u0301"])
def test_a_name_of_blanks_alone_cannot_be_read(blank):
    assert not can_be_read(blank)


@pytest.mark.parametrize("name", ["A", "7", "水", "मति"])
def test_a_letter_or_a_digit_is_enough(name):
    assert can_be_read(name)


patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
values = st.sampled_from(["woman", "man", "other", UNDISCLOSED, None, ""])
teams = st.lists(values, max_size=8).map(lambda chosen: people(*chosen))
numbers = st.integers(0, 5)
rules = st.one_of(
    st.builds(
        CompositionRule, st.just(GENDER), value=st.sampled_from(["woman", "man"]), min=numbers, max=numbers
    ),
    st.builds(CompositionRule, st.just(GENDER), max_same=st.integers(1, 5)),
    st.builds(CompositionRule, st.just(GENDER), min_different=st.integers(1, 5)),
)


@patient
@given(rules, teams, st.randoms())
def test_the_order_of_members_makes_no_difference(rule, members, random):
    shuffled = random.sample(members, len(members))
    before, after = finding(rule, members), finding(rule, shuffled)
    assert (before.state, before.count, before.undisclosed) == (after.state, after.count, after.undisclosed)


@patient
@given(rules, teams, values)
def test_nobody_who_joins_mends_what_is_broken_nor_undoes_what_is_enough(rule, members, value):
    before, after = finding(rule, members), finding(rule, [*members, *people(value)])
    assert after.count >= before.count
    assert after.lacking <= before.lacking
    if before.state is BROKEN:
        assert after.state is BROKEN


@patient
@given(rules, teams)
def test_what_is_counted_is_what_one_counts_by_hand(rule, members):
    said = Counter(member["gender"] for member in members if member["gender"] in {"woman", "man", "other"})
    expected = {
        FindingKind.VALUE: said[rule.value],
        FindingKind.MAX_SAME: max(said.values(), default=0),
        FindingKind.MIN_DIFFERENT: len(said),
    }
    found = finding(rule, members)
    assert found.count == expected[found.kind]
    assert found.undisclosed == len(members) - said.total()
    assert found.is_met == (
        (found.low is None or found.count >= found.low) and (found.high is None or found.count <= found.high)
    )


@patient
@given(st.text(max_size=30))
def test_what_is_alike_stays_alike(text):
    assert alike(alike(text)) == alike(text)
    assert alike(f" {text.upper().lower()}\u200b ") == alike(text.upper().lower())
