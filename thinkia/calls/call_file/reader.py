"""From the tree of a call file to the domain's dataclasses: the schema types every scalar.

The schema *is* the dataclasses: their names are the keys, their annotations the types, their defaults
what a key that is left out means. Reading goes on after a fault, so that all are reported at once.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, NamedTuple, get_args, get_origin

from thinkia.calls.call_file.faults import Fault
from thinkia.calls.call_file.schema import schema
from thinkia.calls.call_file.tree import Entries, Items, Node, Path, Scalar
from thinkia.domain import zones
from thinkia.domain.text import Bilingual

NUMBER = re.compile(r"[+-]?(\d{1,15})(\.\d{1,15})?([eE][+-]?\d{1,2})?")
WHOLE = re.compile(r"[+-]?\d{1,15}")
TIME = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d(:\d\d(\.\d{1,6})?)?)(?P<zone> ?(Z|[+-]\d\d:?\d\d))?"
)
PLACES = 6
LARGEST = 10**12
WORDS = {"true": True, "yes": True, "false": False, "no": False}
FIRST_YEAR, LAST_YEAR = 1970, 2199
ITEM_BY_ITEM: frozenset[Path] = frozenset(  # lists whose items can be judged while one of them is not read
    {
        ("partners",),
        ("challenges",),
        ("questions",),
        ("rubric", "criteria"),
        ("tie_break",),
        ("prizes",),
        ("faq",),
    }
)


class Found(NamedTuple):
    """A fault of the writing, by the path of the value that has it. ``key``: it is the key itself."""

    fault: Fault
    path: Path
    params: dict[str, object]


class _Failed:
    """What stands for a value that could not be read."""


FAILED = _Failed()


class Reader:
    """Reads values of any type of the schema and keeps the faults it meets."""

    def __init__(self, zone: tzinfo | None) -> None:
        self.zone = zone
        self.found: list[Found] = []
        self.instants: dict[Path, datetime] = {}  # every one that could be read
        self.gaps: dict[Path, tuple[int, ...]] = {}  # the items that could be read of a list that lacks some

    def value(self, kind: Any, node: Node, path: Path) -> Any:
        """The typed value, or ``FAILED`` when something in it has a fault."""
        if isinstance(kind, UnionType):
            kind = next(one for one in get_args(kind) if one is not type(None))
        if is_dataclass(kind):
            return self._object(kind, node, path)
        origin = get_origin(kind)
        if origin is tuple:
            return self._list(get_args(kind)[0], node, path)
        if origin is not None and issubclass(origin, Mapping):
            return self._mapping(get_args(kind)[1], node, path)
        if not isinstance(node, Scalar):
            return self._fault(Fault.NOT_A_SCALAR, path)
        if issubclass(kind, StrEnum):
            return self._choice(kind, node.text, path)
        return getattr(self, f"_{kind.__name__.lower()}")(node.text, path)

    def sections(self, kind: Any, node: Node, wanted: frozenset[str] | None = None) -> dict[str, Any]:
        """The values of the root's keys, ``FAILED`` among them; only those ``wanted``, where it is given."""
        if not isinstance(node, Entries):
            self._fault(Fault.NOT_AN_OBJECT, (), known=tuple(schema(kind)))
            return {}
        return self._values(kind, node, (), wanted)

    def _object(self, kind: Any, node: Node, path: Path) -> Any:
        if not isinstance(node, Entries):
            if (
                kind is Bilingual
            ):  # nothing else depends on a text: what stands around it can still be checked
                self._fault(Fault.NOT_TWO_LANGUAGES, path)
                return Bilingual()
            return self._fault(Fault.NOT_AN_OBJECT, path, known=tuple(schema(kind)))
        values = self._values(kind, node, path)
        return FAILED if FAILED in values.values() else kind(**values)

    def _values(
        self, kind: Any, node: Entries, path: Path, wanted: frozenset[str] | None = None
    ) -> dict[str, Any]:
        keys = schema(kind)
        for unknown in node.values.keys() - keys.keys():
            self._unknown(unknown, path, tuple(keys))
        values = {}
        for name, key in keys.items():
            if wanted is not None and name not in wanted:
                continue
            given = node.values.get(name)
            if given is not None and not (isinstance(given, Scalar) and given.left_out):
                values[name] = self.value(key.type, given, (*path, name))
            elif key.required:
                values[name] = self._fault(Fault.MISSING_KEY, path, key=name)
        return values

    def _unknown(self, key: str, path: Path, known: tuple[str, ...]) -> None:
        alike = difflib.get_close_matches(key, known, n=1)
        if alike:
            self._fault(Fault.UNKNOWN_KEY_ALIKE, (*path, key), key=key, alike=alike[0])
        else:
            self._fault(Fault.UNKNOWN_KEY, (*path, key), key=key, known=known)

    def _list(self, kind: Any, node: Node, path: Path) -> Any:
        if not isinstance(node, Items):
            return self._fault(Fault.NOT_A_LIST, path)
        values = [self._item(kind, item, (*path, index)) for index, item in enumerate(node.items)]
        if FAILED not in values:
            return tuple(values)
        if path not in ITEM_BY_ITEM:
            return FAILED
        self.gaps[path] = tuple(index for index, value in enumerate(values) if value is not FAILED)
        return tuple(values[index] for index in self.gaps[path])

    def _mapping(self, kind: Any, node: Node, path: Path) -> Any:
        if not isinstance(node, Entries):
            return self._fault(Fault.NOT_AN_OBJECT, path, known=())
        values = {key: self._item(kind, item, (*path, key)) for key, item in node.values.items()}
        return FAILED if FAILED in values.values() else values

    def _item(self, kind: Any, node: Node, path: Path) -> Any:
        if isinstance(node, Scalar) and node.left_out:
            return self._fault(Fault.EMPTY_ITEM, path)
        return self.value(kind, node, path)

    def _choice(self, kind: type[StrEnum], text: str, path: Path) -> Any:
        try:
            return kind(text.strip())
        except ValueError:
            return self._fault(Fault.NOT_A_CHOICE, path, value=text, known=tuple(one.value for one in kind))

    def _str(self, text: str, path: Path) -> str:
        return text

    def _bool(self, text: str, path: Path) -> Any:
        word = WORDS.get(text.strip().lower())
        return self._fault(Fault.NOT_YES_OR_NO, path, value=text) if word is None else word

    def _int(self, text: str, path: Path) -> Any:
        if not WHOLE.fullmatch(text.strip()):
            return self._fault(Fault.NOT_A_WHOLE_NUMBER, path, value=text)
        number = int(text)
        return number if abs(number) <= LARGEST else self._fault(Fault.NUMBER_TOO_LARGE, path, value=text)

    def _decimal(self, text: str, path: Path) -> Any:
        if not NUMBER.fullmatch(text.strip()):
            return self._fault(Fault.NOT_A_NUMBER, path, value=text)
        number = Decimal(text.strip())
        if abs(number) > LARGEST:
            return self._fault(Fault.NUMBER_TOO_LARGE, path, value=text)
        if number != round(number, PLACES):
            return self._fault(Fault.NUMBER_TOO_FINE, path, value=text, places=PLACES)
        return plain(number)

    def _datetime(self, text: str, path: Path) -> Any:
        match = TIME.fullmatch(text.strip())
        try:
            local = datetime.fromisoformat(f"{match['date']} {match['time']}") if match else None
            offset = match["zone"].strip() if match and match["zone"] else ""
            aware = datetime.fromisoformat(f"{local}{offset}") if local and offset else None
        except ValueError:
            local = None
        if local is None or not FIRST_YEAR <= local.year <= LAST_YEAR:
            return self._fault(Fault.NOT_A_TIME, path, value=text)
        instant = aware.astimezone(UTC) if aware else self._in_zone(local, text, path)
        if instant is not FAILED:
            self.instants[path] = instant
        return instant

    def _in_zone(self, local: datetime, text: str, path: Path) -> Any:
        if self.zone is None:
            return self._fault(Fault.TIME_WITHOUT_ZONE, path, value=text)
        instants = zones.readings(local, self.zone)
        if len(instants) == 1:
            return instants[0]
        fault = Fault.TIME_COMES_TWICE if instants else Fault.TIME_SKIPPED
        return self._fault(fault, path, value=text, zone=str(self.zone))

    def _fault(self, fault: Fault, path: Path, **params: object) -> _Failed:
        self.found.append(Found(fault, path, params))
        return FAILED


def plain(number: Decimal) -> Decimal:
    """The same number, written the one shortest way: ``60``, ``2.5``, never ``6E+1`` nor ``-0``."""
    if number == number.to_integral_value():
        return Decimal(int(number))
    return number.normalize()
