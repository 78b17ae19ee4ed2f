"""Tables as CSV, as a ZIP of CSV files, and as JSON, a row at a time."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from thinkia.web.export.package import in_a_file, package, resource
from thinkia.web.export.tables import About, Attached, Table, Value, Writing

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−")
_BLANKS = " \u00a0\u3000\u200b\ufeff"


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula, also after blanks that it would ignore."""
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip(_BLANKS).startswith(_STARTS) else text


def write_csv(file: IO[bytes], table: Table, writing: Writing) -> int:
    text = io.TextIOWrapper(file, encoding="utf-8-sig" if writing.bom else "utf-8", newline="")
    writer = csv.writer(text, delimiter=";" if writing.semicolons else ",")
    writer.writerow(table.header)
    count = 0
    for row in table.rows():
        writer.writerow([_cell(value, writing) for value in row])
        count += 1
    text.flush()
    text.detach()
    return count


def _cell(value: Value, writing: Writing) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",") if writing.semicolons else f"{value:f}"
    if isinstance(value, str):
        return defused(value)
    return str(value) if isinstance(value, int) else moment(value)


def moment(value: datetime | date) -> str:
    """ISO 8601, with its offset and to the microsecond where it is a moment."""
    return value.isoformat(timespec="microseconds") if isinstance(value, datetime) else value.isoformat()


def write_zip(
    file: IO[bytes], tables: Sequence[Table], about: About, writing: Writing, attached: Iterable[Attached]
) -> int:
    """The tables, the dictionary, a README, and files that belong to them."""
    count = 0
    at = about.at.timetuple()[:6]
    dictionary = package(about, [in_a_file(table, writing) for table in tables])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            with archive.open(_entry(f"{table.name}.csv", at), "w", force_zip64=True) as part:
                count += write_csv(part, table, writing)
        text = json.dumps(dictionary, ensure_ascii=False, indent=2)
        archive.writestr(_entry("datapackage.json", at), f"{text}\n")
        archive.writestr(_entry("README.txt", at), readme(about))
        for each in attached:
            with archive.open(_entry(each.path, at, zipfile.ZIP_STORED), "w", force_zip64=True) as part:
                for chunk in each.chunks():
                    part.write(chunk)
    return count


def _entry(name: str, at: tuple[Any, ...], how: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, at)
    entry.compress_type, entry.external_attr = how, 0o644 << 16
    return entry


def readme(about: About) -> str:
    return f"{about.title}\n{about.at.isoformat(timespec='seconds')}\n\n{about.text}\n"


def write_json(file: IO[bytes], tables: Sequence[Table], about: About) -> int:
    """A data package with its rows inside. Exact decimals are numbers of JSON too."""
    count = 0
    file.write(_open(package(about, [])).encode().removesuffix(b"]"))
    for place, table in enumerate(tables):
        file.write(b"," * bool(place) + b"\n" + _open({**resource(table), "data": []}).encode()[:-1])
        for number, row in enumerate(table.rows()):
            file.write(b"," * bool(number) + b"\n" + _object(table.header, row).encode())
            count += 1
        file.write(b"]}")
    file.write(b"]}\n")
    return count


def _open(document: dict[str, Any]) -> str:
    """JSON whose last member is an empty list, left open at its end."""
    return json.dumps(document, ensure_ascii=False)[:-1]


def _object(names: Sequence[str], row: Sequence[Value]) -> str:
    pairs = (f"{json.dumps(name)}: {_json(value)}" for name, value in zip(names, row, strict=True))
    return "{" + ", ".join(pairs) + "}"


def _json(value: Value) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(moment(value) if isinstance(value, date) else value, ensure_ascii=False)
