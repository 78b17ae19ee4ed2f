"""``flask results rank`` as a person at a terminal meets it: files in, an order or sentences out."""

import json
import os
import subprocess
import sys

import pytest

from tests.results.terminal import BALANCED, HEADER, ONE, ROOT, TWO, Terminal, alone, rows
from thinkia.results.cli import reader_language

GSA = """
rubric:
  marks_to_score: of_max
  aggregate: weighted_mean
  criteria:
    - {code: usability, weight: 45, scale: {min: 1, max: 5, step: 1}}
    - {code: emotional, weight: 40, scale: {min: 1, max: 5, step: 1}}
    - {code: feedback, weight: 15, scale: {min: 1, max: 5, step: 1}}
method: {name: mean}
tie_break: [{key: criterion, code: usability}, {key: submitted_at}]
"""
GSA_MARKS = {"J1": (4, 5, 3), "J2": (5, 3, 4), "J3": (4, 4, 2)}


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path)


def gsa_scores():
    codes = ("usability", "emotional", "feedback")
    return rows(
        *(
            f"A,{juror},public,{code},{mark}"
            for juror, marks in GSA_MARKS.items()
            for code, mark in zip(codes, marks, strict=True)
        )
    )


# The order


def test_g1_gives_80_of_the_maximum(terminal):
    assert terminal.ranking(GSA, gsa_scores()) == [
        {"place": 1, "submission": "A", "score": "80.0", "decided_by": None, "passes": None}
    ]


def test_g1_gives_75_between_the_ends(terminal):
    assert terminal.ranking(GSA.replace("of_max", "min_max"), gsa_scores())[0]["score"] == "75.0"


def test_g2_adds_a_metric_and_a_checklist(terminal):
    rules = """
rubric:
  aggregate: sum
  criteria:
    - {code: f1, scale: {min: 0, max: 1}}
    - {code: docs, group: p2, scale: {checklist: [1, 2, 1, 2, 1, 1, 1, 1]}}
"""
    scores = rows("A,J1,public,f1,0.918367", "A,J1,public,docs,9")
    assert terminal.ranking(rules, scores)[0]["score"] == "9.918367"


def test_g3_accessibility_decides_between_equal_points(terminal):
    most = {
        "acc": 2.5,
        "multi": 3,
        "ux": 3,
        "integ": 1.5,
        "code": 4,
        "logic": 3,
        "inst": 1,
        "demo": 1,
        "clar": 1,
    }
    marks = {
        "A": {**most, "acc": 2.0, "ux": 2.5, "logic": 2.5},
        "B": {**most, "multi": 2.5, "ux": 2.5, "logic": 2.5},
    }
    criteria = "".join(
        f"    - {{code: {code}, scale: {{min: 0, max: {top}, step: 0.5}}}}\n" for code, top in most.items()
    )
    rules = f"rubric:\n  aggregate: sum\n  criteria:\n{criteria}tie_break: [{{key: criterion, code: acc}}, {{key: submitted_at}}]\n"
    scores = rows(
        *(f"{s},J1,public,{code},{mark}" for s, given in marks.items() for code, mark in given.items())
    )
    assert terminal.ranking(rules, scores) == [
        {"place": 1, "submission": "B", "score": "18.5", "decided_by": "criterion:acc", "passes": None},
        {"place": 2, "submission": "A", "score": "18.5", "decided_by": None, "passes": None},
    ]


def test_g4_sixty_passes_and_59_99_does_not(terminal):
    found = terminal.ranking(ONE + "cut_off: 60\n", alone(A="60", B="59.99", C="59"))
    assert [(line["submission"], line["passes"]) for line in found] == [
        ("A", True),
        ("B", False),
        ("C", False),
    ]


def test_a_score_that_does_not_end_has_six_places(terminal):
    scores = rows("A,J1,public,a,1", "A,J2,public,a,1", "A,J3,public,a,0")
    assert terminal.ranking(ONE, scores)[0]["score"] == "0.666667"


def test_csv_is_the_usual_form(terminal):
    result = terminal.rank(ONE + "cut_off: 2\n", alone(A=3, B=3, C=1))
    assert (
        result.stdout
        == "place,submission,score,decided_by,passes\n1,A,3.0,,true\n1,B,3.0,,true\n3,C,1.0,,false\n"
    )


def test_a_code_that_looks_like_a_formula_is_defused_in_csv_and_exact_in_json(terminal):
    scores = alone(**{"=1+1": 3})
    assert terminal.rank(ONE, scores).stdout.splitlines()[1] == "1,'=1+1,3.0,,"
    assert terminal.ranking(ONE, scores)[0]["submission"] == "=1+1"


def test_the_order_of_rows_and_columns_never_matters(terminal):
    straight = rows("A,J1,public,a,4", "B,J1,public,a,2", "A,J2,academia,a,3", "B,J2,academia,a,5")
    mixed = "mark,criterion,sector,juror,submission\n5,a,academia,J2,B\n4,a,public,J1,A\n3,a,academia,J2,A\n2,a,public,J1,B\n"
    assert terminal.rank(ONE, straight).stdout == terminal.rank(ONE, mixed).stdout


