"""Columns by what their headings say, whatever the order, capitals and accents."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from thinkia.web.sheets.faults import SheetFault, Unreadable
from thinkia.web.sheets.opening import Sheet


@dataclass(frozen=True, slots=True)
class Columns:
    """The rows below the headings, with the cells of the known columns. ``unused``: other headings."""

    rows: Sequence[tuple[int, Mapping[str, str]]]
    headings: Mapping[str, str]  # as they were written
    unused: tuple[str, ...] = ()


def columns_of(sheet: Sheet, names: Mapping[str, Iterable[str]], needed: Sequence[str]) -> Columns:
    """The rows by column. ``names`` are the headings that each column may have; the first one is told.

    Raises ``Unreadable`` where a needed column is missing or a column stands there twice.
    """
    meant = {plain(name): column for column, several in names.items() for name in several}
    _number, first = sheet.rows[0]
    places: dict[str, int] = {}
    for place, cell in enumerate(first):
        column = meant.get(plain(cell))
        if column is not None and places.setdefault(column, place) != place:
            raise Unreadable(SheetFault.TWO_COLUMNS, column=cell)
    for column in needed:
        if column not in places:
            raise Unreadable(SheetFault.NO_COLUMN, column=next(iter(names[column])))
    if len(sheet.rows) == 1:
        raise Unreadable(SheetFault.EMPTY)
    unused = tuple(cell for place, cell in enumerate(first) if cell and place not in places.values())
    return Columns(
        list(_rows(sheet, places)), {column: first[place] for column, place in places.items()}, unused
    )


def plain(text: str) -> str:
    """Small letters without accents, words joined by single blanks."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(
        letter if letter.isalnum() else " " for letter in bare if not unicodedata.combining(letter)
    )
    return " ".join(kept.split())


def _rows(sheet: Sheet, places: Mapping[str, int]) -> Iterator[tuple[int, Mapping[str, str]]]:
    for number, cells in sheet.rows[1:]:
        yield (
            number,
            {column: cells[place] if place < len(cells) else "" for column, place in places.items()},
        )
