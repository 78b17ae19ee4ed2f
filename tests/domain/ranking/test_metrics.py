"""External metrics: one value a submission, as a criterion and in the tie chain."""

from dataclasses import replace
from decimal import Decimal

from tests.domain.ranking.rules import ballot, faults_of, order, points, rules
from thinkia.domain.bases import Method, MethodName, TieKey, TieKeyKind
from thinkia.domain.ranking.findings import FaultKind
from thinkia.domain.ranking.order import rank
from thinkia.domain.ranking.ties import TieFacts
from thinkia.domain.rubric import MarkSource

USERS = points("a", "users")
MEASURED = replace(USERS, criteria=(USERS.criteria[0], replace(USERS.criteria[1], source=MarkSource.METRIC)))
PANELS = [ballot("A", "J1", a=2), ballot("A", "J2", a=4), ballot("B", "J1", a=9), ballot("B", "J2", a=1)]


def facts(**metrics):
    return TieFacts(
        metrics={
            name: {code: Decimal(str(value)) for code, value in values.items()}
            for name, values in metrics.items()
        }
    )


def test_a_metric_counts_once_whatever_the_method():
    known = facts(users={"A": 10, "B": 0})
    for method in (Method(), Method(MethodName.SUM)):
        ranking = rank(rules(MEASURED, method), PANELS, facts=known)
        times = 2 if method.name is MethodName.SUM else 1
        assert {line.submission: line.score for line in ranking.lines} == {"A": 13 * times, "B": 5 * times}
        assert ranking.lines[0].panel.criteria["users"] == 10


def test_a_value_that_is_missing_or_off_the_scale_is_named():
    found = faults_of(rules(MEASURED), PANELS, facts=facts(users={"A": 11}))
    assert found == [
        (FaultKind.METRIC_OFF_SCALE, {"submission": "A", "metric": "users", "value": "11"}),
        (FaultKind.METRIC_NEEDED, {"submission": "B", "metric": "users"}),
    ]


def test_a_metric_of_0_is_a_0():
    assert rank(rules(MEASURED), PANELS, facts=facts(users={"A": 0, "B": 0})).lines[0].score == 5


def settled(kind, **values):
    chain = (TieKey(kind, code="cost"),)
    tied = [ballot("A", "J1", a=5), ballot("B", "J1", a=5)]
    return rank(replace(rules(points("a")), tie_break=chain), tied, facts=facts(cost=values))


def test_a_tie_goes_to_the_fewer_or_to_the_more_of_a_metric():
    assert order(settled(TieKeyKind.FEWER, A=3, B=2)) == [(1, "B", "fewer:cost"), (2, "A", None)]
    assert order(settled(TieKeyKind.MORE, A=3, B=2)) == [(1, "A", "more:cost"), (2, "B", None)]
    assert order(settled(TieKeyKind.MORE, A="2.0", B=2)) == [(1, "A", None), (1, "B", None)]


def test_a_tie_that_needs_a_value_nobody_gave_says_whose():
    chain = (TieKey(TieKeyKind.FEWER, code="cost"),)
    tied = [ballot("A", "J1", a=5), ballot("B", "J1", a=5)]
    found = faults_of(replace(rules(points("a")), tie_break=chain), tied, facts=facts(cost={"A": 1}))
    assert found == [(FaultKind.TIE_METRIC_NEEDED, {"submissions": "B", "tied": "A, B", "metric": "cost"})]