def test_nothing_but_the_ranking_is_said_when_there_is_nothing_to_say(terminal):
    result = terminal.rank(ONE, alone(A=1), options="--format json")
    assert list(json.loads(result.stdout)) == ["ranking"]
    assert result.stderr == ""


# Ties


def test_submitted_at_is_asked_for_only_when_a_tie_needs_it(terminal):
    rules = ONE + "tie_break: [{key: submitted_at}]\n"
    assert len(terminal.ranking(rules, alone(A=5, B=4))) == 2
    assert terminal.refusal(rules, alone(A=5, B=5, C=1)) == [
        "The tie between A, B is settled by the time of submission. It is not known for: A, B."
    ]


def test_instants_of_different_zones_compare_as_instants(terminal):
    rules = ONE + "tie_break: [{key: submitted_at}]\n"
    subs = "submission,submitted_at\nA,2026-01-13T17:00:01-05:00\nB,2026-01-13T23:00:00+01:00\nC,2026-01-13T22:00:02Z\n"
    found = terminal.ranking(rules, alone(A=5, B=5, C=5), subs)
    assert [(line["submission"], line["decided_by"]) for line in found] == [
        ("B", "submitted_at"),
        ("A", "submitted_at"),
        ("C", None),
    ]


def test_a_submission_may_lack_an_instant_that_no_tie_needs(terminal):
    rules = ONE + "tie_break: [{key: submitted_at}]\n"
    subs = "submission,submitted_at\nA,2026-01-13T17:00:00Z\nB,2026-01-13T16:00:00Z\nC,\n"
    assert [line["submission"] for line in terminal.ranking(rules, alone(A=5, B=5, C=1), subs)] == [
        "B",
        "A",
        "C",
    ]


def test_the_lottery_goes_by_the_hash_of_seed_and_code(terminal):
    rules = ONE + 'tie_break: [{key: lottery, seed: "20260113"}]\n'
    found = terminal.ranking(rules, alone(A=5, B=5, C=5))
    shell = "for c in A B C; do printf '%s' \"20260113:$c\" | sha256sum | sed \"s/ .*/ $c/\"; done | sort | sed 's/.* //'"
    by_hand = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True).stdout.split()
    assert [line["submission"] for line in found] == by_hand
    assert [line["decided_by"] for line in found] == ["lottery", "lottery", None]


def test_a_recorded_seed_serves_a_call_that_names_its_source(terminal):
    rules = (
        ONE
        + "tie_break: [{key: lottery, source: {es: Lotería, en: Lottery}, drawn_at: 2026-01-14T00:00:00Z}]\n"
    )
    literal = ONE + 'tie_break: [{key: lottery, seed: "7"}]\n'
    assert terminal.refusal(rules, alone(A=5, B=5))[0].startswith(
        "The tie between A, B is settled by lottery"
    )
    drawn = terminal.rank(rules, alone(A=5, B=5), options="--seed 7").stdout
    assert drawn == terminal.rank(literal, alone(A=5, B=5)).stdout


def test_the_chair_is_skipped_and_it_is_said(terminal):
    rules = ONE + 'tie_break: [{key: chair}, {key: lottery, seed: "1"}]\n'
    result = terminal.rank(rules, alone(A=5, B=5), options="--format json --lang es")
    document = json.loads(result.stdout)
    assert [line["decided_by"] for line in document["ranking"]] == ["lottery", None]
    sentence = "El empate entre A, B llegó a la decisión de la presidencia del jurado, que no está en estos archivos. Ese paso se omitió."
    assert document["notes"] == [{"note": "chair_skipped", "submissions": "A, B", "text": sentence}]
    assert result.stderr == f"{sentence}\n"


# Sectors


def test_sectors_are_balanced_by_their_weights(terminal):
    scores = rows(
        "A,P1,public,a,10",
        "A,P2,public,a,20",
        "A,Q1,academia,a,30",
        "A,C1,civil_society,a,50",
        "A,X1,private,a,100",
    )
    assert terminal.ranking(BALANCED % "", scores)[0]["score"] == "36.25"


def test_a_missing_weighted_sector_is_refused_unless_the_rules_share_its_weight_out(terminal):
    scores = rows("A,P1,public,a,10", "A,C1,civil_society,a,40")
    assert terminal.refusal(BALANCED % "", scores) == [
        (
            "The submission A lacks a review from: academia. "
            "The method gives these sectors weight and does not say to share it out."
        )
    ]
    result = terminal.rank(BALANCED % ", missing_sector: redistribute", scores)
    assert result.stdout.splitlines()[1] == "1,A,30.0,,"
    assert "Their weight was shared out" in result.stderr


# Incomplete reviews


