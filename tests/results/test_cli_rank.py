"""``flask results rank`` as a person at a terminal meets it: files in, an order or sentences out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

from thinkia.results.cli import reader_language, results_cli

ROOT = Path(__file__).parents[2]

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

ONE = """
rubric:
  aggregate: sum
  criteria:
    - {code: a, scale: {min: 0, max: 100}}
"""
TWO = """
rubric:
  aggregate: sum
  criteria:
    - {code: a, scale: {min: 0, max: 5, step: 1}}
    - {code: b, scale: {min: 0, max: 5, step: 1}}
"""
BALANCED = (
    ONE
    + "method: {name: sector_balanced, sectors: {public: 1, academia: 1, civil_society: 2, private: 0, cooperation: 0}%s}\n"
)
HEADER = "submission,juror,sector,criterion,mark\n"


class Terminal:
    """Runs the command on texts. No database, no secret: an application with a language and nothing else."""

    def __init__(self, folder):
        app = Flask("thinkia")
        app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
        Babel(app)
        app.cli.add_command(results_cli)
        self.folder, self.runner = folder, app.test_cli_runner()

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def rank(self, rules, scores, subs=None, options="", environment=None):
        files = ["--rules", self.file("rules.yaml", rules), "--scores", self.file("scores.csv", scores)]
        if subs is not None:
            files += ["--submissions", self.file("subs.csv", subs)]
        return self.runner.invoke(args=["results", "rank", *files, *options.split()], env=environment)

    def ranking(self, rules, scores, subs=None):
        result = self.rank(rules, scores, subs, "--format json")
        assert (result.exit_code, result.exception) == (0, None), result.stderr
        return json.loads(result.stdout)["ranking"]

    def refusal(self, rules, scores, subs=None, language="en"):
        result = self.rank(rules, scores, subs, f"--lang {language}")
        assert (result.exit_code, result.stdout) == (1, "")
        return result.stderr.splitlines()


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path)


def rows(*lines):
    return HEADER + "".join(f"{line}\n" for line in lines)


def alone(**marks):
    return rows(*(f"{code},J1,public,a,{mark}" for code, mark in marks.items()))


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


# Refusals


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("A,J1,public,a,6", "The mark 6 is not on the scale of a, which takes: 0, 1, 2, 3, 4, 5."),
        ("A,J1,public,z,4", "The criterion “z” is not in the rubric, which has: a, b."),
        ("A,J1,galactic,a,4", "The sector “galactic” does not exist."),
        ("B,J2,public,a,4", "The mark of J2 for B on a is already in row 2. Keep one."),
        ("A,J2,academia,a,4", "The juror J2 sits here for academia and in row 2 for public."),
        ('A,J1,public,a,"4,5"', "The mark “4,5” has a comma. Write it with a point, such as 4.5."),
        ("A,J1,public,a,4,5", "The row has 6 cells and the first row has 5."),
        ("A,J1,public,a", "The row has 4 cells and the first row has 5."),
        ("A,J1,public,a,1e3", "“1e3” is not a mark."),
        ("A,J1,public,a,NaN", "“NaN” is not a mark."),
        ("A,J1,public,a,４", "“４” is not a mark."),
        ("A,J1,public,a,+4", "“+4” is not a mark."),
        ("A,J1,public,a,4.0000001", "The mark 4.0000001 has more than six decimals. Six are accepted."),
        (",J1,public,a,4", "The column submission is empty. Write its code."),
        ("A\u200b,J1,public,a,4", "There are invisible characters in: submission."),
        ("A\u202e,J1,public,a,4", "There are invisible characters in: submission."),
        ('"A\nB",J1,public,a,4', "There are invisible characters in: submission."),
        ("A,J1,public,a,4", "The review of A by J1 is incomplete. It lacks marks on: b."),
        ("A,J1,public,a,", "The review of A by J1 is incomplete. It lacks marks on: a, b."),
        ("A,J1,,a,4", "The sector “” does not exist."),
    ],
)
def test_a_faulty_row_is_named_with_what_to_do(terminal, line, sentence):
    found = terminal.refusal(TWO, rows("B,J2,public,a,4", "B,J2,public,b,4", line))
    assert len(found) == 1
    assert found[0].startswith(f"scores.csv, row 4: {sentence}")


def test_all_faults_of_both_files_come_at_once_in_the_reader_s_language(terminal):
    scores = rows("A,J1,public,a,6", "A,J1,public,b,4,,x", "A,J1,nadie,b,4")
    subs = "submission,submitted_at\nA,2026-01-13T17:00:00\nZ,2026-01-13T17:00:00Z\nA,ayer\n"
    assert terminal.refusal(TWO, scores, subs, language="es") == [
        "scores.csv, fila 2: El puntaje 6 no está en la escala de a, que admite: 0, 1, 2, 3, 4, 5.",
        (
            "scores.csv, fila 3: La fila tiene 7 celdas y la primera fila tiene 5. "
            "Puede que una coma haya partido una celda: escriba los decimales con punto."
        ),
        (
            "scores.csv, fila 4: El sector «nadie» no existe. "
            "Los sectores son: public, academia, private, civil_society, cooperation."
        ),
        (
            "subs.csv, fila 2: «2026-01-13T17:00:00» no indica su zona horaria. "
            "Añada la diferencia con UTC, como en 2026-01-13T17:00:00-05:00."
        ),
        "subs.csv, fila 4: La postulación A ya está en la fila 2. Deje una.",
    ]


def test_a_submission_without_marks_is_refused_not_forgotten(terminal):
    subs = "submission,submitted_at\nA,\nZ,2026-01-13T17:00:00Z\n"
    assert terminal.refusal(ONE, alone(A=5), subs) == [
        "subs.csv, row 3: The submission Z has no marks, so it cannot have a place."
    ]


def test_the_file_of_submissions_need_not_name_them_all(terminal):
    assert (
        len(terminal.ranking(ONE, alone(A=5, B=4), "submission,submitted_at\nA,2026-01-13T17:00:00Z\n")) == 2
    )


@pytest.mark.parametrize(
    "instant",
    [
        "2026-01-13",
        "ayer",
        "2026-02-30T10:00:00Z",
        "2026-01-13T10:00:00.1234567Z",
        "13/01/2026 17:00 -05:00",
        "２026-01-13T10:00:00Z",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_an_instant_that_is_not_read_is_refused(terminal, instant):
    found = terminal.refusal(ONE, alone(A=5), f"submission,submitted_at\nA,{instant}\n")
    assert [line[:17] for line in found] == ["subs.csv, row 2: "]


@pytest.mark.parametrize(
    "instant",
    [
        "2026-01-13T22:00:00Z",
        "2026-01-13 17:00-05:00",
        "2026-01-13T17:00:00.5-0500",
        "2026-01-13T22:00:00+00",
    ],
)
def test_the_usual_ways_to_write_an_instant_are_read(terminal, instant):
    assert terminal.ranking(ONE, alone(A=5), f"submission,submitted_at\nA,{instant}\n")


def test_many_faults_do_not_flood_the_terminal(terminal):
    found = terminal.refusal(ONE, rows(*(f"S{n},J{n},public,a,101" for n in range(500))))
    assert len(found) == 201
    assert found[-1] == "… and 300 more."


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


# Files as people have them


@pytest.mark.parametrize(
    "content",
    [
        alone(A=5).encode("utf-8-sig"),
        alone(A=5).replace(",", ";").encode(),
        alone(A=5).replace(",", "\t").encode(),
        alone(A=5).replace("\n", "\r\n").encode(),
        b'"Submission","JUROR"," sector ","criterion","mark"\n" A ","J1","public","a"," 5 "\n\n,,,,\n',
        alone(A=5).replace("\n", ",,\n").encode(),
    ],
    ids=["byte order mark", "semicolons", "tabs", "carriage returns", "quotes and spaces", "empty columns"],
)
def test_spreadsheets_of_many_kinds_are_read(terminal, content):
    assert terminal.ranking(ONE, content) == [
        {"place": 1, "submission": "A", "score": "5.0", "decided_by": None, "passes": None}
    ]


def test_a_letter_composed_in_two_ways_is_one_code(terminal):
    scores = rows("\u00d1,J1,public,a,2", "N\u0303,J2,public,a,4")
    assert terminal.ranking(ONE, scores) == [
        {"place": 1, "submission": "Ñ", "score": "3.0", "decided_by": None, "passes": None}
    ]


def test_empty_rows_are_counted_as_a_spreadsheet_counts_them(terminal):
    found = terminal.refusal(ONE, HEADER + "A,J1,public,a,5\n\n\nB,J1,public,a,500\n")
    assert found[0].startswith("scores.csv, row 5: ")


def test_other_columns_are_not_used_and_it_is_said(terminal):
    result = terminal.rank(
        ONE, "submission,juror,sector,criterion,mark,comment\nA,J1,public,a,5,hi\n", options="--lang en"
    )
    assert result.exit_code == 0
    assert result.stderr == "These columns of the file were not used: comment.\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "scores.csv: The file is empty."),
        (b"\n\n", "scores.csv: The file is empty."),
        (HEADER.encode(), "scores.csv: The file has no marks, only the names of the columns."),
        ("Ñ".encode("latin-1"), "scores.csv: The file is not UTF-8 text."),
        (alone(A=5).encode("utf-16"), "scores.csv: The file is not UTF-8 text."),
        (b"submission,juror,mark\nA,J1,5\n", "scores.csv, row 1: Columns are missing: sector, criterion."),
        (
            b"A,J1,public,a,5\n",
            "scores.csv, row 1: Columns are missing: submission, juror, sector, criterion, mark.",
        ),
        (
            b"submission,juror,sector,criterion,mark,mark\nA,J1,public,a,5,5\n",
            "scores.csv, row 1: These columns appear more than once: mark.",
        ),
        (
            HEADER.encode() + b'A,J1,public,a,5\n"B,J1,public,a,5\n',
            "scores.csv, row 3: The quotation marks do not match",
        ),
    ],
)
def test_a_file_that_is_no_table_of_marks_is_refused(terminal, content, sentence):
    found = terminal.refusal(ONE, content)
    assert len(found) == 1
    assert found[0].startswith(sentence)


def test_a_file_that_is_not_there_is_refused(terminal, tmp_path):
    rules = terminal.file("rules.yaml", ONE)
    result = terminal.runner.invoke(
        args=["results", "rank", "--rules", rules, "--scores", str(tmp_path / "no.csv"), "--lang", "es"]
    )
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "no.csv: No se puede leer el archivo. Revise su nombre y sus permisos.\n"


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
