from dataclasses import replace

import pytest

from tests.domain.assignment.juries import jurors, requests
from thinkia.domain.assignment import Pair, PanelRule, Problem, Quota, Violation, ViolationKind, verify

PROBLEM = Problem(
    PanelRule(2, (Quota("public", 1, 1), Quota("academia", 0, 1))),
    requests("A", "B"),
    jurors(ana="public", bea="academia", carla="private", dora="public", capacity=2),
)
KEPT = (
    Pair("A", "ana", "public"),
    Pair("A", "bea", "academia"),
    Pair("B", "dora", "public"),
    Pair("B", "carla", "private"),
)


def test_pairs_that_keep_every_rule_have_no_violations():
    assert verify(PROBLEM, KEPT) == ()


@pytest.mark.parametrize(
    ("changes", "pairs", "expected"),
    [
        ({}, KEPT[1:], [("under_size", "A", 1, 2), ("under_minimum", "A", 0, 1)]),
        (
            {},
            (*KEPT, Pair("A", "dora", "public")),
            [("over_size", "A", 3, 2), ("over_maximum", "A", 2, 1)],
        ),
        ({}, (*KEPT, Pair("A", "ana", "public")), [("repeated", "A"), ("over_size", "A", 3, 2), ("over_maximum", "A", 2, 1)]),
        ({}, (*KEPT, Pair("Z", "ana", "public")), [("unknown", "Z")]),
        ({}, (*KEPT[:3], Pair("B", "zoe", "private")), [("unknown", "B")]),
        ({}, (*KEPT[:3], Pair("B", "carla", "cooperation")), [("wrong_sector", "B")]),
        ({"conflicts": frozenset({("A", "bea")})}, KEPT, [("conflict", "A")]),
        ({"bans": frozenset({("B", "dora")})}, KEPT, [("ban", "B")]),
        ({"pins": (Pair("A", "dora", "public"),)}, KEPT, [("pin_moved", "A")]),
        ({"jurors": jurors(ana="public", bea="academia", carla="private", dora="public", capacity=0)}, KEPT[:1],
         [("over_capacity", None, 1, 0), ("under_size", "A", 1, 2), ("under_size", "B", 0, 2), ("under_minimum", "B", 0, 1)]),
    ],
)  # fmt: skip
def test_each_broken_rule_is_named(changes, pairs, expected):
    found = verify(replace(PROBLEM, **changes), pairs)
    facts = [(v.kind.value, v.submission, v.found, v.limit) for v in found]
    assert facts == [(*row, None, None)[:4] for row in expected]


def test_an_empty_seat_is_a_gap_and_not_a_broken_rule():
    assert [violation.is_gap for violation in verify(PROBLEM, KEPT[1:])] == [True, True]
    assert not Violation(ViolationKind.CONFLICT, "A", "ana").is_gap
