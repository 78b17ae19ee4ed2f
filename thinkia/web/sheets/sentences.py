"""Why a sheet cannot be read, in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from thinkia.web.sheets.faults import SheetFault, Unreadable

SHEET_FAULTS: Mapping[SheetFault, Any] = {
    SheetFault.EMPTY: _l("The sheet has no rows below its headings. Fill in the template first."),
    SheetFault.TOO_LARGE: _l("The file is larger than %(most)s MB. Is it the right one?"),
    SheetFault.TOO_MANY_ROWS: _l(
        "The sheet reaches to row %(rows)s, and at most %(most)s rows fit in one. Is it the right file?"
    ),
    SheetFault.TOO_MANY_COLUMNS: _l(
        "The sheet has more than %(most)s columns. Keep those of the template, and delete the others."
    ),
    SheetFault.NOT_TEXT: _l(
        "This is not a file of text. Save the sheet as XLSX, or as CSV with UTF-8, and choose it again."
    ),
    SheetFault.OLD_SPREADSHEET: _l("This is an old XLS file. Save the sheet as XLSX and choose it again."),
    SheetFault.LOCKED: _l("The file asks for a password. Save it without one and choose it again."),
    SheetFault.DAMAGED: _l("The file cannot be read: it is damaged. Save it again and choose it again."),
    SheetFault.BURSTS: _l(
        "The file holds far more than it says, so it was not opened. Copy the rows into the template."
    ),
    SheetFault.OTHER_FORMAT: _l(
        "This is an archive, but no XLSX sheet. Save the sheet as XLSX and choose it again."
    ),
    SheetFault.NO_COLUMN: _l("The sheet has no column “%(column)s”. Keep the headings of the template."),
    SheetFault.TWO_COLUMNS: _l("The column “%(column)s” stands in the sheet twice. Keep one."),
}


def unreadable(found: Unreadable) -> str:
    """Why a sheet cannot be read, and what to do."""
    return str(SHEET_FAULTS[found.fault]) % found.details
