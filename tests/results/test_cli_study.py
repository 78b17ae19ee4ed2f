"""``flask results study`` as a person at a terminal meets it: marks in, figures or sentences out."""

import json
import os
import random
import subprocess
import sys

import pytest

from tests.results.terminal import BALANCED, HEADER, ONE, ROOT, TWO, Terminal, rows

# Shrout and Fleiss 1979, table 2.
JUDGES = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]
SECTOR_OF = {"J0": "public", "J1": "public", "J2": "academia", "J3": "civil_society"}
ONE_MORE = ONE + "    - {code: b, required: false, scale: {min: 0, max: 10}}\n"
KEYS = [
    "reviews",
    "criteria",
    "cut",
    "draws",
    "caveats",
    "connectivity",
    "variances",
    "jurors",
    "sectors",
    "submissions",
    "reliability",
    "icc",
    "alpha",
    "sensitivity",
    "leave_one_juror_out",
]


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path)


def table(lines, criterion="a"):
    return rows(
        *(
            f"S{row},J{column},{SECTOR_OF[f'J{column}']},{criterion},{mark}"
            for row, line in enumerate(lines)
            for column, mark in enumerate(line)
            if mark is not None
        )
    )


def two_parts():
    """The same panel twice, with nobody in common."""
    one = table([(50, 60, 55), (70, 75, 66), (40, 52, 44), (61, 70, 60)])
    other = one.replace("\nS", "\nT").replace(",J", ",K").removeprefix(HEADER.rstrip("\n"))
    return one.rstrip("\n") + other


def by_code(document, key, code):
    return {each[code]: each for each in document[key]}


# What is printed


def test_everything_is_there_and_nothing_else_when_there_is_nothing_to_say(terminal):
    result = terminal.study(table(JUDGES))
    assert list(json.loads(result.stdout)) == KEYS
    assert result.stderr == ""


def test_published_figures_come_out_of_a_file(terminal):
    document = terminal.figures(table(JUDGES))
    icc = document["icc"]
    assert [round(icc[form], 2) for form in ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")] == [
        0.17,
        0.29,
        0.71,
        0.44,
        0.62,
        0.91,
    ]
    assert {name: round(value, 2) for name, value in icc["mean_squares"].items()} == {
        "between": 11.24,
        "within": 6.26,
        "jurors": 32.49,
        "error": 1.02,
    }


def test_krippendorff_s_figures_come_out_of_a_file_with_gaps(terminal):
    observers = """
        1 2 3 3 2 1 4 1 2 . . .
        1 2 3 3 2 2 4 1 2 5 . 3
        . 3 3 3 2 3 4 2 2 5 1 .
        1 2 3 3 2 4 4 1 2 5 1 .
    """
    lines = zip(*(line.split() for line in observers.split("\n") if line.strip()), strict=True)
    marks = [[None if mark == "." else mark for mark in line] for line in lines]
    alpha = terminal.figures(table(marks))["alpha"]
    published = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}
    assert {name: round(alpha[name], 3) for name in published} == published
    assert alpha["by_criterion"]["a"] == {name: alpha[name] for name in published}


def test_a_strict_juror_is_told_and_corrected(terminal):
    quality, adds = (50, 60, 70, 80, 55, 64), (-10, 0, 10)
    lines = [[q + b if (r + c) % 4 else None for c, b in enumerate(adds)] for r, q in enumerate(quality)]
    document = terminal.figures(table(lines))
    jurors = by_code(document, "jurors", "juror")
    assert {code: (each["severity"], each["reads"]) for code, each in jurors.items()} == {
        "J0": (-10.0, "stricter"),
        "J1": (0.0, "alike"),
        "J2": (10.0, "kinder"),
    }
    found = by_code(document, "submissions", "submission")
    assert [found[f"S{n}"]["adjusted"] for n in range(6)] == list(map(float, quality))
    assert found["S3"]["place"] == 1


