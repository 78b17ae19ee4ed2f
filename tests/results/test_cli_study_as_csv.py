"""``flask results study --format csv``: the figures of the document as a table."""

import csv
import io

import pytest

from tests.results.terminal import Terminal
from tests.results.test_cli_study import JUDGES, table


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path)


def read(result):
    assert (result.exit_code, result.exception) == (0, None), result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_as_csv_each_submission_is_a_row_with_the_figures_of_the_document(terminal):
    rows = read(terminal.study(table(JUDGES), options="--places 2 --format csv"))
    told = terminal.figures(table(JUDGES), options="--places 2")["submissions"]
    assert [row["submission"] for row in rows] == [each["submission"] for each in told]
    for row, each in zip(rows, told, strict=True):
        low, high = each["interval"]
        expected = [each["places"]["declared"], each["place"], low, high, each["part"], each["band"]]
        columns = ("declared_place", "place", "interval_low", "interval_high", "part", "band")
        assert [int(row[column]) for column in columns] == expected
        assert [float(row[key]) for key in ("score", "adjusted", "p_cut")] == [
            each[key] for key in ("score", "adjusted", "p_cut")
        ]
        assert row["tied"] == str(each["tied"]).lower()


def test_as_csv_jurors_are_a_table_of_their_own_and_a_code_is_no_formula(terminal):
    result = terminal.study(table(JUDGES).replace("J3", "=J3"), options="--format csv --table jurors")
    told = terminal.figures(table(JUDGES))["jurors"]
    rows = read(result)
    assert [row["juror"] for row in rows] == ["'=J3", "J0", "J1", "J2"]
    for row, each in zip(rows[1:], told, strict=False):
        assert (row["sectors"], row["reads"], float(row["severity"]), row["drift"]) == (
            " ".join(each["sectors"]),
            each["reads"],
            each["severity"],
            "",
        )


def test_as_csv_what_cannot_be_said_is_empty(terminal):
    result = terminal.study(table([(5, None), (None, 3), (4, 4)]), options="--format csv --lang en")
    first = read(result)[0]
    assert result.stderr.startswith("There is no adjusted order.")
    assert (first["score"], first["declared_place"]) == ("5.0", "1")
    assert {first[key] for key in ("adjusted", "place", "interval_low", "p_cut", "tied", "band")} == {""}
