"""Tables in three styles, read back with other libraries: nothing runs, nothing is lost, memory stays flat."""

import csv
import io
import json
import tracemalloc
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import openpyxl
import pytest

from thinkia.web.export import (
    About,
    Attached,
    Column,
    Kind,
    Style,
    Table,
    Writing,
    book,
    defused,
    ending,
    write,
)

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


VALUES = (Column("code", note="Su código"), Column("value", Kind.NUMBER))


def table(rows, columns=VALUES, name="things"):
    return Table(name, columns, lambda: iter(rows))


def written(style, *tables, **how):
    file = io.BytesIO()
    count = write(file, style, tables, ABOUT, Writing(**how))
    return count, file.getvalue()


def things(document):
    """The rows of a JSON export's first table."""
    return document["resources"][0]["data"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_reaches_a_spreadsheet_as_a_formula(text):
    _, plain = written(Style.CSV, table([(text, 1)]))
    cell = list(csv.reader(io.StringIO(plain.decode(), newline="")))[1][0]
    assert cell == f"'{text}"

    _, packed = written(Style.XLSX, table([(text, 1)]))
    found = openpyxl.load_workbook(io.BytesIO(packed))["things"]["A2"]
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
    _, packed = written(Style.XLSX, table(rows))
    sheet = openpyxl.load_workbook(io.BytesIO(packed))["things"]
    assert [sheet.cell(line, 2).value for line in range(2, 7)] == [-2.5, 0, 83.333333, True, None]
    assert [sheet.cell(line, 2).data_type for line in range(2, 6)] == ["n", "n", "n", "b"]
    _, text = written(Style.JSON, table(rows))
    assert b'"value": -2.50' in text
    values = [row["value"] for row in things(json.loads(text, parse_float=Decimal))]
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
    assert archive.namelist() == ["things.csv", "others.csv", "datapackage.json", "README.txt"]
    assert archive.read("others.csv") == b"code,value\r\nb,2\r\nc,3\r\n"
    readme = archive.read("README.txt").decode()
    assert readme.startswith("Datos\n2026-03-02T17:00:00+00:00\n")
    assert ending(Style.CSV, [1]) == "csv"
    assert ending(Style.CSV, [1, 2]) == "zip"


def test_a_table_without_rows_still_has_its_columns():
    assert written(Style.CSV, table([]))[1] == b"code,value\r\n"
    assert things(json.loads(written(Style.JSON, table([]))[1])) == []
    workbook = openpyxl.load_workbook(io.BytesIO(written(Style.XLSX, table([]))[1]))
    assert workbook.sheetnames == ["things", "dictionary", "README"]
    assert [cell.value for cell in workbook["things"][1]] == ["code", "value"]


def test_a_text_longer_than_a_cell_is_cut_and_marked():
    long = "á" * 40_000
    workbook = openpyxl.load_workbook(io.BytesIO(written(Style.XLSX, table([(long, 1)]))[1]))
    value = workbook["things"]["A2"].value
    assert (len(value), value[-4:]) == (32_767, " […]"[-4:])
    assert long in written(Style.CSV, table([(long, 1)]))[1].decode()


def test_more_rows_than_a_sheet_holds_go_on_in_another_one(monkeypatch):
    monkeypatch.setattr(book, "MOST_ROWS", 4)
    count, packed = written(Style.XLSX, table([(f"r{n}", n) for n in range(7)]))
    workbook = openpyxl.load_workbook(io.BytesIO(packed))
    assert (count, workbook.sheetnames) == (7, ["things", "things 2", "things 3", "dictionary", "README"])
    found = [row[0].value for name in workbook.sheetnames[:3] for row in workbook[name].iter_rows(min_row=2)]
    assert found == [f"r{n}" for n in range(7)]


@pytest.mark.parametrize("style", Style)
def test_memory_does_not_grow_with_the_rows(style, tmp_path):
    def peak(rows):
        columns = (*VALUES, Column("text"))
        many = Table("things", columns, lambda: ((f"c{n}", n, "texto " * 8) for n in range(rows)))
        with (tmp_path / f"{rows}").open("wb+") as file:
            tracemalloc.start()
            write(file, style, [many], ABOUT)
            _, highest = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return highest

    peak(10)
    assert peak(20_000) < peak(1_000) + 300_000


MOMENT = datetime(2026, 3, 2, 17, 30, 5, 120_000, tzinfo=timezone(timedelta(hours=-5)))
TYPED = (
    *(Column("moment", Kind.MOMENT, "Cuándo fue"), Column("day", Kind.DAY), Column("value", Kind.NUMBER)),
    *(Column("yes", Kind.TRUTH), Column("name")),
)
ROW = (MOMENT, MOMENT.date(), Decimal("1234.5"), True, "Ñusta Quri’ O'Brien 🏞️👩🏽‍🔬")


def test_a_spreadsheet_has_types_a_header_that_stays_filters_and_notes():
    sheets = openpyxl.load_workbook(io.BytesIO(written(Style.XLSX, table([ROW, ROW], TYPED))[1]))
    sheet = sheets["things"]
    moment, day, value, yes, name = (cell.value for cell in sheet[2])
    assert (moment, day.date(), value, yes, name) == (MOMENT.replace(tzinfo=None), *ROW[1:])
    assert (sheet["A2"].is_date, sheet["B2"].is_date, sheet["C2"].data_type) == (True, True, "n")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:E3")
    assert (sheet["A1"].comment.text.strip(), sheet["B1"].comment) == ("Cuándo fue", None)
    first = [cell.value for cell in sheets["dictionary"][2]]
    assert first == ["things", "moment", "datetime", "Cuándo fue"]


def test_with_semicolons_decimals_have_a_comma_and_the_dictionary_says_so():
    _, plain = written(Style.CSV, table([ROW], TYPED), semicolons=True, bom=True)
    (row,) = csv.DictReader(io.StringIO(plain.decode("utf-8-sig"), newline=""), delimiter=";")
    assert (row["value"], row["name"]) == ("1234,5", ROW[-1])
    assert row["moment"] == "2026-03-02T17:30:05.120000-05:00"
    _, packed = written(Style.ZIP, table([ROW], TYPED), semicolons=True)
    dictionary = json.loads(zipfile.ZipFile(io.BytesIO(packed)).read("datapackage.json"))
    resource = dictionary["resources"][0]
    assert resource["dialect"]["delimiter"] == ";"
    assert resource["schema"]["fields"][2] == {"name": "value", "type": "number", "decimalChar": ","}
    assert resource["schema"]["fields"][0]["description"] == "Cuándo fue"


def test_one_table_comes_as_a_zip_too_with_files_beside_it():
    file = io.BytesIO()
    attached = [Attached("files/a/b.pdf", lambda: iter([b"one ", b"two"]))]
    write(file, Style.ZIP, [table([ROW], TYPED)], ABOUT, attached=attached)
    archive = zipfile.ZipFile(file)
    assert archive.namelist() == ["things.csv", "datapackage.json", "README.txt", "files/a/b.pdf"]
    assert archive.read("files/a/b.pdf") == b"one two"
