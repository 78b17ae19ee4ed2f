"""Tables in three styles, read back with other libraries: nothing runs, nothing is lost, memory stays flat."""

import csv
import io
import json
import tracemalloc
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest

from thinkia.web import export
from thinkia.web.export import About, Style, Table, defused, ending, write

ABOUT = About("Datos", datetime(2026, 3, 2, 17, tzinfo=UTC), "Una línea\nOtra línea")
DANGEROUS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "  =1",
    "\u00a0=1",
)


def table(rows, columns=("code", "value"), name="things"):
    return Table(name, columns, lambda: iter(rows))


def written(style, *tables, **options):
    file = io.BytesIO()
    count = write(file, style, tables, ABOUT, **options)
    return count, file.getvalue()


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_reaches_a_spreadsheet_as_a_formula(text):
    _, plain = written(Style.CSV, table([(text, 1)]))
    cell = list(csv.reader(io.StringIO(plain.decode(), newline="")))[1][0]
    assert cell == f"'{text}"

    _, book = written(Style.XLSX, table([(text, 1)]))
    found = openpyxl.load_workbook(io.BytesIO(book))["things"]["A2"]
    assert found.data_type == "s"
    assert found.value.replace("_x000D_", "\r") == text


@pytest.mark.parametrize("text", ["Río", "a=b", "it's", "", "3 × 4", "¡=!", "año 2026"])
def test_other_text_stays_as_it_is(text):
    assert defused(text) == text


def test_numbers_stay_numbers_and_exact():
    rows = [("a", Decimal("-2.50")), ("b", 0), ("c", Decimal("83.333333")), ("d", True), ("e", None)]
    _, plain = written(Style.CSV, table(rows))
    assert [row[1] for row in csv.reader(io.StringIO(plain.decode()))][1:] == [
        "-2.50",
        "0",
        "83.333333",
        "true",
        "",
    ]
    _, book = written(Style.XLSX, table(rows))
    sheet = openpyxl.load_workbook(io.BytesIO(book))["things"]
    assert [sheet.cell(line, 2).value for line in range(2, 7)] == [-2.5, 0, 83.333333, True, None]
    assert [sheet.cell(line, 2).data_type for line in range(2, 6)] == ["n", "n", "n", "b"]
    _, text = written(Style.JSON, table(rows))
    assert b'"value": -2.50' in text
    values = [row["value"] for row in json.loads(text, parse_float=Decimal)["tables"]["things"]]
    assert values == [Decimal("-2.50"), 0, Decimal("83.333333"), True, None]


def test_csv_is_utf8_with_a_mark_when_asked():
    row = [("Ñukanchik «río»; una coma, y\nun salto", 1)]
    count, plain = written(Style.CSV, table(row))
    assert count == 1
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert next(iter(list(csv.reader(io.StringIO(plain.decode(), newline="")))[1:]))[0] == row[0][0]
    assert written(Style.CSV, table(row), bom=True)[1] == b"\xef\xbb\xbf" + plain


def test_several_csv_tables_come_as_a_zip_with_a_readme():
    count, packed = written(Style.CSV, table([("a", 1)]), table([("b", 2), ("c", 3)], name="others"))
    assert count == 3
    archive = zipfile.ZipFile(io.BytesIO(packed))
    assert archive.namelist() == ["things.csv", "others.csv", "README.txt"]
    assert archive.read("others.csv") == b"code,value\r\nb,2\r\nc,3\r\n"
    readme = archive.read("README.txt").decode()
    assert readme.startswith("Datos\n2026-03-02T17:00:00+00:00\n")
    assert ending(Style.CSV, [1]) == "csv"
    assert ending(Style.CSV, [1, 2]) == "zip"


def test_a_table_without_rows_still_has_its_columns():
    assert written(Style.CSV, table([]))[1] == b"code,value\r\n"
    assert json.loads(written(Style.JSON, table([]))[1])["tables"] == {"things": []}
    book = openpyxl.load_workbook(io.BytesIO(written(Style.XLSX, table([]))[1]))
    assert book.sheetnames == ["things", "README"]
    assert [cell.value for cell in book["things"][1]] == ["code", "value"]


def test_a_text_longer_than_a_cell_is_cut_and_marked():
    long = "á" * 40_000
    book = openpyxl.load_workbook(io.BytesIO(written(Style.XLSX, table([(long, 1)]))[1]))
    value = book["things"]["A2"].value
    assert (len(value), value[-4:]) == (32_767, " […]"[-4:])
    assert long in written(Style.CSV, table([(long, 1)]))[1].decode()


def test_more_rows_than_a_sheet_holds_go_on_in_another_one(monkeypatch):
    monkeypatch.setattr(export, "MOST_ROWS", 4)
    count, packed = written(Style.XLSX, table([(f"r{n}", n) for n in range(7)]))
    book = openpyxl.load_workbook(io.BytesIO(packed))
    assert (count, book.sheetnames) == (7, ["things", "things 2", "things 3", "README"])
    found = [row[0].value for name in book.sheetnames[:3] for row in book[name].iter_rows(min_row=2)]
    assert found == [f"r{n}" for n in range(7)]


@pytest.mark.parametrize("style", Style)
def test_memory_does_not_grow_with_the_rows(style, tmp_path):
    def peak(rows):
        many = Table(
            "things", ("code", "text", "value"), lambda: ((f"c{n}", "texto " * 8, n) for n in range(rows))
        )
        with (tmp_path / f"{rows}").open("wb+") as file:
            tracemalloc.start()
            write(file, style, [many], ABOUT)
            _, highest = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return highest

    peak(10)
    assert peak(20_000) < peak(1_000) + 300_000
