"""Columns, those about persons in groups, and leaving out the groups that nobody gave a purpose for."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from zoneinfo import ZoneInfo

from thinkia.exports.models import Group
from thinkia.exports.wording.dictionary import column_note
from thinkia.exports.wording.tables import TABLES
from thinkia.web.export import Column, Kind, Table, Value

Rows = Callable[[], Iterable[Sequence[Value]]]


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """A column, and the group it belongs to if it is about a person."""

    name: str
    kind: Kind = Kind.TEXT
    group: Group | None = None


def fields(*names: str, kind: Kind = Kind.TEXT, group: Group | None = None) -> tuple[SourceColumn, ...]:
    """Several columns of one kind."""
    return tuple(SourceColumn(name, kind, group) for name in names)


def moments(*names: str) -> tuple[SourceColumn, ...]:
    return fields(*names, kind=Kind.MOMENT)


@dataclass(frozen=True, slots=True)
class Source:
    """A table as the platform knows it, with every column."""

    name: str
    fields: tuple[SourceColumn, ...]
    rows: Rows

    def table(self, groups: Collection[Group]) -> Table:
        """The same for somebody who has a purpose for these groups."""
        kept = [field.group is None or field.group in groups for field in self.fields]

        def rows() -> Iterator[Sequence[Value]]:
            for row in self.rows():
                yield tuple(compress(row, kept))

        columns = tuple(
            Column(field.name, field.kind, column_note(self.name, field.name))
            for field in compress(self.fields, kept)
        )
        return Table(self.name, columns, rows, str(TABLES[self.name]))


def local(value: datetime | None, zone: ZoneInfo) -> datetime | None:
    """A moment with the offset of the call's zone."""
    return None if value is None else value.astimezone(zone)
