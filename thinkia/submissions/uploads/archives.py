"""Archives and the office formats that are archives: judged by their directory, never unpacked."""

import struct
import zipfile
from typing import IO

from thinkia.domain.reasons import Reason, Refused

MOST_ENTRIES = 2_000  # a long presentation has some hundreds
LARGEST_DIRECTORY = 1_000_000
LARGEST_UNPACKED = 300_000_000
LARGEST_RATIO = 200  # of what is above FREE_UNPACKED: spreadsheets of zeros pack well
FREE_UNPACKED = 10_000_000
_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_KINDS = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
_MACROS = ("vbaproject.bin", "basic/", "scripts/")


def demand(stream: IO[bytes], name: str, ending: str) -> None:
    """Refuse what is no archive, would burst, climbs out of its folder, is locked, or is another format."""
    start = stream.read(len(_OLD_OFFICE))
    if start == _OLD_OFFICE and _holds(stream, _LOCKED_OFFICE):
        raise Refused(Reason.FILE_ENCRYPTED, name=name)
    if not start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise Refused(Reason.FILE_CONTENT, name=name, ending=ending)
    size = _demand_small_directory(stream, name)
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            _demand_harmless(entries, size, name)
            if ending != "zip":
                _demand_format(archive, {entry.filename for entry in entries}, name, ending)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise Refused(Reason.FILE_DAMAGED, name=name) from error


def _demand_small_directory(stream: IO[bytes], name: str) -> int:
    """Read how large the directory says it is, before anybody reads the directory. The file's size."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or at + _END.size > len(tail):
        raise Refused(Reason.FILE_DAMAGED, name=name)
    _, _, _, _, entries, directory, _, _ = _END.unpack_from(tail, at)
    if entries > MOST_ENTRIES or directory > LARGEST_DIRECTORY:  # the marks of ZIP64 are above both
        raise Refused(Reason.FILE_BOMB, name=name)
    return size


def _demand_harmless(entries: list[zipfile.ZipInfo], size: int, name: str) -> None:
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or packed > size:
        raise Refused(Reason.FILE_BOMB, name=name)
    if unpacked > FREE_UNPACKED and unpacked > LARGEST_RATIO * max(1, packed):
        raise Refused(Reason.FILE_BOMB, name=name)
    if any(_climbs(entry.filename) for entry in entries):
        raise Refused(Reason.FILE_BOMB, name=name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(Reason.FILE_ENCRYPTED, name=name)


def _demand_format(archive: zipfile.ZipFile, names: set[str], name: str, ending: str) -> None:
    lower = {each.lower() for each in names}
    if ending in _PARTS:
        is_so = {"[content_types].xml", _PARTS[ending]} <= lower
    else:
        is_so = (
            "mimetype" in names
            and _declared(archive) == f"application/vnd.oasis.opendocument.{_KINDS[ending]}"
        )
    if not is_so:
        raise Refused(Reason.FILE_CONTENT, name=name, ending=ending)
    if any(each.endswith(_MACROS[0]) or each.startswith(_MACROS[1:]) for each in lower):
        raise Refused(Reason.FILE_HAS_PROGRAM, name=name)


def _declared(archive: zipfile.ZipFile) -> str:
    """What an OpenDocument file says it is; it stands first and is short."""
    with archive.open("mimetype") as first:
        return first.read(100).decode("ascii", errors="replace").strip()


def _climbs(path: str) -> bool:
    """Whether an entry would be written outside the folder where the archive is unpacked."""
    path = path.replace("\\", "/")
    return path.startswith("/") or path[1:2] == ":" or ".." in path.split("/") or "\x00" in path


def _holds(stream: IO[bytes], wanted: bytes) -> bool:
    tail = b""
    stream.seek(0)
    while chunk := stream.read(256 * 1024):
        if wanted in tail + chunk:
            return True
        tail = chunk[-len(wanted) :]
    return False
