"""``flask jury plan`` as a person at a terminal meets it: files in, panels or sentences out."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

from thinkia.jury.cli import jury_cli

ROOT = Path(__file__).parents[2]
RULES = "{size: 2, sectors: {academia: {min: 1, max: 1}}, balance: 0}"
SUBMISSIONS = "submission\nA\nB\nC\n"
JURORS = "juror,sector,capacity\nana,academia,2\nbea,public,\ncai,private,1\ndora,academia,1\n"
KEYS = [
    "pairs",
    "shortfall",
    "value",
    "affinity_value",
    "upper_bound",
    "certified",
    "loads",
    "connected",
    "seconds",
]


class Terminal:
    """Runs the command on texts. No database, no secret: an application with a language and nothing else."""

    def __init__(self, folder):
        app = Flask("thinkia")
        app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
        Babel(app)
        app.cli.add_command(jury_cli)
        self.folder, self.runner = folder, app.test_cli_runner()

    def plan(self, *options, **files):
        files = {"submissions": SUBMISSIONS, "jurors": JURORS, "rules": RULES} | files
        args = ["jury", "plan", *options]
        for name, content in files.items():
            path = self.folder / f"{name}.csv"
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            args += [f"--{name}", str(path)]
        return self.runner.invoke(args=args, env={"LANG": "C"})

    def read(self, *options, **files):
        result = self.plan(*options, **files)
        assert (result.exit_code, result.exception) == (0, None), result.stderr
        return json.loads(result.stdout)

    def refusal(self, *options, **files):
        result = self.plan(*options, **files)
        assert (result.exit_code, result.stdout) == (1, "")
        return result.stderr.splitlines()


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path)


def who(plan):
    return {(pair["submission"], pair["juror"]) for pair in plan["pairs"]}


# The plan


def test_the_document_has_these_keys_and_the_best_value(terminal):
    affinity = "submission,juror,affinity\nA,ana,0.9\nB,ana,0.8\nA,dora,0.7\nC,bea,1\nA,cai,.5\n"
    plan = terminal.read(affinity=affinity)
    assert list(plan) == KEYS
    assert plan["value"] == plan["affinity_value"] == plan["upper_bound"] == 9_000 + 8_000 + 10_000 + 5_000
    assert plan["certified"] is True
    assert plan["shortfall"] == []
    assert plan["connected"] is True
    assert plan["loads"] == {"ana": 2, "bea": 2, "cai": 1, "dora": 1}
    assert {"submission": "C", "juror": "dora", "sector": "academia"} in plan["pairs"]


def test_loads_cost_what_the_balance_says(terminal):
    plan = terminal.read(rules="jury: {size: 1, balance: 100}", jurors="juror,sector\nana,public\n")
    assert (plan["affinity_value"], plan["value"], plan["upper_bound"]) == (0, -300, -300)


def test_a_whole_call_file_has_the_rules_too(terminal):
    shipped = next((ROOT / "thinkia" / "calls").rglob("*.yaml"))
    size = len(terminal.read(rules=shipped.read_bytes(), submissions="submission\nA\n")["pairs"])
    assert size > 0


def test_empty_seats_say_why_in_both_languages_and_how_many_are_missing(terminal):
    jurors = "juror,sector,capacity\nana,academia,2\nbea,public,3\n"
    plan = terminal.read(jurors=jurors)
    (seat,) = plan["shortfall"]
    assert (seat["sector"], seat["reason"]) == ("academia", "capacity")
    assert seat["es"].startswith("Falta Academia: pueden leer 2, las bases piden 3.")
    assert seat["en"].startswith("Academia is missing: they can read 2, the rules ask for 3.")
    assert plan["certified"] is True


def test_a_pin_is_kept_and_a_conflict_too(terminal):
    plan = terminal.read(
        affinity="submission,juror,affinity\nA,ana,1\nB,bea,1\n",
        pins="submission,juror\nA,dora\n",
        conflicts="submission,juror\nB,bea\n",
    )
    assert ("A", "dora") in who(plan)
    assert ("B", "bea") not in who(plan)


def test_a_pinned_juror_of_two_sectors_sits_for_the_one_that_suits(terminal):
    jurors = "juror,sector\nana,public|academia\nbea,academia\ncai,public\n"
    plan = terminal.read(
        submissions="submission\nA\n",
        jurors=jurors,
        affinity="submission,juror,affinity\nA,bea,0.4\nA,cai,0.9\n",
        pins="submission,juror\nA,ana\n",
    )
    assert plan["pairs"][0] == {"submission": "A", "juror": "ana", "sector": "academia"}
    assert plan["value"] == 9_000


def test_language_institution_and_minimum_load_are_kept(terminal):
    plan = terminal.read(
        rules="{size: 2}",
        submissions="submission,language,institution\nA,qu,\nB,es,GAD Loja\nC,,\n",
        jurors="juror,sector,institution,languages,min_load\n"
        "ana,academia,UTPL,es,0\nbea,academia,utpl,,0\ncai,public,gad loja,es|qu,2\ndora,private,,,1\n",
        affinity="submission,juror,affinity\nA,ana,1\nB,cai,1\nC,ana,1\nC,bea,1\n",
    )
    pairs = who(plan)
    assert not {("A", "ana"), ("B", "cai")} & pairs
    assert not {("C", "ana"), ("C", "bea")} <= pairs
    assert plan["loads"]["cai"] == 2
    assert plan["certified"] is True


def test_topics_decide_between_plans_of_equal_value_and_add_nothing(terminal):
    plan = terminal.read(
        rules="{size: 1}",
        submissions="submission,topics\nA,agua\nB,salud\n",
        jurors="juror,sector,topics,capacity\nana,public,Salud|empleo,1\nbea,public,agua,1\n",
    )
    assert who(plan) == {("A", "bea"), ("B", "ana")}
    assert plan["value"] == 0


def test_equal_files_give_equal_pairs_and_another_seed_an_equal_value(terminal):
    rows = [f"s{n}" for n in range(12)]
    people = [f"j{n},{'public' if n % 2 else 'academia'},8" for n in range(6)]
    one = terminal.read(submissions="\n".join(["submission", *rows]), jurors="\n".join(["juror,sector,capacity", *people]))  # fmt: skip
    same = terminal.read(submissions="\n".join(["submission", *rows[::-1]]), jurors="\n".join(["juror,sector,capacity", *people[::-1]]))  # fmt: skip
    other = terminal.read("--seed", "7", submissions="\n".join(["submission", *rows]), jurors="\n".join(["juror,sector,capacity", *people]))  # fmt: skip
    assert one["pairs"] == same["pairs"]
    assert one["pairs"] != other["pairs"]
    assert one["value"] == other["value"]


def test_csv_has_a_row_a_pair_and_no_formula(terminal):
    result = terminal.plan("--format", "csv", submissions="submission\n=1+1\n")
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert rows[0] == ["submission", "juror", "sector"]
    assert {row[0] for row in rows[1:]} == {"'=1+1"}


def test_it_needs_no_database_and_no_secret(tmp_path):
    terminal = Terminal(tmp_path)
    terminal.read()  # writes the files
    files = [part for name in ("submissions", "jurors", "rules") for part in (f"--{name}", tmp_path / f"{name}.csv")]  # fmt: skip
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    environment |= {"THINKIA_ENV": "production", "THINKIA_DATA": str(tmp_path / "none")}
    command = [Path(sys.executable).parent / "flask", "--app", "wsgi", "jury", "plan", *files]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["certified"] is True


# Refusals


def test_everything_wrong_is_told_at_once_with_file_and_row(terminal):
    told = terminal.refusal(
        "--lang",
        "es",
        jurors="juror,sector,capacity,min_load\nana,academia,two,\nana,public,,\nbea,,1,\ncai,public,1,2\n",
        submissions="submission\nA\nA\n",
        affinity="submission,juror,affinity\nA,ana,1.5\nA,ana\n",
        conflicts="submission\nA\n",
    )
    assert told == [
        "submissions.csv, fila 3: «A» ya está en la fila 2. Deje una.",
        "jurors.csv, fila 2: «two», en la columna capacity, no es un número entero de propuestas.",
        "jurors.csv, fila 3: «ana» ya está en la fila 2. Deje una.",
        "jurors.csv, fila 4: La columna sector está vacía.",
        "jurors.csv, fila 5: La carga mínima, 2, supera la capacidad, 1.",
        "affinity.csv, fila 2: «1.5» no es una afinidad. Escriba un decimal de 0 a 1 con punto, por ejemplo 0.75.",
        (
            "affinity.csv, fila 3: La fila tiene 2 celdas y la primera fila tiene 3. "
            "Puede que una coma haya partido una celda: escriba los decimales con punto."
        ),
        "conflicts.csv, fila 1: Faltan columnas: juror. La primera fila debe tener: submission, juror.",
    ]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"pins": "submission,juror\nA,zoe\n"}, "pins.csv, row 2: There is no juror “zoe”"),
        ({"affinity": "submission,juror,affinity\nZ,ana,1\n"}, "affinity.csv, row 2: There is no submission “Z”"),
        ({"affinity": "submission,juror,affinity\nA,ana,1\nA,ana,1\n"}, "affinity.csv, row 3: The affinity of ana for A"),
        ({"pins": "submission,juror\nA,ana\n", "conflicts": "submission,juror\nA,ana\n"}, "pins.csv, row 2: ana is fixed to A"),
        ({"submissions": "submission\n"}, "submissions.csv: The file has only"),
        ({"submissions": b"\xff\xfe"}, "submissions.csv: The file is not UTF-8"),
        ({"jurors": ""}, "jurors.csv: The file is empty"),
        ({"rules": "{size: 2, sectors: {academia: {min: 3}}}"}, "rules.csv: "),
        ({"rules": "{sectors: {academia: {min: 1}}}"}, "rules.csv: "),
        ({"rules": "{size: 2, sectors: {acadmia: {min: 1}}}"}, "Nobody sits for the sector “acadmia”"),
        ({"rules": "title: nothing"}, "rules.csv: "),
    ],
)  # fmt: skip
def test_a_fault_names_its_place(terminal, files, sentence):
    assert any(line.startswith(sentence) for line in terminal.refusal(**files)), terminal.refusal(**files)


def test_a_file_that_is_not_there_is_told(terminal, tmp_path):
    result = terminal.plan("--pins", str(tmp_path / "none.csv"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("none.csv: The file cannot be read.")


OF_GROUPS = "{size: 2, groups: {jury: {size: 1, sectors: {academia: {min: 1}}}, users: {size: 1}}}"
MEMBERS = "juror,sector,capacity,group\nana,academia,,jury\nbea,public,,jury\ncai,private,2,users\n"


def test_each_group_fills_its_own_part_and_an_empty_seat_says_whose_it_is(terminal):
    document = terminal.read(jurors=MEMBERS, rules=OF_GROUPS)
    seated = {(pair["submission"], pair["juror"]) for pair in document["pairs"]}
    assert {("A", "ana"), ("B", "ana"), ("C", "ana")} < seated
    assert (len(seated), document["certified"]) == (5, True)
    (empty,) = document["shortfall"]
    assert (empty["group"], empty["sector"], empty["reason"]) == ("users", None, "capacity")


def test_a_juror_of_no_group_is_told_by_the_row(terminal):
    (told,) = terminal.refusal("--lang", "en", jurors=MEMBERS.replace("2,users", "2,press"), rules=OF_GROUPS)
    assert told.endswith("row 4: “press” is no group of evaluators of the rules. Choose one of: jury, users.")
