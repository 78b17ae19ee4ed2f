"""The values of a metric as a sheet: out, to be filled in, and in again, with all that is wrong at once.

A row for each proposal. Titles are for whoever reads the sheet; what is typed there is not looked at. An
empty cell says nothing: what stands, stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from thinkia.domain.measuring import Metric, ValueFault, read_value
from thinkia.metrics.wording import metric_title, value_fault
from thinkia.web.export import Column, Table, Value
from thinkia.web.sheets import Limits, columns_of, opened

LIMITS = Limits(rows=20_000, size=5_000_000)
SUBMISSION = ("Proposal", "Propuesta", "Submission", "Code", "Código")
VALUE = ("Value", "Valor")


class RowFault(StrEnum):
    UNKNOWN = "unknown"
    TWICE = "twice"
    NO_CODE = "no_code"
    VALUE = "value"


ROW_FAULTS = {
    RowFault.NO_CODE: _l("the code of the proposal is missing"),
    RowFault.UNKNOWN: _l("“%(code)s” is no proposal in the competition"),
    RowFault.TWICE: _l("%(code)s stands in row %(first)s already: keep one"),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing to put right, and where. ``value``: what is wrong with a number, where that is it."""

    row: int
    kind: RowFault
    details: Mapping[str, Any] = field(default_factory=dict)
    value: ValueFault | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What a sheet says: the values by submission, and everything that is wrong with it."""

    values: Mapping[str, Decimal]
    wrong: Sequence[Wrong] = ()
    unused: Sequence[str] = ()


def read_sheet(content: bytes, metric: Metric, competing: Mapping[str, int]) -> Brought:
    """The values of a sheet. Raises ``Unreadable`` where it is none."""
    headings = {
        "submission": (_("Proposal"), *SUBMISSION),
        "value": (metric_title(metric), metric.code, *VALUE),
    }
    table = columns_of(opened(content, LIMITS), headings, ("submission", "value"))
    values: dict[str, Decimal] = {}
    rows: dict[str, int] = {}
    wrong: list[Wrong] = []
    for number, cells in table.rows:
        code, text = cells["submission"].upper(), cells["value"]
        if not code:
            wrong.append(Wrong(number, RowFault.NO_CODE))
        elif code not in competing:
            wrong.append(Wrong(number, RowFault.UNKNOWN, {"code": cells["submission"][:40]}))
        elif rows.setdefault(code, number) != number:
            wrong.append(Wrong(number, RowFault.TWICE, {"code": code, "first": rows[code]}))
        elif text:
            value = read_value(metric, text)
            if isinstance(value, ValueFault):
                wrong.append(Wrong(number, RowFault.VALUE, {"value": text[:40]}, value))
            else:
                values[code] = value
    return Brought(values, wrong, table.unused)


def template(metric: Metric, rows: Sequence[Any]) -> Table:
    """The sheet to fill in: every proposal with what stands now."""

    def lines() -> Iterator[Sequence[Value]]:
        for row in rows:
            yield row.code, row.title, row.value

    heads = (_("Proposal"), _("Title"), metric_title(metric))
    return Table(metric.code[:31], tuple(map(Column, heads)), lines)


def wrong_words(wrong: Wrong, metric: Metric) -> str:
    """As in "Row 12: “x” is no number …"."""
    if wrong.value is not None:
        what = value_fault(wrong.value, metric, str(wrong.details["value"]))
    else:
        what = str(ROW_FAULTS[wrong.kind]) % wrong.details
    return _("Row %(row)s: %(what)s.", row=wrong.row, what=what)
