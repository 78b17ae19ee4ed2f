"""What may be wrong with a list of guests, and with one of its rows. The words are in ``wording``."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST_ROWS = 1_000  # a jury of a thousand is the largest that panels are drawn for
MOST_COLUMNS = 40
LARGEST_FILE = 2_000_000  # bytes


class ListFault(StrEnum):
    """Why a list cannot be read at all."""

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
    NO_ADDRESSES = "no_addresses"


class RowFault(StrEnum):
    """What is wrong with one row."""

    NO_NAME = "no_name"
    NO_EMAIL = "no_email"
    EMAIL = "email"
    NO_SECTOR = "no_sector"
    SECTOR = "sector"
    LANGUAGE = "language"
    ROLE = "role"
    CAPACITY = "capacity"
    LONG = "long"
    FORMULA = "formula"
    MORE_CELLS = "more_cells"
    TWICE = "twice"
    SECOND_CHAIR = "second_chair"
    CHAIR_TAKEN = "chair_taken"
    APPLICANT = "applicant"
    ORGANISES = "organises"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right in a row; ``details`` go into its sentence."""

    kind: RowFault
    details: dict[str, Any] = field(default_factory=dict)


class Unreadable(Exception):
    """A file or a text that is no list, and why."""

    def __init__(self, fault: ListFault, **details: Any) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.details = details
