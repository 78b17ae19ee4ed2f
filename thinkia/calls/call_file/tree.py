"""From YAML 1.2 or JSON to a tree in which every scalar is still text and knows its line and column.

Nothing is guessed here: ``17:00``, ``01`` and ``no`` stay what they are, quoted or not, and the schema
types them later. Only an unquoted ``null``, ``~`` or nothing at all means that a value is left out.
The parser's events are read one by one, so an alias or a thousand brackets are refused before they cost.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from thinkia.calls.call_file.faults import Fault

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_VALUES = 20_000  # ten times the largest real call: nobody waits for what is none
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


Path = tuple[str | int, ...]


class Place(NamedTuple):
    """Where something stands in the file, both counted from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Scalar:
    place: Place
    text: str
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    place: Place
    items: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Entries:
    place: Place
    values: dict[str, "Node"] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)


Node = Scalar | Items | Entries


class Unreadable(Exception):
    """The text is no tree at all: nothing more can be said of it."""

    def __init__(self, fault: Fault, place: tuple[int, int] = (1, 1), **params: object) -> None:
        super().__init__(fault)
        self.fault, self.place, self.params = fault, place, params


class Mishap(NamedTuple):
    """A fault that leaves the rest of the tree readable."""

    fault: Fault
    path: Path
    place: Place
    params: dict[str, object]


def tree(text: str) -> tuple[Node, list[Mishap]]:
    """The tree of a text and the faults found on the way; ``Unreadable`` where there is no tree."""
    builder = _Builder(text)
    return builder.document(), builder.mishaps


def at(root: Node, path: Path, *, key: bool = False) -> Place:
    """The place of a path, as far as the file has it: of a scalar itself, of anything larger its key.
    ``key``: of its key in any case.
    """
    node, place = root, root.place
    for step in path:
        if isinstance(node, Entries) and step in node.values:
            place = node.keys[str(step)]
            node = node.values[str(step)]
            place = node.place if isinstance(node, Scalar) and not key else place
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            place = node.place
        else:
            break
    return place


class _Builder:
    def __init__(self, text: str) -> None:
        self.mishaps: list[Mishap] = []
        self._events = _events(text)
        self._values = 0

    def document(self) -> Node:
        root: Node | None = None
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    raise Unreadable(Fault.SEVERAL_DOCUMENTS, _place(event))
                root = self._node(next(self._events), ())
        if root is None or (isinstance(root, Scalar) and root.left_out):
            raise Unreadable(Fault.EMPTY)
        return root

    def _node(self, event: Any, path: Path) -> Node:
        place = _place(event)
        if len(path) > MAX_DEPTH:
            raise Unreadable(Fault.TOO_DEEP, place, limit=MAX_DEPTH)
        self._values += 1
        if self._values > MAX_VALUES:
            raise Unreadable(Fault.TOO_MANY, place, limit=MAX_VALUES)
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise Unreadable(Fault.ALIAS, place)
        if event.tag not in (None, "!"):
            self._mishap(Fault.TAG, path, place, tag=str(event.tag))
        if isinstance(event, SequenceStartEvent):
            return self._items(place, path)
        if isinstance(event, MappingStartEvent):
            return self._entries(place, path)
        return self._scalar(event, place, path)

    def _items(self, place: Place, path: Path) -> Items:
        items = Items(place)
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                break
            items.items.append(self._node(event, (*path, len(items.items))))
        return items

    def _entries(self, place: Place, path: Path) -> Entries:
        entries = Entries(place)
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._node(event, (*path, "?"))
            name = key.text if isinstance(key, Scalar) else "?"
            value = self._node(next(self._events), (*path, name))
            if not isinstance(key, Scalar):
                self._mishap(Fault.KEY_IS_NO_TEXT, path, key.place)
            elif key.text in entries.values:
                first = entries.keys[key.text].line
                self._mishap(Fault.DUPLICATE_KEY, (*path, key.text), key.place, key=key.text, first=first)
            else:
                entries.values[key.text], entries.keys[key.text] = value, key.place
        return entries

    def _scalar(self, event: ScalarEvent, place: Place, path: Path) -> Scalar:
        text = event.value
        if any("\ud800" <= character <= "\udfff" for character in text):
            # JSON writes a character beyond the first plane as two escapes; half of one is no character
            try:
                text = text.encode("utf-16", "surrogatepass").decode("utf-16")
            except UnicodeDecodeError:
                self._mishap(Fault.BROKEN_CHARACTER, path, place)
        return Scalar(place, text, left_out=not event.style and text in NULLS)

    def _mishap(self, fault: Fault, path: Path, place: Place, **params: object) -> None:
        self.mishaps.append(Mishap(fault, path, place, params))


def _events(text: str) -> Iterator[Any]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = Place(mark.line + 1, mark.column + 1) if mark else _unprintable(text)
        raise Unreadable(Fault.SYNTAX, place) from error


def _unprintable(text: str) -> Place:
    """Where the first character stands that no YAML may hold: the reader's errors carry no mark."""
    for number, line in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line, 1):
            if ord(character) < 32 and character not in "\t\r":
                return Place(number, column)
    return Place()


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)
