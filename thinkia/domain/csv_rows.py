"""The rows of a CSV text that people made with spreadsheets, and everything that is wrong with them.

Cells are parted by commas, semicolons or tabs, as the header shows. Columns come in any order, and capitals
in their names do not matter. Spaces around a cell are dropped and its text is taken in Unicode's composed
form (NFC). Rows are counted as a spreadsheet does: the header is row 1. Empty rows are skipped.
"""

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

DELIMITERS = (",", ";", "\t")
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}


class RowFault(StrEnum):
    """What may be wrong with any such text. Whoever reads one names the same faults among its own."""

    BAD_CSV = "bad_csv"
    EMPTY_FILE = "empty_file"
    MISSING_COLUMN = "missing_column"
    REPEATED_COLUMN = "repeated_column"
    WRONG_CELL_COUNT = "wrong_cell_count"
    EMPTY_CELL = "empty_cell"
    INVISIBLE_CHARACTER = "invisible_character"


class Refuse(Protocol):
    """Where a fault is told, with its row."""

    def __call__(self, fault: RowFault, row: int | None = None, /, **params: str) -> None: ...


def delimiter_of(lines: Iterable[str]) -> str:
    """What parts the cells of the first line that is not empty; a comma when nothing does."""
    first = next((line for line in lines if line.strip()), "")
    return max(DELIMITERS, key=first.count)


@dataclass(slots=True)
class CsvRows:
    """Columns that are wanted: ``required`` ones stand in the header, ``filled`` ones have no empty cell.

    ``unused`` names the columns of the last text that nobody wants.
    """

    refuse: Refuse
    required: Sequence[str]
    optional: Sequence[str] = ()
    filled: Sequence[str] = ()
    unused: list[str] = field(default_factory=list)

    def read(self, lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Row numbers with their cells by column name, clean. A row with a fault is told and left out."""
        names: list[str] | None = None
        refused = False
        number = 0
        try:
            for number, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 1):
                clean = [_clean(cell) for cell in cells]
                if not any(clean):
                    continue
                if names is None:
                    names = [name.casefold() for name in clean]
                    if not self._has_columns(names):
                        return
                elif (row := self._row(number, clean, names)) is not None:
                    yield number, row
        except csv.Error:
            refused = True
            self.refuse(RowFault.BAD_CSV, number + 1)
        if names is None and not refused:
            self.refuse(RowFault.EMPTY_FILE)

    def _has_columns(self, names: Sequence[str]) -> bool:
        known = [*self.required, *self.optional]
        missing = [column for column in self.required if column not in names]
        repeated = [column for column, count in Counter(names).items() if count > 1 and column in known]
        if missing:
            told = {"columns": ", ".join(missing), "expected": ", ".join(self.required)}
            self.refuse(RowFault.MISSING_COLUMN, 1, **told)
        if repeated:
            self.refuse(RowFault.REPEATED_COLUMN, 1, columns=", ".join(repeated))
        if missing or repeated:
            return False
        self.unused = [name for name in names if name and name not in known]
        return True

    def _row(self, number: int, cells: list[str], names: Sequence[str]) -> dict[str, str] | None:
        while len(cells) > len(names) and not cells[-1]:  # as spreadsheets leave them
            cells.pop()
        if len(cells) != len(names):
            counts = {"cells": str(len(cells)), "columns": str(len(names))}
            self.refuse(RowFault.WRONG_CELL_COUNT, number, **counts)
            return None
        row = dict(zip(names, cells, strict=True))
        empty = [column for column in self.filled if not row[column]]
        hidden = [column for column in (*self.required, *self.optional) if _hides(row.get(column, ""))]
        for column in empty:
            self.refuse(RowFault.EMPTY_CELL, number, column=column)
        if hidden:
            self.refuse(RowFault.INVISIBLE_CHARACTER, number, columns=", ".join(hidden))
        return None if empty or hidden else row


def _clean(cell: str) -> str:
    return cell.strip() if cell.isascii() else unicodedata.normalize("NFC", cell).strip()


def _hides(cell: str) -> bool:
    return not cell.isprintable() and any(unicodedata.category(character) in INVISIBLE for character in cell)
