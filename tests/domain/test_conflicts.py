"""What joins a juror and a team, seen from outside: to be looked at, never decided by."""

import pytest

from thinkia.domain.conflicts import Hint, HintKind, Known, hints, institution_key, mail_domain

NINA = Known(7, ("Universidad de Cuenca",), "nina@gmail.com")


def found(juror, *members, former=()):
    return hints([juror], [(1, member) for member in members], former).get((juror.id, 1), [])


def test_two_spellings_of_an_institution_are_one():
    assert institution_key("UNIVERSIDAD  de Cuénca ") == institution_key("Universidad de Cuenca")


@pytest.mark.parametrize("words", ["", "  ", "-", "Ninguna", "N/A", "no aplica", "Independiente"])
def test_to_belong_to_none_joins_nobody(words):
    assert institution_key(words) == ""
    assert found(Known(1, (words,)), Known(2, (words,))) == []


def test_the_same_institution_is_a_hint():
    assert found(Known(1, ("universidad de cuenca",)), NINA) == [
        Hint(HintKind.INSTITUTION, "universidad de cuenca")
    ]


@pytest.mark.parametrize("email", ["a@gmail.com", "a@Hotmail.com", "a@outlook.es", "nonsense", ""])
def test_a_domain_where_anybody_may_be_says_nothing(email):
    assert mail_domain(email) in {"", "nonsense"}
    assert found(Known(1, (), email), Known(2, (), email)) == []


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("a@ups.edu.ec", "b@ups.edu.ec", "ups.edu.ec"),
        ("a@ups.edu.ec", "b@est.ups.edu.ec", "ups.edu.ec"),
        ("a@est.ups.edu.ec", "b@ups.edu.ec", "ups.edu.ec"),
        ("a@ups.edu.ec", "b@uce.edu.ec", None),
        ("a@quito.gob.ec", "b@cuenca.gob.ec", None),
    ],
)
def test_a_domain_of_an_organisation_is_a_hint_also_one_above_the_other(one, other, joined):
    expected = [Hint(HintKind.MAIL_DOMAIN, joined)] if joined else []
    assert found(Known(1, (), one), Known(2, (), other)) == expected


def test_a_team_of_an_earlier_call_is_a_hint_once():
    assert found(Known(1), NINA, NINA, former=[(1, 7)]) == [Hint(HintKind.FORMER_TEAM)]
    assert found(Known(1), NINA, former=[(1, 8)]) == []
