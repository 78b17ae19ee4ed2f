"""What may be wrong with a row of a list of guests, and how long a list may be."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from thinkia.web.sheets import Limits

LIMITS = Limits(rows=1_000)  # a jury of a thousand is the largest that panels are drawn for


class RowFault(StrEnum):
    """What is wrong with one row."""

    NO_NAME = "no_name"
    NO_EMAIL = "no_email"
    EMAIL = "email"
    NO_SECTOR = "no_sector"
    SECTOR = "sector"
    NO_GROUP = "no_group"
    GROUP = "group"
    GROUP_FIXED = "group_fixed"
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
