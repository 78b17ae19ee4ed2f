"""``flask results rank`` with several rounds: by hand on real calls, and beside a second computation."""

import json
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.results.rounds_oracle import outcomes
from tests.results.terminal import Terminal

HEADER = "round,submission,juror,sector,criterion,mark\n"
LOCAL_AND_NATIONAL = """
rubric: {criteria: [{code: idea, scale: {min: 0, max: 10, step: 1}}]}
tie_break: [{key: criterion, code: idea}, {key: chair}]
rounds:
  - {code: local, pools: {by: list}, advance: {top_per_pool: 1}, waiting: 1, share: 40}
  - {code: national, marks: carried, share: 60}
"""
POOLS = "submission,submitted_at,pool,withdrawn_after\nA,,uni,%s\nB,,uni,\nC,,puc,\n"
BY_HAND = LOCAL_AND_NATIONAL.replace("{top_per_pool: 1}", "{by_hand: true}")


@pytest.fixture(scope="module")
def terminal(tmp_path_factory):
    return Terminal(tmp_path_factory.mktemp("rounds"))


def marks(one, **scores):
    return "".join(f"{one},{code},J1,public,idea,{mark}\n" for code, mark in scores.items())


def ranked(terminal, rules, scores, subs, chosen=None, options="--lang es"):
    files = f" --chosen {terminal.file('chosen.csv', chosen)}" if chosen else ""
    return terminal.rank(rules, HEADER + scores, subs, f"--format json{files} {options}")


def rounds(result):
    """By round: submission, score, outcome and why, in the order written."""
    assert (result.exit_code, result.exception) == (0, None), result.stderr
    return {
        one["round"]: [(r["submission"], r["score"], r["outcome"], r["why"]) for r in one["ranking"]]
        for one in json.loads(result.stdout)["rounds"]
    }


LOCAL = marks("", A=8, B=6, C=5)  # without a round: of the first


def test_a_first_round_alone_says_who_goes_on_and_what_is_awaited(terminal):
    result = ranked(terminal, LOCAL_AND_NATIONAL, LOCAL, POOLS % "", options="--lang en")
    assert rounds(result) == {
        "local": [
            ("C", "50.0", "advances", "top"),
            ("A", "80.0", "advances", "top"),
            ("B", "60.0", "waits", "next"),
        ]
    }
    assert "The round national has no marks yet. These take part in it: A, C." in result.stderr


def test_earlier_marks_count_by_their_share_and_a_seat_left_is_filled(terminal):
    scores = LOCAL + marks("national", B=9, C=10)
    assert rounds(ranked(terminal, LOCAL_AND_NATIONAL, scores, POOLS % "local")) == {
        "local": [
            ("C", "50.0", "advances", "top"),
            ("A", "80.0", "stays", "withdrew"),
            ("B", "60.0", "advances", "promoted"),
        ],
        # 0.4 · 50 + 0.6 · 100 = 80 and 0.4 · 60 + 0.6 · 90 = 78
        "national": [("C", "80.0", None, None), ("B", "78.0", None, None)],
    }


def test_no_round_is_marked_before_the_one_above_it(terminal):
    middle = "  - {code: middle, advance: {top: 1}}\n  - {code: national"
    rules = LOCAL_AND_NATIONAL.replace("  - {code: national", middle)
    rules = rules.replace("pools: {by: list}, advance: {top_per_pool: 1}", "advance: {top: 2}")
    for scores, row in ((LOCAL + marks("national", A=9), 5), (marks("national", A=9), 2)):
        result = ranked(terminal, rules, scores, options="--lang en", subs=None)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"scores.csv, row {row}: The submission A has marks in the round national" in result.stderr


def test_csv_has_a_row_a_round_and_submission(terminal):
    result = terminal.rank(LOCAL_AND_NATIONAL, HEADER + LOCAL, POOLS % "")
    assert result.stdout.splitlines()[:2] == [
        "round,pool,place,submission,score,own_score,decided_by,passes,outcome,why,turn,reason",
        "local,puc,1,C,50.0,50.0,,,advances,top,,",
    ]


def test_by_hand_nobody_goes_on_until_somebody_is_named_with_a_reason(terminal):
    open_ = ranked(terminal, BY_HAND, LOCAL, POOLS % "", options="--lang en")
    assert [row[2] for row in rounds(open_)["local"]] == [None, None, None]
    assert "Who goes on from the round local is decided by hand, and nobody is named yet." in open_.stderr
    named = ranked(terminal, BY_HAND, LOCAL, POOLS % "", "round,submission,reason\nlocal,B,Solo rural\n")
    assert rounds(named)["local"][2] == ("B", "60.0", "advances", "by_hand")
    assert json.loads(named.stdout)["rounds"][0]["ranking"][2]["reason"] == "Solo rural"