def test_chances_add_up_to_the_places_and_the_first_ones_are_likely(terminal):
    document = terminal.figures(table(JUDGES), options="--places 2")
    chances = [each["p_cut"] for each in document["submissions"]]
    assert sum(chances) == pytest.approx(2)
    assert document["submissions"][0]["interval"][0] == 1
    assert [each["place"] for each in document["submissions"]] == [1, 2, 3, 4, 5, 6]


def test_the_order_of_rows_never_matters_and_a_seed_gives_the_same_bytes(terminal):
    straight = table(JUDGES)
    lines = straight.splitlines(keepends=True)[1:]
    random.Random(1).shuffle(lines)
    first = terminal.study(straight).stdout
    assert terminal.study(HEADER + "".join(lines)).stdout == first
    assert terminal.study(straight, options="--seed 0 --draws 400").stdout == first
    assert terminal.study(straight, options="--seed 1").stdout != first


# Rules, or none


def test_without_rules_a_review_is_worth_the_mean_of_its_marks(terminal):
    scores = rows("A,J0,public,a,4", "A,J0,public,b,1", "B,J0,public,a,5", "B,J0,public,b,3")
    document = terminal.figures(scores + rows("A,J1,public,a,2", "A,J1,public,b,2").removeprefix(HEADER))
    found = by_code(document, "submissions", "submission")
    assert (found["A"]["score"], found["B"]["score"]) == (2.25, 4.0)
    assert document["criteria"] == ["a", "b"]
    assert document["cut"] == {"places": 1, "score": None}


def test_with_rules_scores_are_those_of_the_ranking(terminal):
    rules = TWO.replace("aggregate: sum", "aggregate: weighted_mean")
    scores = table([(4, 5), (2, 3)]) + table([(1, 2), (3, 3)], "b").removeprefix(HEADER)
    found = by_code(terminal.figures(scores, rules), "submissions", "submission")
    ranked = {line["submission"]: float(line["score"]) for line in terminal.ranking(rules, scores)}
    assert {code: each["score"] for code, each in found.items()} == ranked


def test_a_method_balanced_by_sector_is_the_declared_one(terminal):
    scores = table([(10, 20, 60, 50), (40, 41, 30, 30), (32, 33, 30, 35)])
    document = terminal.figures(scores, BALANCED % "")
    found = by_code(document, "submissions", "submission")
    ranked = {line["submission"]: float(line["score"]) for line in terminal.ranking(BALANCED % "", scores)}
    assert {code: each["score"] for code, each in found.items()} == ranked
    assert [each["variant"] for each in document["sensitivity"]] == [
        "declared",
        "jurors_equal",
        "sectors_equal",
        "adjusted",
        "adjusted_sector_balanced",
        "without:academia",
        "without:civil_society",
        "without:public",
    ]


@pytest.mark.parametrize(
    "method", ["{name: trimmed_mean, trim: 1}", "{name: sum}", "{name: borda}", "{name: z_score}"]
)
def test_any_method_is_the_declared_one(terminal, method):
    rules, scores = ONE + f"method: {method}\n", table(JUDGES)
    document = terminal.figures(scores, rules)
    found = by_code(document, "submissions", "submission")
    for line in terminal.ranking(rules, scores):
        assert found[line["submission"]]["score"] == pytest.approx(float(line["score"]), abs=1e-6)
        assert found[line["submission"]]["places"]["declared"] == line["place"]


def test_scores_adjusted_by_the_rules_are_those_of_the_study(terminal):
    document = terminal.figures(table(JUDGES), ONE + "method: {name: severity_adjusted}\n")
    for each in document["submissions"]:
        assert each["score"] == pytest.approx(each["adjusted"], abs=2e-6)
        assert each["places"]["declared"] == each["place"]


def test_rules_that_adjust_refuse_parts_as_the_ranking_does(terminal):
    rules = ONE + "method: {name: severity_adjusted}\n"
    result = terminal.study(two_parts(), rules, "--lang en")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == terminal.refusal(rules, two_parts())


