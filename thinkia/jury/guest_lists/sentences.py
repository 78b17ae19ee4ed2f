"""The words of lists of guests: headings, what is wrong with a list or with a row."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from thinkia.jury.guest_lists.faults import Fault, RowFault
from thinkia.web.sheets import SHEET_FAULTS, SheetFault, Unreadable

HEADINGS = {
    "name": _l("Name"),
    "email": _l("E-mail"),
    "sector": _l("Sector"),
    "institution": _l("Institution"),
    "language": _l("Language"),
    "role": _l("Role"),
    "capacity": _l("Proposals at most"),
    "others": _l("Other sectors"),
    "evaluators": _l("Group"),
}
LIST_FAULTS = {
    **SHEET_FAULTS,
    SheetFault.EMPTY: _l("There is nobody on the list. Paste lines, or choose a file with rows."),
    SheetFault.TOO_LARGE: _l("The file is larger than %(most)s MB. A list of jurors is much smaller."),
    SheetFault.TOO_MANY_ROWS: _l(
        "The list reaches to row %(rows)s, and at most %(most)s people fit in one list. Is it the right file?"
    ),
    SheetFault.DAMAGED: _l("The file cannot be read: it is damaged. Save it again, or paste its rows."),
    SheetFault.NO_COLUMN: _l(
        "No column of e-mail addresses was found. Write its heading in the first row: E-mail."
    ),
}
ROW_FAULTS = {
    RowFault.NO_NAME: _l("the name is missing"),
    RowFault.NO_EMAIL: _l("the e-mail address is missing"),
    RowFault.EMAIL: _l("“%(value)s” is no whole e-mail address"),
    RowFault.NO_SECTOR: _l("the sector is missing"),
    RowFault.SECTOR: _l("“%(value)s” is no sector of this call"),
    RowFault.NO_GROUP: _l("the group of evaluators is missing"),
    RowFault.GROUP: _l("“%(value)s” is no group of evaluators of this call: write one of %(known)s"),
    RowFault.GROUP_FIXED: _l("this person read proposals in another group of evaluators, and stays in it"),
    RowFault.LANGUAGE: _l("“%(value)s” is no language of ours: write Spanish or English"),
    RowFault.ROLE: _l("“%(value)s” is no role: write chair, member or secretary"),
    RowFault.CAPACITY: _l("“%(value)s” is no number of proposals from 0 to %(most)s"),
    RowFault.LONG: _l("the text under %(column)s is longer than %(most)s characters"),
    RowFault.FORMULA: _l("the cell under %(column)s begins like a formula: write the text alone"),
    RowFault.MORE_CELLS: _l(
        "the row has %(cells)s cells for %(columns)s columns: put a text that holds the separator in quotes"
    ),
    RowFault.TWICE: _l("the same address stands in row %(row)s"),
    RowFault.SECOND_CHAIR: _l("a jury has one chair, and row %(row)s names it"),
    RowFault.CHAIR_TAKEN: _l("this jury already has a chair, or one is invited"),
    RowFault.APPLICANT: _l("this person takes part in the call, and nobody judges and takes part"),
    RowFault.ORGANISES: _l(
        "this person works for the host and sees the names, and the jury reads without them"
    ),
}


def unreadable(found: Unreadable) -> str:
    """Why a list cannot be read, and what to do."""
    return str(LIST_FAULTS[found.fault]) % found.details


def fault(found: Fault) -> str:
    """What is wrong with a row, as the end of a sentence."""
    details: dict[str, Any] = dict(found.details)
    if "column" in details:
        details["column"] = HEADINGS[details["column"]]
    return str(ROW_FAULTS[found.kind]) % details


def sample_row() -> tuple[str, ...]:
    """A person who does not exist, as an example."""
    return (
        _("Ana Example"),
        "ana@example.org",
        _("Academia"),
        _("University of the Example"),
        _("Spanish"),
        _("Jury member"),
        "12",
        _("Civil society"),
    )