@pytest.mark.parametrize(
    ("scores", "subs", "chosen", "sentence"),
    [
        (
            LOCAL + marks("national", B=9, C=10),
            POOLS % "",
            None,
            "scores.csv, row 5: The submission B has marks in the round national and did not go on to it.",
        ),
        (
            LOCAL + marks("national", C=10),
            POOLS % "",
            None,
            "Round national: The submission A has no marks, so it cannot have a place.",
        ),
        (
            LOCAL + marks("regional", C=1),
            POOLS % "",
            None,
            "There is no round “regional”. The rules have: local",
        ),
        (LOCAL, POOLS % "regional", None, "subs.csv, row 2: There is no round “regional”."),
        (LOCAL, "submission,submitted_at\nA,\n", None, "Round local: The submission A has no pool"),
        (
            marks("", A=6, B=6, C=5),
            POOLS % "",
            None,
            "Round local: A, B share a place across the line of who goes on",
        ),
        (
            LOCAL,
            POOLS % "",
            "round,submission,reason\nlocal,B,Buena\n",
            "chosen.csv, row 2: Nobody is named by hand in the round local",
        ),
    ],
)
def test_what_is_wrong_with_rounds_is_said_where_it_stands(terminal, scores, subs, chosen, sentence):
    result = ranked(terminal, LOCAL_AND_NATIONAL, scores, subs, chosen, options="--lang en")
    assert (result.exit_code, result.stdout) == (1, "")
    assert sentence in result.stderr


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ("local,Z,Buena", "The submission Z did not take part in this round."),
        ("local,B,", "chosen.csv, row 2: Write the reason why the submission B goes on."),
        (
            "local,B,x\nlocal,B,y",
            "chosen.csv, row 3: The submission B is already named for this round in row 2.",
        ),
    ],
)
def test_whoever_is_named_by_hand_was_there_once_and_for_a_reason(terminal, chosen, sentence):
    result = ranked(
        terminal, BY_HAND, LOCAL, POOLS % "", f"round,submission,reason\n{chosen}\n", options="--lang en"
    )
    assert (result.exit_code, result.stdout) == (1, "")
    assert sentence in result.stderr


def test_rules_without_rounds_ignore_the_column_and_refuse_names(terminal):
    rules = LOCAL_AND_NATIONAL.split("rounds:", maxsplit=1)[0]
    plain = ranked(terminal, rules, LOCAL, None, options="--lang en")
    assert [line["submission"] for line in json.loads(plain.stdout)["ranking"]] == ["A", "B", "C"]
    assert "These columns of the file were not used: round." in plain.stderr
    named = ranked(terminal, rules, LOCAL, None, "round,submission,reason\n", options="--lang en")
    assert named.exit_code == 1
    assert "chosen.csv: The rules have no rounds: the call is judged once." in named.stderr


def test_while_a_row_cannot_be_read_no_gap_is_told_of_any_round(terminal):
    rules = LOCAL_AND_NATIONAL.replace("{code: idea,", "{code: idea, scale: {min: 0, max: 10}}, {code: b,")
    gaps = ranked(terminal, rules, LOCAL, POOLS % "", options="--lang en")
    assert "is incomplete" in gaps.stderr
    torn = ranked(terminal, rules, LOCAL + "national,C,J1,public,b\n", POOLS % "", options="--lang en")
    assert torn.stderr.splitlines()[0].startswith("scores.csv, row 5: The row has 5 cells")
    assert "is incomplete" not in torn.stderr


def test_one_round_is_studied_by_its_own_marks_and_its_own_line(terminal):
    rules = """
rubric: {criteria: [{code: idea, scale: {min: 0, max: 10, step: 1}}]}
rounds:
  - {code: local, advance: {top: 2}}
  - {code: national, rubric: {criteria: [{code: pitch, scale: {min: 0, max: 5, step: 1}}]}}
"""
    first = [
        f"local,{code},{j},public,idea,{mark}"
        for code, mark in zip("ABC", (8, 6, 5), strict=True)
        for j in "JK"
    ]
    second = [f"national,{code},{j},public,pitch,{mark}" for code, mark in (("A", 2), ("B", 4)) for j in "JK"]
    scores = HEADER + "".join(f"{row}\n" for row in first + second)
    local = terminal.figures(scores, rules, "--round local")
    assert (local["cut"]["places"], local["criteria"], local["reviews"]) == (2, ["idea"], 6)
    assert terminal.figures(scores, rules, "--round national")["reviews"] == 4
    for options, sentence in (
        ("", "The rules have several rounds. Say which one with --round: local, national."),
        ("--round regional", "There is no round “regional”. The rules have: local, national."),
    ):
        refused = terminal.study(scores, rules, f"{options} --lang en")
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert sentence in refused.stderr
    plain = terminal.study(scores, rules.split("rounds:", maxsplit=1)[0], "--round local --lang en")
    assert (plain.exit_code, plain.stderr) == (
        1,
        "The rules have no rounds: the call is judged once. Leave this out.\n",
    )


# Beside a second computation


CODES = "ABCDEFGH"


