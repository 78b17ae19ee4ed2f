"""``flask results rank`` with groups of evaluators: the jury and users, a share each."""

import json

import pytest

from tests.results.terminal import ONE, Terminal

GROUPS = ONE + "method: {name: mean, evaluators: {jury: 50, users: 50}%s}\n"
HEADER = "submission,juror,sector,criterion,mark,group\n"
ROWS = (
    "A,J1,public,a,80,jury\nA,J2,academia,a,100,jury\nA,U1,public,a,10,users\nA,U2,public,a,30,users\n"
    "B,J1,public,a,50,jury\nB,U1,public,a,70,users\nB,U2,public,a,90,users\nB,U3,public,a,80,users\n"
)


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path)


def test_each_group_makes_its_share_and_the_order_says_what_each_gave(terminal):
    result = terminal.rank(GROUPS % "", HEADER + ROWS, options="--format json")
    first, second = json.loads(result.stdout)["ranking"]
    assert [(line["submission"], line["score"]) for line in (first, second)] == [("B", "65.0"), ("A", "55.0")]
    half = {"share": "0.5"}
    assert second["evaluators"] == [
        {"group": "jury", "ballots": 2, "score": "90.0", **half},
        {"group": "users", "ballots": 2, "score": "20.0", **half},
    ]


def test_a_row_without_its_group_or_in_two_is_told_by_its_number(terminal):
    wrong = ROWS.replace("A,U2,public,a,30,users", "A,U2,public,a,30,press").replace("50,jury", "50,users")
    result = terminal.rank(GROUPS % "", HEADER + wrong, options="--lang en")
    assert result.exit_code == 1
    assert (
        "row 5: “press” is no group of evaluators of the method. Choose one of: jury, users." in result.stderr
    )
    assert "J1 evaluates for users here and for jury in row 2. Keep one group." in result.stderr
    plain = terminal.rank(
        GROUPS % "", HEADER.replace(",group", "") + "A,J1,public,a,80\n", options="--lang en"
    )
    assert "“” is no group of evaluators" in plain.stderr


def test_a_group_that_is_missing_is_refused_or_shared_out_as_declared(terminal):
    alone = HEADER + ROWS + "C,J1,public,a,60,jury\n"
    refused = terminal.rank(GROUPS % "", alone, options="--lang es")
    assert "A la propuesta C le falta una evaluación de estos grupos: users." in refused.stderr
    shared = terminal.rank(GROUPS % ", missing_evaluators: redistribute", alone, options="--lang en")
    assert (shared.exit_code, "C,60.0" in shared.stdout) == (0, True)
    assert "C has no review from these evaluators: users." in shared.stderr


def test_without_groups_a_column_of_that_name_is_ignored_and_named(terminal):
    result = terminal.rank(ONE, HEADER + ROWS, options="--lang en")
    assert (result.exit_code, "group" in result.stderr) == (0, True)


def test_a_study_weighs_the_groups_alike_and_leaves_each_of_them_out(terminal):
    rows = ROWS.replace("B,U2,public,a,90,users\n", "").replace("J1,public,a,50", "J1,public,a,60")
    rules = (GROUPS % "").replace("jury: 50, users: 50", "jury: 80, users: 20")
    result = terminal.study(HEADER + rows, rules, options="--places 1 --draws 50")
    ways = {one["variant"]: one for one in json.loads(result.stdout)["sensitivity"]}
    # jury 90 and 60, users 20 and 75: by 80 and 20 that is 76 and 63, half each 55 and 67.5
    assert {name: way["inside"] for name, way in ways.items() if "group" in name or name == "declared"} == {
        "declared": ["A"],
        "groups_equal": ["B"],
        "without_group:users": ["A"],
        "without_group:jury": ["B"],
    }
