"""Where the marks of reviews come from."""

from enum import StrEnum
from typing import NamedTuple


class MarksSource(StrEnum):
    """Where the marks of a review come from."""

    JUROR = "juror"  # given on the platform
    PAPER = "paper"  # given on paper, and entered by two officers
    IMPORTED = "imported"  # given elsewhere, and brought in by two officers with a sheet


class BroughtIn(NamedTuple):
    """How many reviews two people entered for their jurors, by where the marks come from."""

    paper: int = 0
    imported: int = 0
