"""SCORES and SUBMISSIONS as people have them, and what is said when they cannot be read."""

import json

import pytest

from tests.results.terminal import HEADER, ONE, TWO, Terminal, alone, rows


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path)


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


def test_many_notes_do_not_flood_the_terminal_and_json_has_them_all(terminal):
    rules = ONE + 'tie_break: [{key: chair}, {key: lottery, seed: "1"}]\n'
    scores = alone(**{f"S{number}": number // 2 / 10 for number in range(420)})
    result = terminal.rank(rules, scores, options="--format json --lang en")
    assert len(result.stderr.splitlines()) == 201
    assert result.stderr.endswith("… and 10 more.\n")
    assert len(json.loads(result.stdout)["notes"]) == 210


def test_the_largest_mark_that_rules_may_allow_is_read(terminal):
    rules = ONE.replace("max: 100", "max: 1000000000000")
    found = terminal.ranking(rules, alone(A="1000000000000", B="999999999999.999999"))
    assert [line["score"] for line in found] == ["1000000000000.0", "999999999999.999999"]


def test_many_faults_do_not_flood_the_terminal(terminal):
    found = terminal.refusal(ONE, rows(*(f"S{n},J{n},public,a,101" for n in range(500))))
    assert len(found) == 201
    assert found[-1] == "… and 300 more."


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
