"""Making an export: its tables read in one snapshot and written to a file, whatever their size."""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from zoneinfo import ZoneInfo

from thinkia.calls.models import Call
from thinkia.db.transaction import snapshot
from thinkia.exports import wording as words
from thinkia.exports.queries import last_entry
from thinkia.exports.services import Left
from thinkia.exports.tables import tables_of
from thinkia.web.export import MEDIA_TYPES, About, Style, ending, write
from thinkia.web.locale import language

PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for."""

    style: Style
    tables: Sequence[str]
    with_emails: bool = False
    with_marks: bool = True
    bom: bool = False
    purpose: str = ""


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


def make(call: Call, wanted: Wanted, now: datetime) -> Made:
    """The export, as of one moment. A failure leaves no half file behind."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    at = now.astimezone(ZoneInfo(call.bases.time_zone))
    try:
        with snapshot():
            tables = tables_of(
                call, wanted.tables, with_emails=wanted.with_emails, with_marks=wanted.with_marks
            )
            last = last_entry(call)
            names = [table.name for table in tables]
            heading = words.title(call.bases.title.in_language(language())[0], call.code)
            known = words.about(
                names, at, (last.seq, last.hash) if last else None, with_marks=wanted.with_marks
            )
            about = About(heading, at, known)
            rows = write(file, wanted.style, tables, about, bom=wanted.bom)
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        fingerprint = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    what = names[0] if len(names) == 1 else "export"
    suffix = ending(wanted.style, names)
    name = f"{call.code}-{what}-{at:%Y%m%dT%H%M%S%z}.{suffix}"
    return Made(file, name, MEDIA_TYPES[suffix], rows, size, fingerprint)


def left_of(made: Made, wanted: Wanted) -> Left:
    """What the log says of it."""
    return Left(
        style=str(wanted.style),
        tables=list(wanted.tables),
        rows=made.rows,
        sha256=made.sha256,
        with_emails=wanted.with_emails,
        purpose=wanted.purpose,
    )