def test_a_sum_without_a_juror_is_that_of_as_many_reviews(terminal):
    rules = ONE + "method: {name: sum}\ncut_off: 20\n"
    document = terminal.figures(table([(4, 9, 9), (8, 8, 3), (5, 5, 5)]), rules)
    assert document["sensitivity"][0]["inside"] == ["S0"]
    assert document["cut"] == {"places": None, "score": pytest.approx(20 / 3, abs=1e-6)}
    without = by_code(document, "leave_one_juror_out", "juror")
    assert without["J2"]["declared"] == {"enter": ["S1"], "leave": ["S0"]}


def test_a_cut_off_in_points_of_a_method_says_nothing_of_the_adjusted_order(terminal):
    document = terminal.figures(table(JUDGES), ONE + "method: {name: borda}\ncut_off: 60\n")
    assert document["cut"] == {"places": 1, "score": None}
    assert document["sensitivity"][0]["inside"] == ["S0", "S2", "S4"]


def test_the_method_may_decide_who_wins(terminal):
    scores = table([(10, 20, 60, 50), (40, 41, 30, 30)])
    by_variant = by_code(terminal.figures(scores, BALANCED % ""), "sensitivity", "variant")
    assert by_variant["declared"]["inside"] == ["S0"]
    assert by_variant["without:public"]["enter"] == []
    equal = by_variant["jurors_equal"]
    assert (equal["enter"], equal["leave"], equal["tau"]) == (["S1"], ["S0"], -1.0)


def test_one_juror_may_decide_who_wins(terminal):
    document = terminal.figures(table([(90, 60, 60), (70, 71, 71), (20, 21, 20)]))
    without = by_code(document, "leave_one_juror_out", "juror")
    assert not without["J0"]["changes"]
    assert without["J1"]["declared"] == {"enter": ["S0"], "leave": ["S1"]}


def test_the_places_that_win_come_from_the_call(terminal):
    assert terminal.figures(table(JUDGES), ONE)["cut"]["places"] == 1
    assert terminal.figures(table(JUDGES), ONE + "winners: 3\n")["cut"]["places"] == 3
    assert terminal.figures(table(JUDGES), ONE + "winners: 3\n", "--places 2")["cut"]["places"] == 2
    assert terminal.study(table(JUDGES), ONE + "winners: none\n", "--lang en").exit_code == 1


def test_a_cut_off_alone_is_a_cut(terminal):
    document = terminal.figures(table(JUDGES), ONE + "cut_off: 5\n")
    assert document["cut"] == {"places": None, "score": 5.0}
    assert set(document["sensitivity"][0]["inside"]) == {"S0", "S2", "S4"}


def test_an_optional_criterion_may_be_unmarked_by_some_or_by_all(terminal):
    rules = TWO.replace("code: b,", "code: b, required: false,")
    document = terminal.figures(table([(4, 5), (2, 3), (1, 3)]) + "S0,J0,public,b,2\n", rules)
    ranked = {
        line["submission"]: line["score"]
        for line in terminal.ranking(rules, table([(4, 5), (2, 3), (1, 3)]) + "S0,J0,public,b,2\n")
    }
    found = by_code(document, "submissions", "submission")
    assert {code: each["score"] for code, each in found.items()} == {
        code: float(score) for code, score in ranked.items()
    }
    assert set(terminal.figures(table(JUDGES), ONE_MORE)["alpha"]["by_criterion"]["b"].values()) == {None}


# Caveats


def test_parts_are_not_compared_and_both_languages_say_so(terminal):
    result = terminal.study(two_parts(), options="--lang es")
    document = json.loads(result.stdout)
    assert document["connectivity"] == {
        "connected": False,
        "parts": [
            {"part": 0, "submissions": 4, "jurors": 3},
            {"part": 1, "submissions": 4, "jurors": 3},
        ],
    }
    assert [each["place"] for each in document["submissions"]] == [1, 2, 3, 4, 1, 2, 3, 4]
    assert {each["p_cut"] for each in document["submissions"]} == {None}
    assert "adjusted" not in {each["variant"] for each in document["sensitivity"]}
    told = document["caveats"][0]
    assert told["caveat"] == "disconnected"
    assert told["en"].startswith("The reviews fall into 2 parts that no juror links; the largest has 4 of 8")
    assert told["es"].startswith(
        "Las evaluaciones se separan en 2 partes que ninguna persona jurada enlaza; la mayor tiene 4 de 8"
    )
    assert result.stderr == told["es"] + "\n"