def a_tournament(chance):
    """Two to four rounds of one criterion or two, with pools, cut-offs, lists, ties and withdrawals."""
    names = [f"r{number}" for number in range(chance.randint(2, 4))]
    codes = CODES[: chance.randint(2, len(CODES))]
    found = {"pools": {code: chance.choice("xy") for code in codes}, "withdrawn": {}, "rounds": []}
    for number, name in enumerate(names):
        found["rounds"].append(
            _a_round(chance, name, codes, first=number == 0, last=number == len(names) - 1)
        )
    for code in codes:
        if chance.random() < 0.2:
            found["withdrawn"][code] = chance.choice(names[:-1])
    return found


def _a_round(chance, name, codes, *, first, last):
    scale = {"min": "0", "max": "4", "step": "1"}
    criteria = [{"code": code, "scale": scale} for code in ("a", "b")[: chance.randint(1, 2)]]
    chain = [{"key": "criterion", "code": one["code"]} for one in criteria] * (chance.random() < 0.5)
    chain += [{"key": "lottery", "seed": "7"}] * (chance.random() < 0.6)
    rule = (
        {}
        if last
        else chance.choice([{"top": chance.randint(1, 4)}, {"top_per_pool": 1}, {"by_hand": True}, {}])
    )
    cut_off = chance.choice([None, "50"]) if "by_hand" not in rule else None
    cut_off = cut_off or (None if rule or last else "40")
    rows = [
        [code, juror, "public", one["code"], str(chance.randint(0, 4))]
        for code in codes
        for juror in ("J1", "J2")[: chance.randint(1, 2)]
        for one in criteria
    ]
    return {
        "code": name,
        "case": {
            "aggregate": "weighted_mean",
            "marks_to_score": "of_max",
            "criteria": criteria,
            "method": {"name": "mean"},
            "tie_break": chain,
            "cut_off": cut_off,
            "rows": rows,
            "instants": {},
            "metrics": {},
        },
        "advance": rule | ({"cut_off": cut_off} if cut_off and not last else {}),
        "waiting": 0 if last or not {"top", "top_per_pool", "by_hand"} & set(rule) else chance.randint(0, 2),
        "take_all": chance.random() < 0.5,
        "carried": not first and chance.random() < 0.5,
        "share": chance.choice(["1", "2", "0.5"]),
        "pooled": "top_per_pool" in rule,
        "chosen": {code: "Buena." for code in codes if chance.random() < 0.4} if "by_hand" in rule else {},
    }


def _written_rules(tournament):
    document = {"rubric": {"criteria": tournament["rounds"][0]["case"]["criteria"]}, "rounds": []}
    for one in tournament["rounds"]:
        case = one["case"]
        entry = {
            "code": one["code"],
            "rubric": {"criteria": case["criteria"]},
            "tie_break": case["tie_break"],
        }
        entry |= {"advance": one["advance"]} if one["advance"] else {}
        entry |= {"pools": {"by": "list"}} if one["pooled"] else {}
        entry |= {"marks": "carried"} if one["carried"] else {}
        entry |= {"at_line": "take_all"} if one["take_all"] else {}
        document["rounds"].append(entry | {"waiting": one["waiting"], "share": one["share"]})
    cut_off = tournament["rounds"][-1]["case"]["cut_off"]
    return json.dumps(document | ({"cut_off": cut_off} if cut_off else {}))


def _scores(tournament, expected):
    """The marks of those who take part in each round."""
    rows = [
        [one["code"], *row]
        for one in tournament["rounds"]
        for row in one["case"]["rows"]
        if (one["code"], row[0]) in expected
    ]
    return "".join(",".join(row) + "\n" for row in rows)


@settings(max_examples=250, deadline=None)
@given(st.integers(0, 10**9))
@example(0)
def test_any_rounds_give_what_is_computed_a_second_time(terminal, seed):
    tournament = a_tournament(random.Random(seed))
    withdrawn = tournament["withdrawn"]
    subs = "submission,submitted_at,pool,withdrawn_after\n" + "".join(
        f"{code},,{pool},{withdrawn.get(code, '')}\n" for code, pool in tournament["pools"].items()
    )
    names = [(one["code"], code) for one in tournament["rounds"] for code in one["chosen"]]
    expected, refused = outcomes(tournament)
    scores, chosen = _scores(tournament, expected), _chosen(names, expected)
    result = ranked(terminal, _written_rules(tournament), scores, subs, chosen)
    if refused:
        assert (result.exit_code, result.stdout) == (1, "")
        assert "«at_line: take_all»" in result.stderr
        return
    assert (result.exit_code, result.exception) == (0, None), result.stderr
    keys = ("pool", "place", "score", "own_score", "outcome", "turn")
    assert {
        (one["round"], row["submission"]): tuple(row[key] for key in keys)
        for one in json.loads(result.stdout)["rounds"]
        for row in one["ranking"]
    } == expected


def _chosen(names, there):
    """Those of them who are in their round; nothing at all where nobody is."""
    rows = [f"{one},{code},Buena.\n" for one, code in names if (one, code) in there]
    return "round,submission,reason\n" + "".join(rows) if rows else None
