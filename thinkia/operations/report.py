"""What the checks say: lines, each with a state and one sentence in the reader's language."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from config import Settings
from thinkia.outside.storage import Storage

NAMED = 5  # offenders that a sentence names; of the others it says how many


class State(StrEnum):
    WELL = "well"
    WRONG = "wrong"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at."""

    state: State
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An installation, as the checks see it. ``root`` holds migrations and translations."""

    settings: Settings
    storage: Storage
    root: Path
    environment: Mapping[str, str]
    now: datetime
    read_files: bool = False


Check = Callable[[Place], Iterator[Line]]


def well(sentence: Any) -> Line:
    return Line(State.WELL, str(sentence))


def wrong(sentence: Any) -> Line:
    return Line(State.WRONG, str(sentence))


def unused(sentence: Any) -> Line:
    return Line(State.UNUSED, str(sentence))


def enumerated(offenders: Iterable[str]) -> str:
    """The first few and how many more there are; empty when there is none. Keeps only those it names."""
    first: list[str] = []
    more = 0
    for offender in offenders:
        if len(first) < NAMED:
            first.append(offender)
        else:
            more += 1
    named = ", ".join(first)
    return _("%(named)s and %(more)s more", named=named, more=more) if more else named


def short(error: Exception) -> str:
    """An error in one line."""
    return " ".join(str(error).split())[:200] or type(error).__name__
