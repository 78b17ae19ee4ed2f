"""Making an export: its tables read in one snapshot and written to a file, whatever their size."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import count
from typing import IO
from zoneinfo import ZoneInfo

from thinkia.calls.models import Call
from thinkia.db.transaction import snapshot
from thinkia.exports import wording as words
from thinkia.exports.models import Wanted
from thinkia.exports.queries import last_entry
from thinkia.exports.services import Left
from thinkia.exports.tables import tables_of
from thinkia.exports.tables.submissions import path_of, submitted_files
from thinkia.outside.storage import Storage, digest
from thinkia.web.export import MEDIA_TYPES, About, Attached, Table, Value, ending, write
from thinkia.web.locale import language

PIECE = 64 * 1024
TELL_EVERY = 5_000


@dataclass(frozen=True, slots=True)
class Progress:
    """Rows that are written, and how many of the tables are whole."""

    rows: int
    tables: int
    of: int


Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is ready to be read from its start, and what it holds. Whoever takes it closes it."""

    file: IO[bytes]
    name: str
    media_type: str
    rows: int
    size: int
    sha256: str

    def chunks(self) -> Iterator[bytes]:
        """The file, piece by piece; closed at its end, or when nobody reads on."""
        with self.file:
            while piece := self.file.read(PIECE):
                yield piece


def make(
    call: Call,
    wanted: Wanted,
    now: datetime,
    storage: Storage,
    tell: Tell | None = None,
) -> Made:
    """The export, as of one moment. A failure leaves no half file behind. ``tell`` hears how far it is."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    at = now.astimezone(ZoneInfo(call.bases.time_zone))
    try:
        with snapshot():
            tables = tables_of(call, wanted.tables, groups=wanted.purposes, with_marks=wanted.with_marks)
            about = _about(call, wanted, [table.name for table in tables], at)
            attached = _attached(call, storage) if wanted.has_files else ()
            told = list(_watched(tables, tell)) if tell else tables
            rows = write(file, wanted.style, told, about, wanted.writing, attached)
        fingerprint, size = digest(file)
    except BaseException:
        file.close()
        raise
    what = tables[0].name if len(tables) == 1 else "export"
    suffix = ending(wanted.style, tables)
    name = f"{call.code}-{what}-{at:%Y%m%dT%H%M%S%z}.{suffix}"
    return Made(file, name, MEDIA_TYPES[suffix], rows, size, fingerprint)


def _watched(tables: Sequence[Table], tell: Tell) -> Iterator[Table]:
    """The same tables; some thousands of rows apart, it is told how far they are."""
    done = count(1)

    def rows_of(table: Table, place: int) -> Iterator[Sequence[Value]]:
        for row in table.rows():
            if (number := next(done)) % TELL_EVERY == 0:
                tell(Progress(number, place, len(tables)))
            yield row

    for place, table in enumerate(tables):
        yield replace(table, rows=partial(rows_of, table, place))


def _about(call: Call, wanted: Wanted, names: Sequence[str], at: datetime) -> About:
    """The heading, the moment, the journal's last line, and what to know before reading the tables."""
    last = last_entry(call)
    head = (last.seq, last.hash) if last else None
    heading = words.title(call.bases.title.in_language(language())[0], call.code)
    text = words.about(names, at, head, semicolons=wanted.writing.semicolons, with_marks=wanted.with_marks)
    return About(heading, at, text, f"{call.code.lower()}-export", head)


def _attached(call: Call, storage: Storage) -> Iterator[Attached]:
    """The files that came with the proposals. One that the storage has lost has its row in a table alone."""
    for code, question, file in submitted_files(call):
        if storage.holds(file["sha256"]):
            yield Attached(path_of(code, question, file["name"]), partial(storage.chunks, file["sha256"]))


def left_of(made: Made, wanted: Wanted) -> Left:
    """What the log says of it."""
    return Left(wanted, made.rows, made.sha256)
