"""Whom a document names in its properties: what a program writes into it without asking its author.

Asked of files that ``examine`` let pass, where a jury reads without names. It decides nothing.
"""

import html
import re
import zipfile
import zlib
from typing import IO

from thinkia.submissions.uploads import documents

MOST_READ = 64 * 1024  # bytes of a part
LONGEST = 200
_PARTS = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
_TAGS = "dc:creator|cp:lastModifiedBy|meta:initial-creator|Company|Manager"
_NAMED = re.compile(rf"<(?:{_TAGS})(?:\s[^>]*)?>([^<]*)<")


def people_named(stream: IO[bytes], ending: str) -> list[str]:
    """Authors, those who saved last and companies, each once; nothing for kinds that hold none."""
    stream.seek(0)
    if ending == "pdf":
        found = [documents.author(stream)]
    elif zipfile.is_zipfile(stream):
        found = [html.unescape(name) for part in _parts(stream) for name in _NAMED.findall(part)]
    else:
        found = []
    return list(dict.fromkeys(name for each in found if (name := " ".join(each.split())[:LONGEST])))


def _parts(stream: IO[bytes]) -> list[str]:
    """The parts that hold properties, as text; none of an archive in which one cannot be read."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = [name for name in _PARTS if name in archive.namelist()]
            return [_start(archive, name).decode(errors="replace") for name in names]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError, OSError):
        return []


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(MOST_READ)
