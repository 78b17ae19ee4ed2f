"""The first sheet of an XLSX file, once its directory and its parts are known to be harmless.

The reader trusts what a file says of itself: it unpacks each part whole, and it makes room for every cell
between the first one and the last. So the directory is judged first, the parts are unpacked here with a
limit, and where cells stand is looked at before anybody makes room for them.
"""

import io
import re
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from thinkia.web.sheets.faults import Limits, SheetFault, Unreadable

MOST_ENTRIES = 200
LARGEST_UNPACKED = 20_000_000
LARGEST_RATIO = 100
FREE_UNPACKED = 1_000_000
_BOOK = "xl/workbook.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_PLACE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]*)([0-9]*)\s*["']""")


def cells_of(content: bytes, limits: Limits) -> list[list[str]]:
    """Every row of the first sheet from the top, as text."""
    safe = _repacked(content, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(safe)) as book:
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except PasswordError as error:
        raise Unreadable(SheetFault.LOCKED) from error
    except (CalamineError, IndexError, ValueError, OSError) as error:
        raise Unreadable(SheetFault.DAMAGED) from error
    return [[_as_text(cell) for cell in row] for row in rows]


def _repacked(content: bytes, limits: Limits) -> bytes:
    """The same archive without compression, each part unpacked and checked by its sum."""
    plain = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _demand_small(entries)
            with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as copy:
                for entry in entries:
                    part = archive.read(entry)
                    if _SHEET.fullmatch(entry.filename):
                        _demand_near_cells(part, limits)
                    copy.writestr(entry.filename, part)
    except RuntimeError as error:  # a part that asks for a password
        raise Unreadable(SheetFault.LOCKED) from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise Unreadable(SheetFault.DAMAGED) from error
    return plain.getvalue()


def _demand_small(entries: list[zipfile.ZipInfo]) -> None:
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED:
        raise Unreadable(SheetFault.BURSTS)
    if unpacked > FREE_UNPACKED and unpacked > LARGEST_RATIO * max(1, packed):
        raise Unreadable(SheetFault.BURSTS)
    if _BOOK not in {entry.filename for entry in entries}:
        raise Unreadable(SheetFault.OTHER_FORMAT)


def _demand_near_cells(sheet: bytes, limits: Limits) -> None:
    """Refuse a sheet with a cell far out: between it and the first one lies room for millions."""
    for letters, digits in _PLACE.findall(sheet):
        if len(digits) > 7 or int(digits or 0) > 2 * limits.rows:
            raise Unreadable(SheetFault.TOO_MANY_ROWS, rows=digits.decode()[:9], most=limits.rows)
        if len(letters) > 2 or _column(letters) > 5 * limits.columns:
            raise Unreadable(SheetFault.TOO_MANY_COLUMNS, most=limits.columns)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _as_text(cell: object) -> str:
    """A cell as its reader sees it: 12, not 12.0; 0.00001, not 1e-05."""
    if isinstance(cell, float):
        return f"{Decimal(int(cell) if cell.is_integer() else repr(cell)):f}"
    return cell.isoformat() if isinstance(cell, date | datetime | time) else str(cell)
