"""What stands in the way of an offline plan, and what its empty seats lack, in the reader's language."""

from collections.abc import Mapping
from pathlib import PurePath

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from thinkia.domain.assignment import ShortfallReason
from thinkia.jury.wording.panels import WHY_EMPTY
from thinkia.web.locale import sector_name

SHOWN = 60  # characters of what somebody typed

FAULTS = {
    "not_readable": _l("The file cannot be read. Check its name and its permissions."),
    "not_utf8": _l("The file is not UTF-8 text. Save it as “CSV UTF-8” in the spreadsheet."),
    "bad_csv": _l(
        "The quotation marks do not match from here on, or a cell is far too long. "
        "Check the cells with quotation marks."
    ),
    "empty_file": _l("The file is empty."),
    "no_rows": _l("The file has only the names of the columns."),
    "missing_column": _l("Columns are missing: %(columns)s. The first row must have: %(expected)s."),
    "repeated_column": _l("These columns appear more than once: %(columns)s. Keep one of each."),
    "wrong_cell_count": _l(
        "The row has %(cells)s cells and the first row has %(columns)s. "
        "A comma inside a cell may have split it: write decimals with a point."
    ),
    "empty_cell": _l("The column %(column)s is empty."),
    "invisible_character": _l(
        "There are invisible characters in: %(columns)s. Type these cells again instead of pasting them."
    ),
    "repeated_code": _l("“%(code)s” is already in row %(first)s. Keep one."),
    "repeated_pair": _l("The affinity of %(juror)s for %(submission)s is given more than once. Keep one."),
    "not_a_count": _l("“%(value)s” in the column %(column)s is not a whole number of proposals."),
    "not_an_affinity": _l(
        "“%(value)s” is not an affinity. Write a decimal from 0 to 1 with a point, such as 0.75."
    ),
    "least_over_capacity": _l("The minimum load, %(least)s, is above the capacity, %(capacity)s."),
    "unknown_submission": _l("There is no submission “%(code)s” in the file of submissions."),
    "unknown_juror": _l("There is no juror “%(code)s” in the file of jurors."),
    "pin_in_conflict": _l(
        "%(juror)s is fixed to %(submission)s here and has a conflict with it in row %(conflict)s "
        "of the conflicts. Take one out."
    ),
    "pin_of_own_institution": _l(
        "%(juror)s is fixed to %(submission)s, which comes from the same institution. That is a conflict."
    ),
    "unknown_sector": _l(
        "Nobody sits for the sector “%(sector)s”, and it is none of the known ones: %(known)s."
    ),
    "unknown_group": _l("“%(group)s” is no group of evaluators of the rules. Choose one of: %(known)s."),
    "not_to_read": _l("“%(code)s” is no proposal that the jury of this call reads."),
    "not_a_reader": _l("“%(code)s” is nobody who can read on this jury: look at the codes of the file."),
    "other_sector": _l("%(juror)s does not sit for “%(sector)s” but for “%(right)s”."),
    "repeated_reading": _l("%(juror)s and %(submission)s already stand in row %(first)s. Keep one."),
}


def fault_sentence(
    kind: str, params: Mapping[str, str], file: PurePath | None = None, row: int | None = None
) -> str:
    """What is wrong and what to do, with the file and row it is about."""
    shown = {name: text if len(text) <= 4 * SHOWN else f"{text[:SHOWN]}…" for name, text in params.items()}
    sentence = str(FAULTS[kind]) % shown
    place = ([file.name] if file else []) + ([gettext("row %(row)s", row=row)] if row else [])
    return f"{', '.join(place)}: {sentence}" if place else sentence


def lack_words(sector: str | None, can: int, needed: int, reason: ShortfallReason) -> str:
    """As in "Academia is missing: they can read 40, the rules ask for 52. On this panel: …"."""
    why = gettext("On this panel: %(why)s.", why=WHY_EMPTY[reason])
    if sector is None:
        told = gettext(
            "The whole jury can read %(available)s, and the panels ask for %(needed)s.",
            available=can,
            needed=needed,
        )
    else:
        told = gettext(
            "%(sectors)s is missing: they can read %(available)s, the rules ask for %(needed)s.",
            sectors=sector_name(sector),
            available=can,
            needed=needed,
        )
    return f"{told} {why}"


def unused_sentence(file: PurePath, columns: str) -> str:
    """Columns that nobody asked for."""
    told = gettext("These columns of the file were not used: %(columns)s.", columns=columns)
    return f"{file.name}: {told}"
