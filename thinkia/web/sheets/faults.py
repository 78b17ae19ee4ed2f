"""Why a sheet cannot be read at all, and how large one may be. The words are in ``sentences``."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest sheet that is read: rows below the line of headings, columns, bytes of the file."""

    rows: int
    columns: int = 40
    size: int = 2_000_000


class SheetFault(StrEnum):
    """Why a sheet cannot be read at all."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    NOT_TEXT = "not_text"
    OLD_SPREADSHEET = "old_spreadsheet"
    LOCKED = "locked"
    DAMAGED = "damaged"
    BURSTS = "bursts"
    OTHER_FORMAT = "other_format"
    NO_COLUMN = "no_column"
    TWO_COLUMNS = "two_columns"


class Unreadable(Exception):
    """A file or a text that is no such sheet, and why."""

    def __init__(self, fault: SheetFault, **details: Any) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.details = details