def test_incomplete_reviews_can_be_left_out_and_it_is_said(terminal):
    scores = rows("A,J1,public,a,4", "A,J1,public,b,4", "A,J2,public,a,0")
    result = terminal.rank(TWO, scores, options="--incomplete exclude --format json --lang en")
    document = json.loads(result.stdout)
    assert document["ranking"][0]["score"] == "8.0"
    assert result.stderr == "The review of A by J2 was left out. It lacks marks on: b.\n"
    assert document["notes"][0]["note"] == "review_excluded"


def test_a_submission_with_only_incomplete_reviews_does_not_vanish(terminal):
    scores = rows("A,J1,public,a,4", "A,J1,public,b,4", "B,J2,public,a,0")
    result = terminal.rank(TWO, scores, options="--incomplete exclude --lang en")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("scores.csv, row 4: The submission B has only incomplete reviews.")


def test_rules_with_a_fault_are_refused_with_its_place(terminal):
    found = terminal.refusal(GSA.replace("weight: 15", "weight: 10"), gsa_scores(), language="es")
    assert len(found) == 1
    assert found[0].startswith("rules.yaml: ")
    assert "95" in found[0]


# The reader's language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "es_EC.UTF-8"}, "es"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "es_EC.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_ALL": "es_ES"}, "es"),
        ({"LANG": "es_EC.UTF-8", "LC_ALL": ""}, "es"),
        ({"LANG": "fr_FR"}, "en"),
        ({}, "en"),
    ],
)
def test_messages_follow_the_terminal_s_language(environment, language):
    assert reader_language(environment) == language


def test_a_terminal_in_spanish_is_answered_in_spanish(terminal):
    result = terminal.rank(ONE, b"", environment={"LC_ALL": "es_EC.UTF-8"})
    assert result.stderr == "scores.csv: El archivo está vacío.\n"


def test_the_real_command_needs_no_database_and_no_secret(terminal, tmp_path):
    rules, scores = terminal.file("rules.yaml", GSA), terminal.file("scores.csv", gsa_scores())
    command = [
        sys.executable,
        "-m",
        "flask",
        "--app",
        "wsgi",
        "results",
        "rank",
        "--rules",
        rules,
        "--scores",
        scores,
    ]
    environment = {
        "PATH": os.environ["PATH"],
        "THINKIA_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "THINKIA_DATA": str(tmp_path / "data"),
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "place,submission,score,decided_by,passes\n1,A,80.0,,\n"


METRIC = """
rubric:
  aggregate: sum
  criteria:
    - {code: a, scale: {min: 0, max: 5, step: 1}}
    - {code: users, scale: {min: 0, max: 1000}, source: metric}
"""


def test_metrics_come_in_a_file_of_their_own_with_all_their_faults_at_once(terminal):
    scores = HEADER + "A,J1,public,a,3\nB,J1,public,a,4\nB,J1,public,users,7\n"
    wrong = "submission,metric,value\nA,users,diez\nA,users,10\n,users,4\nC,users,5\n"
    refused = terminal.rank(METRIC, scores, metrics=wrong, options="--lang en")
    assert refused.exit_code == 1
    said = refused.stderr
    assert "scores.csv, row 4: “users” is measured and not judged" in said
    assert "metrics.csv, row 2: “diez” is not a value." in said
    assert "metrics.csv, row 3: The value of users for A is already in row 2." in said
    assert "metrics.csv, row 4: The column submission is empty." in said

    scores = HEADER + "A,J1,public,a,3\nB,J1,public,a,4\n"
    metrics = "submission,metric,value\nA,users,2.5\nB,users,0\n"
    ranked = terminal.rank(METRIC, scores, metrics=metrics)
    assert ranked.stdout.splitlines()[1:] == ["1,A,5.5,,", "2,B,4.0,,"]


def test_of_a_metric_in_versions_the_highest_counts_and_an_empty_one_is_no_value(terminal):
    scores = HEADER + "A,J1,public,a,3\nB,J1,public,a,4\n"
    head = "submission,metric,version,value\n"
    ranked = terminal.rank(
        METRIC, scores, metrics=head + "A,users,10,2.5\nA,users,9,\nA,users,2,7\nB,users,1,0\n"
    )
    assert (ranked.stderr, ranked.stdout.splitlines()[1:]) == ("", ["1,A,5.5,,", "2,B,4.0,,"])

    taken_back = head + "A,users,1,2.5\nA,users,2,\nB,users,1,0\n"
    wrong = head + "A,users,1,2.5\nA,users,1,3\nB,users,último,0\n"
    refused = [terminal.rank(METRIC, scores, metrics=one, options="--lang en") for one in (taken_back, wrong)]
    assert [one.exit_code for one in refused] == [1, 1]
    assert "The submission A has no value of users." in refused[0].stderr
    assert "metrics.csv, row 3: The value of users for A is already in row 2." in refused[1].stderr
    assert "metrics.csv, row 4: “último” is not a value." in refused[1].stderr
