"""``flask results rank`` beside a second computation (``oracle``), on rules and marks made up by chance."""

import json
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.results.cases import (
    COLUMNS,
    a_case,
    marks_of,
    metrics_file,
    rules_file,
    scores_file,
    submissions_file,
)
from tests.results.oracle import CannotRankError, ranking
from tests.results.terminal import Terminal


@pytest.fixture(scope="module")
def terminal(tmp_path_factory):
    return Terminal(tmp_path_factory.mktemp("oracle"))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
@example(0)
def test_any_rules_and_marks_give_the_order_computed_a_second_time(terminal, seed):
    chance = random.Random(seed)
    case, exclude = a_case(chance), chance.random() < 0.3
    result = terminal.rank(
        rules_file(chance, case),
        scores_file(chance, case),
        submissions_file(chance, case),
        "--format json" + " --incomplete exclude" * exclude,
        metrics=metrics_file(chance, case),
    )
    try:
        expected = ranking(case, exclude=exclude)
    except CannotRankError:
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr
    else:
        assert (result.exit_code, result.exception) == (0, None), result.stderr
        found = json.loads(result.stdout)["ranking"]
        parts = [line.pop("evaluators", []) for line in found]
        assert found == expected
        assert all(parts) == ("evaluators" in case["method"])


def off_the_scale(criterion):
    """A little above the highest mark, and between two marks."""
    marks = sorted(marks_of(criterion["scale"]))
    between = (marks[0] + marks[1]) / 2
    listed = {"min", "max"} != set(criterion["scale"])
    return [f"{float(marks[-1]) + 0.5:.6f}"] + ([f"{float(between):.6f}"] if listed else [])


DAMAGES = {
    "a mark off the scale": lambda chance, row, case: (
        [
            *row[:4],
            chance.choice(off_the_scale(next(one for one in case["criteria"] if one["code"] == row[3]))),
        ]
    ),
    "no number": lambda chance, row, _case: (
        [*row[:4], chance.choice(["NaN", "inf", "1e0", "cuatro", "--1", "9" * 30, "½", "0x1"])]
    ),
    "an unknown criterion": lambda _chance, row, _case: [*row[:3], "zz", row[4]],
    "an unknown sector": lambda _chance, row, _case: [*row[:2], "iglesia", *row[3:]],
    "no juror": lambda _chance, row, _case: [row[0], "", *row[2:]],
    "a cell too many": lambda _chance, row, _case: [*row, "x"],
    "a cell too few": lambda _chance, row, _case: row[:4],
    "an invisible character": lambda _chance, row, _case: [row[0] + "\u202e", *row[1:]],
}


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(sorted(DAMAGES)), st.sampled_from(["es", "en"]))
def test_a_damaged_row_is_named_and_nothing_is_ranked(terminal, seed, damage, language):
    chance = random.Random(seed)
    case = a_case(chance, grouped=False)
    at = chance.randrange(len(case["rows"]))
    rows = [list(COLUMNS), *case["rows"]]
    rows[at + 1] = DAMAGES[damage](chance, rows[at + 1], case)
    scores = "\n".join(",".join(row) for row in rows) + "\n"
    result = terminal.rank(rules_file(chance, case), scores, options=f"--lang {language}")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"scores.csv, {'fila' if language == 'es' else 'row'} {at + 2}: " in result.stderr
