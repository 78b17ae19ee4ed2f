"""The data dictionary of an export: a Frictionless Data Package, for those who read tables by program."""

from collections.abc import Sequence
from typing import Any

from thinkia.web.export.tables import About, Column, Kind, Table, Writing


def package(about: About, resources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """``datapackage.json``: the moment, the journal's last line, and what each column of each table means."""
    head = {"journal": {"seq": about.head[0], "hash": about.head[1]}} if about.head else {}
    return {
        "profile": "tabular-data-package",
        "name": about.name,
        "title": about.title,
        "description": about.text,
        "created": about.at.isoformat(),
        **head,
        "resources": list(resources),
    }


def in_a_file(table: Table, writing: Writing) -> dict[str, Any]:
    """A table that stands in a CSV file beside the dictionary."""
    return {
        **resource(table, writing),
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ";" if writing.semicolons else ",", "doubleQuote": True},
    }


def resource(table: Table, writing: Writing | None = None) -> dict[str, Any]:
    """A table without its rows: columns with what they hold and mean."""
    fields = [_field(column, writing or Writing()) for column in table.columns]
    told = {"description": table.note} if table.note else {}
    schema = {"fields": fields, "missingValues": [""]}
    return {"profile": "tabular-data-resource", "name": table.name, **told, "schema": schema}


def _field(column: Column, writing: Writing) -> dict[str, Any]:
    told = {"description": column.note} if column.note else {}
    more: dict[str, Any] = {}
    if column.kind is Kind.MOMENT:
        more["format"] = "any"  # ISO 8601 with its offset: the default form is UTC alone
    if column.kind is Kind.NUMBER and writing.semicolons:
        more["decimalChar"] = ","
    return {"name": column.name, "type": str(column.kind), **more, **told}
