"""The benchmark of the panels holds on small calls too."""

import pytest

from benchmarks import highs, juries


@pytest.mark.parametrize(("submissions", "jurors"), [(60, 20), (400, 50)])
def test_panels_are_proved_best_and_better_than_greedy(submissions, jurors):
    found = juries.measured(submissions, jurors)
    assert (found["gap"], found["violations"], found["required_empty"]) == (0, 0, 0)
    assert found["value_to_greedy"] >= 1
    assert found["value_to_random"] > 2
    assert found["repair"]["moved"] == 0


def test_highs_finds_the_same_value():
    assert highs.measured(80, 30)["difference"] == 0
