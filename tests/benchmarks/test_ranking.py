"""The benchmark of the ranking holds on small samples too; nothing is timed."""

import pytest

from benchmarks import ranking, severity
from benchmarks.marks import SCENARIOS, averaged, panels
from benchmarks.reml import em_reml
from thinkia.domain.ranking.study.model import variances_of


@pytest.fixture(scope="module")
def found():
    return {name: averaged(SCENARIOS[name], range(12)) for name in ranking.CALIBRATED}


def test_the_adjusted_order_is_nearer_to_the_truth_and_its_intervals_hold(found):
    assert [check.name for check in ranking.accuracy(found) if not check.holds] == []


def test_trimming_and_borda_are_no_better(found):
    for name in ("realistic", "severe", "tracks"):
        assert found[name]["adjusted"] > max(found[name]["trimmed"], found[name]["borda"])


def test_a_large_call_in_small_agrees_with_em_reml():
    large = severity.measured(submissions=2_000, size=5, jurors=60)
    assert max(large["adjusted_difference"], large["severity_difference"]) < 0.01


def test_where_everybody_reads_everything_moments_are_reml():
    scores = panels(SCENARIOS["complete"], seed=3).scores
    ours, theirs = variances_of(scores), em_reml(scores).variances
    assert ours.noise == pytest.approx(theirs.noise, rel=1e-3)
    assert ours.quality == pytest.approx(theirs.quality, rel=1e-3)
    assert ours.severity == pytest.approx(theirs.severity, rel=1e-3)
