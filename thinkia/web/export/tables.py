"""What an export is made of: tables whose columns say what they hold."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Value = str | int | bool | Decimal | datetime | date | None


class Kind(StrEnum):
    """What a column holds, as Table Schema names it."""

    TEXT = "string"
    WHOLE = "integer"
    NUMBER = "number"
    TRUTH = "boolean"
    MOMENT = "datetime"
    DAY = "date"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, what it holds, and what that means, for the dictionary."""

    name: str
    kind: Kind = Kind.TEXT
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name, its columns, and what gives its rows when it is written."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Sequence[Value]]]
    note: str = ""

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that travels in a ZIP beside the tables. ``path`` is safe in every folder."""

    path: str
    chunks: Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class About:
    """What stands beside the tables: a heading, the moment that the data are of, and paragraphs.

    ``head`` is the last line of the journal at that moment: its number, and its hash once it is chained.
    """

    title: str
    at: datetime
    text: str
    name: str = "export"
    head: tuple[int, str | None] | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """How CSV is written. With ``semicolons`` decimals have a comma, as spreadsheets in Spanish read them."""

    bom: bool = False
    semicolons: bool = False