def test_too_few_reviews_give_no_adjusted_order_and_the_rest_all_the_same(terminal):
    result = terminal.study(table([(5, None), (None, 3), (4, 4)]), options="--lang en")
    document = json.loads(result.stdout)
    assert result.stderr == (
        "There is no adjusted order. The reviews are too few to tell a strict juror from chance "
        "(reviews: 4, submissions: 3, jurors: 2).\n"
    )
    assert {each["adjusted"] for each in document["submissions"]} == {None}
    assert [each["places"]["declared"] for each in document["submissions"]] == [1, 2, 3]
    assert document["variances"] is None
    assert document["jurors"][0]["severity"] is None


def test_jurors_who_differ_by_chance_alone_are_not_corrected(terminal):
    document = terminal.figures(table([(1, 2), (2, 1), (3, 4), (4, 3)]))
    assert [each["caveat"] for each in document["caveats"]] == ["no_severity_seen"]
    assert all(each["adjusted"] == each["score"] for each in document["submissions"])


# Refusals


def test_all_faults_come_at_once_in_the_reader_s_language(terminal):
    scores = rows("A,J1,public,a,x", "A,J1,nadie,b,4", "A,J2,public,,4", "B,J2,public,a,5", "B,J2,public,a,5")
    result = terminal.study(scores, options="--lang es")
    assert (result.exit_code, result.stdout) == (1, "")
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [
        "scores.csv, fila 2",
        "scores.csv, fila 3",
        "scores.csv, fila 4",
        "scores.csv, fila 6",
    ]


def test_an_incomplete_review_is_refused_or_left_out_and_counted(terminal):
    scores = table(JUDGES) + table([(1, 2, 3)], "b").removeprefix(HEADER)
    assert terminal.study(scores).exit_code == 1
    lines = [(1, 2, 3, 4)] * 5 + [(1, 2, 3)]
    scores = table(JUDGES) + table(lines, "b").removeprefix(HEADER)
    result = terminal.study(scores, options="--incomplete exclude --lang en")
    document = json.loads(result.stdout)
    assert result.stderr.startswith("The review of S5 by J3 was left out.")
    assert by_code(document, "jurors", "juror")["J3"]["excluded"] == 1
    assert document["notes"][0]["note"] == "review_excluded"


def test_what_the_method_cannot_score_is_refused_as_the_ranking_refuses_it(terminal):
    scores = rows("A,P1,public,a,10", "A,C1,civil_society,a,40")
    result = terminal.study(scores, BALANCED % "", "--lang en")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == terminal.refusal(BALANCED % "", scores)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", HEADER.encode(), b"a,b\n1,2\n"])
def test_a_file_that_is_no_table_of_marks_is_refused(terminal, content):
    result = terminal.study(content, options="--lang en")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("scores.csv")


def test_rules_with_a_fault_are_refused_by_their_own_name(terminal):
    result = terminal.study(table(JUDGES), ONE + "winner: 3\n", "--lang en")
    assert result.exit_code == 1
    assert result.stderr.startswith("rules.yaml: ")


def test_one_review_alone_is_studied_without_a_fall(terminal):
    document = terminal.figures(rows("A,J1,public,a,4"))
    assert document["submissions"][0]["score"] == 4.0
    assert set(document["alpha"]["by_criterion"]["a"].values()) == {None}


def test_the_real_command_needs_no_database_and_no_secret(terminal, tmp_path):
    scores = terminal.file("scores.csv", table(JUDGES))
    environment = {
        "PATH": os.environ["PATH"],
        "THINKIA_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "THINKIA_DATA": str(tmp_path / "data"),
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "results", "study", "--scores", scores]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["connectivity"]["connected"]
