"""The parts of a document, each by the key or index that leads to it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any


def parts(value: Any) -> Iterator[tuple[str | int, Any]]:
    """Nothing for what has no parts: text, numbers, instants."""
    if isinstance(value, tuple):
        yield from enumerate(value)
    elif isinstance(value, dict):
        yield from value.items()
    elif is_dataclass(value) and not isinstance(value, type):
        yield from ((field.name, getattr(value, field.name)) for field in fields(value))
