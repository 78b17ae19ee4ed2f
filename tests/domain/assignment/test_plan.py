import pytest

from tests.domain.assignment.juries import jurors, requests
from thinkia.domain.assignment import (
    Pair,
    PanelRule,
    Problem,
    Quota,
    ShortfallReason,
    empty_seats,
    is_connected,
    loads_of,
)

BOTH = PanelRule(2, (Quota("public", 1, 1), Quota("academia", 1, 1)))
ANA, BEA = Pair("A", "ana", "public"), Pair("A", "bea", "academia")


def why(problem, *pairs):
    return [(row.sector, row.reason) for row in empty_seats(problem, pairs)]


def test_a_full_panel_has_no_empty_seats():
    assert why(Problem(BOTH, requests("A"), jurors(ana="public", bea="academia")), ANA, BEA) == []


@pytest.mark.parametrize(
    ("problem", "pairs", "expected"),
    [
        (Problem(BOTH, requests("A"), jurors(ana="public")), [ANA], ("academia", ShortfallReason.FEW_JURORS)),
        (Problem(BOTH, requests("A"), jurors(ana="public", bea="academia"), conflicts=frozenset({("A", "bea")})),
         [ANA], ("academia", ShortfallReason.CONFLICTS)),
        (Problem(BOTH, requests("A"), jurors(ana="public", bea="academia", capacity=0)),
         [ANA], ("academia", ShortfallReason.CAPACITY)),
        (Problem(BOTH, requests("A"), jurors(ana="public", bea="academia")), [ANA], ("academia", ShortfallReason.AVAILABLE)),
        (Problem(PanelRule(1, (Quota("academia", 1),)), requests("A"), jurors(ana="public", bea="academia")),
         [ANA], ("academia", ShortfallReason.NO_ROOM)),
        (Problem(PanelRule(2, (Quota("public", 0, 1),)), requests("A"), jurors(ana="public", bea="public")),
         [ANA], (None, ShortfallReason.MAXIMUM)),
        (Problem(PanelRule(2), requests("A"), jurors(ana="public")), [ANA], (None, ShortfallReason.FEW_JURORS)),
        (Problem(PanelRule(2), requests("A"), jurors(ana="public", bea="public")), [ANA], (None, ShortfallReason.AVAILABLE)),
        (Problem(PanelRule(2), requests("A"), jurors(ana="public", bea="public", capacity=0)),
         [ANA], (None, ShortfallReason.CAPACITY)),
    ],
)  # fmt: skip
def test_an_empty_seat_has_its_reason(problem, pairs, expected):
    assert why(problem, *pairs) == [expected]


def test_loads_leave_nobody_out():
    problem = Problem(BOTH, requests("A"), jurors(bea="academia", ana="public"))
    assert list(loads_of(problem, [ANA]).items()) == [("ana", 1), ("bea", 0)]


def test_submissions_are_connected_by_chains_of_shared_jurors():
    problem = Problem(PanelRule(2), requests("A", "B", "C"), jurors(ana="public", bea="academia"))
    chain = [ANA, Pair("B", "ana", "public"), Pair("B", "bea", "academia"), Pair("C", "bea", "academia")]
    assert is_connected(problem, chain)
    assert not is_connected(problem, chain[:2])
    assert not is_connected(problem, [chain[0], *chain[2:]])
