"""Exports as whoever got them reads them: with the standard library's csv and json, and with openpyxl."""

import csv
import io
import json
import zipfile

import openpyxl
from flask import current_app

from tests.builders import NOON
from thinkia.exports.exporting import make
from thinkia.exports.models import Group, Wanted
from thinkia.exports.tables import NAMES, tables_of
from thinkia.web.export import Style

MARKS = {
    "Yaku": ((5, 2), (5, 2)),
    "Inti": ((3, 5), (3, 5)),
    "Sumak": ((3, 5), (3, 5)),
    "Killa": ((1, 2), (2, 1)),
}
EVERY_PURPOSE = dict.fromkeys(Group, "Para la prueba")


def rows_of(call, name, **options):
    """One table as it is written, by name of the column; with every column about persons."""
    (table,) = tables_of(call, [name], **{"groups": Group, **options})
    return [dict(zip(table.header, row, strict=True)) for row in table.rows()]


def made(call, style=Style.ZIP, tables=NAMES, purposes=EVERY_PURPOSE, now=NOON, **how):
    return make(call, Wanted(style, tables, purposes, **how), now, current_app.extensions["storage"])


def content(*arguments, **how):
    return b"".join(made(*arguments, **how).chunks())


def sheet(data, delimiter=","):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def archive(data):
    return zipfile.ZipFile(io.BytesIO(data))


def read_back(style, data):
    """Table → rows by column, as another library reads them."""
    if style is Style.ZIP:
        whole = archive(data)
        return {
            name[:-4]: sheet(whole.read(name))
            for name in whole.namelist()
            if name.endswith(".csv") and "/" not in name
        }
    if style is Style.JSON:
        return {one["name"]: one["data"] for one in json.loads(data)["resources"]}
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {}
    for name in book.sheetnames[:-2]:
        header, *lines = book[name].iter_rows(values_only=True)
        found[name] = [dict(zip(header, line, strict=True)) for line in lines]
    return found
