"""Codes: the short names by which rules, files and addresses speak of things."""

import re
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

CODE = re.compile(r"\w[\w.-]{0,63}")
CALL_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CALL_CODE_LENGTH = 40

Value = TypeVar("Value", bound=Hashable)


def is_code(text: str) -> bool:
    """A letter or digit, then letters, digits, ``_``, ``-`` and ``.``: no spaces, no colons; 64 at most."""
    return bool(CODE.fullmatch(text))


def is_call_code(text: str) -> bool:
    """A call's code stands in addresses: lower-case letters and digits in words joined by hyphens."""
    return len(text) <= CALL_CODE_LENGTH and bool(CALL_CODE.fullmatch(text))


def repeated(values: Iterable[Value]) -> Iterator[tuple[int, Value]]:
    """The index and value of each that came before."""
    seen: set[Value] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield index, value
        seen.add(value)
