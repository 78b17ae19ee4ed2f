from decimal import Decimal

import pytest

from tests.domain.assignment.juries import jurors, requests
from thinkia.domain.assignment import JurorSlot, Pair, PanelRule, Problem, Quota
from thinkia.domain.assignment.affinities import weight


@pytest.mark.parametrize(
    ("affinity", "expected"),
    [
        ("0", 0),
        ("1", 10_000),
        ("0.5", 5_000),
        ("0.00005", 0),
        ("0.00015", 2),
        ("0.00025", 2),
        ("0.33333", 3333),
    ],
)
def test_an_affinity_becomes_a_whole_number_half_to_even(affinity, expected):
    assert weight(Decimal(affinity)) == expected


def test_a_sector_not_listed_may_have_none_or_fill_the_panel():
    rule = PanelRule(3, (Quota("public", 1, 2), Quota("academia", 1), Quota("private", most=9)))
    assert [rule.bounds(sector) for sector in ("public", "academia", "private", "cooperation")] == [
        (1, 2),
        (1, 3),
        (0, 3),
        (0, 3),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: PanelRule(-1),
        lambda: PanelRule(3, (Quota("public", -1),)),
        lambda: PanelRule(3, (Quota("public"), Quota("public"))),
        lambda: JurorSlot("ana", ()),
        lambda: JurorSlot("ana", ("public", "public")),
        lambda: JurorSlot("ana", ("public",), -1),
        lambda: Problem(PanelRule(1), requests("A", "A"), ()),
        lambda: Problem(PanelRule(1), (), jurors(ana="public") * 2),
        lambda: Problem(PanelRule(1), (), (), balance=-1),
        lambda: Problem(PanelRule(1), (), (), affinities={("A", "ana"): Decimal("1.01")}),
        lambda: Problem(PanelRule(1), requests("A"), (), pins=(Pair("A", "ana", "public"),)),
        lambda: Problem(
            PanelRule(1), requests("A"), jurors(ana="academia"), pins=(Pair("A", "ana", "public"),)
        ),
    ],
)
def test_what_makes_no_sense_is_refused_at_once(wrong):
    with pytest.raises(ValueError):
        wrong()


def test_the_fingerprint_knows_the_input_and_not_its_order():
    people = jurors(ana="public academia", bea="public")
    one = Problem(PanelRule(1, (Quota("public"), Quota("private"))), requests("A", "B"), people)
    same = Problem(
        PanelRule(1, (Quota("private"), Quota("public"))),
        requests("B", "A"),
        (people[1], JurorSlot("ana", ("academia", "public"))),
    )
    other = Problem(PanelRule(1), requests("A", "B"), people, conflicts=frozenset({("A", "ana")}))
    assert one.fingerprint() == same.fingerprint()
    assert one.fingerprint() != other.fingerprint()
    assert len(one.fingerprint()) == 64
