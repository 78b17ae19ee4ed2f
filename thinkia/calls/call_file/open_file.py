"""A call file while it is being read: its tree, what was found wrong so far, and where."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from thinkia.calls.call_file.errors import CallFileError, CallFileErrors
from thinkia.calls.call_file.faults import Fault
from thinkia.calls.call_file.reader import FAILED, Reader
from thinkia.calls.call_file.tree import MAX_BYTES, Entries, Path, Scalar, Unreadable, at, tree
from thinkia.domain.bases_check import Problem
from thinkia.domain.zones import zone_named

ABOUT_KEYS = frozenset({Fault.UNKNOWN_KEY, Fault.UNKNOWN_KEY_ALIKE})


class OpenFile:
    """Raises ``CallFileErrors`` at once when the text is no tree at all."""

    def __init__(self, text: str | bytes) -> None:
        try:
            self.root, mishaps = tree(_decoded(text))
        except Unreadable as error:
            only = CallFileError((), *error.place, error.fault, error.params)
            raise CallFileErrors((only,)) from error
        self.errors = [CallFileError(one.path, *one.place, one.fault, one.params) for one in mishaps]
        self.unread: frozenset[str] = frozenset()
        self.partly: frozenset[str] = frozenset()  # keys of lists that lack the items which could not be read
        self.instants: Mapping[Path, datetime] = {}
        self._gaps: Mapping[Path, tuple[int, ...]] = {}

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self.root.values) if isinstance(self.root, Entries) else frozenset()

    def sections(self, kind: Any, wanted: frozenset[str] | None = None) -> dict[str, Any]:
        """The values of the root's keys; ``None`` for those that could not be read: ``unread`` names them."""
        reader = Reader(self.zone())
        values = reader.sections(kind, self.root, wanted)
        for one in reader.found:
            self._add(one.path, one.fault, one.params)
        if not isinstance(self.root, Entries):
            self.raise_errors()
        self.unread = frozenset(name for name, value in values.items() if value is FAILED)
        self.partly = frozenset(str(path[0]) for path in reader.gaps)
        self.instants, self._gaps = reader.instants, reader.gaps
        return {name: None if name in self.unread else value for name, value in values.items()}

    def require(self, key: str) -> None:
        """Note that the root lacks this key, where it does."""
        if isinstance(self.root, Entries) and key not in self.keys:
            self._add((), Fault.MISSING_KEY, {"key": key})

    def add(self, problems: Iterable[Problem]) -> None:
        for one in problems:
            self._add(self._as_written(one.path), one.kind, one.params)

    def raise_errors(self) -> None:
        """Raise all that was found, in the order of the file; nothing when there is nothing."""
        if self.errors:
            raise CallFileErrors(tuple(sorted(self.errors, key=lambda one: (one.line, one.column))))

    def _as_written(self, path: Path) -> Path:
        """The path of a problem, with its item counted among all that stand in the file."""
        for start, kept in self._gaps.items():
            rest = path[len(start) :]
            if path[: len(start)] == start and rest and isinstance(rest[0], int):
                return (*start, kept[rest[0]], *rest[1:])
        return path

    def _add(self, path: Path, kind: Any, params: Any) -> None:
        place = at(self.root, path, key=kind in ABOUT_KEYS)
        self.errors.append(CallFileError(path, *place, kind, params))

    def zone(self) -> tzinfo | None:
        """The call's zone; UTC while its name is wrong, which is one error and need not become ten."""
        given = self.root.values.get("time_zone") if isinstance(self.root, Entries) else None
        return (zone_named(given.text) or UTC) if isinstance(given, Scalar) else None


def _decoded(text: str | bytes) -> str:
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if len(raw) > MAX_BYTES:
        raise Unreadable(Fault.TOO_LARGE, limit=MAX_BYTES)
    try:
        decoded = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(Fault.NOT_UTF8, (raw[: error.start].count(b"\n") + 1, 1)) from error
    return decoded.removeprefix("\ufeff").replace("\r\n", "\n")
