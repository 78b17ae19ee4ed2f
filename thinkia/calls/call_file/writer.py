"""The one canonical way to write a call file: the same bases give the same bytes.

YAML in block style, keys in the order of the schema. A key that holds nothing is left out; every other
one is written, defaults too, so that a file says all that it means. Text of several lines is a literal
block. Whatever a reader of YAML 1.1 or 1.2 could take for something else (``no``, ``17:00``, ``01``),
or what nobody would see (a no-break space, a bidirectional control), stands in quotes, escaped.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import Any

from thinkia.calls.call_file.schema import Key, schema
from thinkia.domain import zones
from thinkia.domain.sectors import SECTORS

INDENT = "  "
PLAIN = re.compile(r"(?:[^\W\d_]|[¿¡])(?:[\w.,;/()'’«»“”–—¿?¡!@%+-]|(?<!^) (?=\S))*")
WORD = re.compile(r"[^\W\d]\w*")  # plain as a key inside braces
CODE = re.compile(r"[\w.-]+")  # short enough for a list on one line
RESERVED = frozenset(["y", "yes", "n", "no", "on", "off", "true", "false", "null", "nan", "inf"])
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})


def lines(value: Any, zone: tzinfo | None) -> Iterator[str]:
    """The lines of a document that holds one object."""
    yield from _entries(_items_of(value), zone, "")


def _entries(items: list[tuple[str, Any]], zone: tzinfo | None, indent: str) -> Iterator[str]:
    for key, value in items:
        name = f"{indent}{_quoted_if_needed(key)}:"
        written = _inline(value, zone)
        if written is not None:
            yield f"{name} {written}"
        elif isinstance(value, str):
            yield from _literal(name, value, indent + INDENT)
        elif isinstance(value, tuple):
            yield name
            yield from _list(value, zone, indent + INDENT)
        else:
            yield name
            yield from _entries(_items_of(value), zone, indent + INDENT)


def _list(values: tuple[Any, ...], zone: tzinfo | None, indent: str) -> Iterator[str]:
    for value in values:
        written = _inline(value, zone)
        if written is not None:
            yield f"{indent}- {written}"
            continue
        if isinstance(value, str):
            yield from _literal(f"{indent}-", value, indent + INDENT)
            continue
        first, *rest = _entries(_items_of(value), zone, indent + INDENT)
        yield f"{indent}- {first.removeprefix(indent + INDENT)}"
        yield from rest


def _inline(value: Any, zone: tzinfo | None) -> str | None:
    """What fits behind the key, on its line."""
    if isinstance(value, tuple):
        return _short_list(value)
    if isinstance(value, (bool, int, Decimal)):
        return _number(value)
    if isinstance(value, datetime):
        return f'"{zones.written(value, zone) if zone else value.isoformat(" ")}"'
    if isinstance(value, str):
        text = value.value if isinstance(value, StrEnum) else value
        return None if _is_block(text) else _quoted_if_needed(text)
    return _short_object(value)


def _short_object(value: Any) -> str | None:
    """An object of numbers alone, such as a scale, on one line: ``{min: 1, max: 5}``."""
    items = _items_of(value)
    if not all(
        _is_number(held) or (isinstance(held, tuple) and all(map(_is_number, held))) for _, held in items
    ):
        return None
    written = (
        f"{_quoted_if_needed(key, WORD)}: {_number(held) if _is_number(held) else _short_list(held)}"
        for key, held in items
    )
    return "{" + ", ".join(written) + "}"


def _short_list(values: tuple[Any, ...]) -> str | None:
    if all(map(_is_number, values)):
        return "[" + ", ".join(_number(value) for value in values) + "]"
    if all(isinstance(value, str) and CODE.fullmatch(value) for value in values):
        return "[" + ", ".join(_quoted_if_needed(value) for value in values) + "]"
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _number(value: bool | int | Decimal) -> str:  # noqa: FBT001  a value to write, not an option
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _quoted_if_needed(text: str, plain: re.Pattern[str] = PLAIN) -> str:
    if plain.fullmatch(text) and text.lower() not in RESERVED and not text.endswith(" "):
        return text
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in ESCAPES:
        return ESCAPES[character]
    if character == " " or not _hidden(character):
        return character
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def _hidden(character: str) -> bool:
    return character != " " and unicodedata.category(character) in HIDDEN


def _is_block(text: str) -> bool:
    """Several lines that a literal block gives back to the letter, whatever reads it."""
    body = text.removesuffix("\n")
    written = body.split("\n")
    return (
        "\n" in body
        and written[0] != ""
        and written[-1] != ""
        and not any(line != line.strip() for line in written)
        and not any(_hidden(character) for line in written for character in line)
    )


def _literal(name: str, text: str, indent: str) -> Iterator[str]:
    yield f"{name} |" if text.endswith("\n") else f"{name} |-"
    for line in text.removesuffix("\n").split("\n"):
        yield f"{indent}{line}" if line else ""


def _items_of(value: Any) -> list[tuple[str, Any]]:
    """The keys that are written, in order: not those that hold nothing and may be left out."""
    if isinstance(value, Mapping):
        order = {sector: index for index, sector in enumerate(SECTORS)}
        return sorted(value.items(), key=lambda item: (order.get(item[0], len(order)), item[0]))
    keys = schema(value.__class__)
    held = [(name, getattr(value, name), key) for name, key in keys.items()]
    return [(name, one) for name, one, key in held if key.required or not _nothing(one, key)]


def _nothing(value: Any, key: Key) -> bool:
    """Whether leaving the key out says the same and hides nothing: a default of 0 or ``false`` is written,
    unless the key came later, so that bases kept before it are written as they were.
    """
    if value != key.default:
        return False
    return key.later or (not isinstance(value, (bool, int, Decimal, StrEnum)) and _is_empty(value))


def _is_empty(value: Any) -> bool:
    is_plain = value is None or isinstance(value, (str, tuple, Mapping))
    return not value if is_plain else not _items_of(value)
