"""A ZIP that is sent while it is written: no file of it, and no more than one entry, is ever in memory."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from zipfile import ZIP_STORED, ZipFile, ZipInfo


class _Outlet(io.RawIOBase):
    """Where the archive is written to: a file that cannot be wound back, emptied after each entry."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        self.pieces.append(bytes(piece))  # type: ignore[call-overload]
        return len(self.pieces[-1])

    def emptied(self) -> bytes:
        content, self.pieces = b"".join(self.pieces), []
        return content


def streamed_zip(entries: Iterable[tuple[str, Iterable[bytes]]], at: datetime) -> Iterator[bytes]:
    """An archive of (name, content) entries, which are read one after the other. Nothing is compressed."""
    outlet = _Outlet()
    with ZipFile(outlet, "w", ZIP_STORED) as archive:
        for name, chunks in entries:
            entry = ZipInfo(name, at.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w") as part:
                for chunk in chunks:
                    part.write(chunk)
            yield outlet.emptied()
    yield outlet.emptied()
