"""From rows of text to people: what each row says, and all that is wrong with it at once."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.utils import parseaddr

from email_validator import EmailNotValidError, validate_email

from thinkia.jury.guest_lists import columns
from thinkia.jury.guest_lists.faults import Fault, RowFault
from thinkia.policy.actor import JurorRole
from thinkia.web.sheets import Sheet, SheetFault, Unreadable

LONGEST = 200  # characters of a name or an institution
HIGHEST_CAPACITY = 10_000
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # what spreadsheets take for the start of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Whom the organisers want on the jury."""

    email: str
    name: str
    sector: str
    others: tuple[str, ...] = ()  # sectors that he or she may sit for too
    institution: str = ""
    role: JurorRole = JurorRole.MEMBER
    language: str = "es"
    capacity: int | None = None
    evaluators: str = ""  # the group, where the call has any


@dataclass(frozen=True, slots=True)
class Known:
    """What a row of a call's list may name, and what holds where it says nothing."""

    sectors: Sequence[str]
    groups: Mapping[str, str] = field(default_factory=dict)  # of evaluators: what is written → code
    language: str = "es"
    sector: str = ""
    evaluators: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: what was written by column, the guest it makes, and what is wrong with it."""

    number: int
    written: dict[str, str]
    guest: Guest
    faults: tuple[Fault, ...] = ()

    def with_faults(self, faults: Sequence[Fault]) -> "Entry":
        return replace(self, faults=(*self.faults, *faults))


@dataclass(frozen=True, slots=True)
class GuestList:
    """The entries of a list. ``unused`` are headings that name nothing of ours."""

    entries: tuple[Entry, ...]
    unused: tuple[str, ...] = ()
    guessed: bool = False


@dataclass(slots=True)
class _Row:
    """A row while it is being read."""

    written: dict[str, str]
    faults: list[Fault] = field(default_factory=list)

    def note(self, kind: RowFault, **details: object) -> None:
        self.faults.append(Fault(kind, dict(details)))


def read(sheet: Sheet, known: Known) -> GuestList:
    """Everybody whom a list names."""
    named, rows = _headed(sheet, known)
    found = [_entry(number, named or _guessed(cells, known), cells, known) for number, cells in rows]
    if not any("@" in entry.written.get("email", "") for entry in found):
        raise Unreadable(SheetFault.NO_COLUMN if found else SheetFault.EMPTY)
    unused = tuple(name[1:] for name in named or () if name.startswith("?") and len(name) > 1)
    return GuestList(tuple(_compared(found)), unused, sheet.guessed)


def as_text(entries: Sequence[Entry], headings: Mapping[str, str]) -> str:
    """The same list as lines that can be put right by hand and read again: what was written, by column."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\n")
    used = [name for name in columns.COLUMNS if any(entry.written.get(name) for entry in entries)]
    lines.writerow(str(headings[name]) for name in used)
    lines.writerows([entry.written.get(name, "") for name in used] for entry in entries)
    return text.getvalue()


def _headed(sheet: Sheet, known: Known) -> tuple[list[str] | None, Sequence[tuple[int, tuple[str, ...]]]]:
    """The columns by the headings of the first row, and the rows below; no columns where there are none."""
    _number, first = sheet.rows[0]
    named = [columns.heading(cell) for cell in first]
    if not known.groups:
        named = [None if one == "evaluators" else one for one in named]
    if "email" in named or (any(named) and not any("@" in cell for cell in first)):
        return [_once(named, place) or f"?{cell}" for place, cell in enumerate(first)], sheet.rows[1:]
    return None, sheet.rows


def _once(named: Sequence[str | None], place: int) -> str | None:
    """A heading counts where it first stands."""
    return named[place] if named.index(named[place]) == place else None


def _guessed(cells: Sequence[str], known: Known) -> list[str]:
    """What each cell of a row without headings is, by what stands in it."""
    free, names = ["name", "institution"], list[str]()
    for cell in cells:
        meant = _meaning(cell, known)
        if meant is None or meant in names:
            meant = free.pop(0) if free else "?"
        names.append(meant)
    return names


def _meaning(cell: str, known: Known) -> str | None:
    if "@" in cell:
        return "email"
    if columns.group(cell, known.groups):
        return "evaluators"
    if columns.sector(cell, known.sectors):
        return "sector"
    if columns.language(cell):
        return "language"
    if columns.role(cell):
        return "role"
    return "capacity" if cell.isdecimal() else None


def _entry(
    number: int,
    names: Sequence[str],
    cells: tuple[str, ...],
    known: Known,
) -> Entry:
    row = _Row(_written(names, cells))
    if len(cells) > len(names):
        row.note(RowFault.MORE_CELLS, cells=len(cells), columns=len(names))
    _demand_no_formula(row)
    guest = Guest(
        name=_name(row),
        email=_email(row),
        sector=_sector(row, known.sectors, known.sector),
        others=tuple(_others(row, known.sectors)),
        institution=_short(row, "institution"),
        role=_role(row),
        language=_language(row, known.language),
        capacity=_capacity(row),
        evaluators=_evaluators(row, known),
    )
    return Entry(number, row.written, guest, tuple(row.faults))


def _written(names: Sequence[str], cells: tuple[str, ...]) -> dict[str, str]:
    """The cells by column. "Ana Cango <ana@example.org>" is a name and an address; parts of a name join."""
    written = {name: cell for name, cell in zip(names, cells, strict=False) if cell}
    if "<" in written.get("email", ""):
        name, address = parseaddr(written["email"])
        if address:
            written["email"] = address
            written.setdefault("name", name)
    parts = [written.pop("given", ""), written.pop("surname", "")]
    if any(parts) and "name" not in written:
        written["name"] = " ".join(part for part in parts if part)
    return {name: cell for name, cell in written.items() if cell}


def _demand_no_formula(row: _Row) -> None:
    for column in columns.COLUMNS:
        if row.written.get(column, "").startswith(_FORMULA):
            row.note(RowFault.FORMULA, column=column)


def _name(row: _Row) -> str:
    if not row.written.get("name"):
        row.note(RowFault.NO_NAME)
    return _short(row, "name")


def _short(row: _Row, column: str) -> str:
    text = row.written.get(column, "")
    if len(text) > LONGEST:
        row.note(RowFault.LONG, column=column, most=LONGEST)
    return text[:LONGEST]


def _email(row: _Row) -> str:
    typed = row.written.get("email", "")
    if not typed:
        row.note(RowFault.NO_EMAIL)
        return ""
    try:
        return validate_email(typed, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        row.note(RowFault.EMAIL, value=typed[:LONGEST])
        return typed


def _sector(row: _Row, codes: Sequence[str], usual: str) -> str:
    typed = row.written.get("sector", "")
    found = columns.sector(typed, codes) if typed else usual
    if not found:
        row.note(RowFault.SECTOR, value=typed[:LONGEST]) if typed else row.note(RowFault.NO_SECTOR)
    return found or ""


def _evaluators(row: _Row, known: Known) -> str:
    """The group, of those that the call has; in a call without groups nobody is of any."""
    typed = row.written.get("evaluators", "")
    found = columns.group(typed, known.groups) if typed else known.evaluators
    if known.groups and not found:
        told = {"value": typed[:LONGEST], "known": ", ".join(dict.fromkeys(known.groups.values()))}
        row.note(RowFault.GROUP, **told) if typed else row.note(RowFault.NO_GROUP)
    return found or ""


def _others(row: _Row, codes: Sequence[str]) -> Iterator[str]:
    """Several in one cell are parted by commas, bars or slashes."""
    for typed in filter(None, (each.strip() for each in re.split(r"[,;|/]", row.written.get("others", "")))):
        found = columns.sector(typed, codes)
        if found:
            yield found
        else:
            row.note(RowFault.SECTOR, value=typed[:LONGEST])


def _role(row: _Row) -> JurorRole:
    typed = row.written.get("role", "")
    found = columns.role(typed) if typed else JurorRole.MEMBER
    if found is None:
        row.note(RowFault.ROLE, value=typed[:LONGEST])
    return found or JurorRole.MEMBER


def _language(row: _Row, usual: str) -> str:
    typed = row.written.get("language", "")
    found = columns.language(typed) if typed else usual
    if found is None:
        row.note(RowFault.LANGUAGE, value=typed[:LONGEST])
    return found or usual


def _capacity(row: _Row) -> int | None:
    typed = row.written.get("capacity", "")
    if not typed:
        return None
    if typed.isdecimal() and len(typed) < 7 and int(typed) <= HIGHEST_CAPACITY:
        return int(typed)
    row.note(RowFault.CAPACITY, value=typed[:LONGEST], most=HIGHEST_CAPACITY)
    return None


def _compared(entries: Sequence[Entry]) -> Iterator[Entry]:
    """What rows say against one another: nobody twice, one chair."""
    first: dict[str, int] = {}
    chair: int | None = None
    for entry in entries:
        faults = []
        email = entry.guest.email
        if email and email in first:
            faults.append(Fault(RowFault.TWICE, {"row": first[email]}))
        first.setdefault(email, entry.number)
        if entry.guest.role is JurorRole.CHAIR:
            if chair is not None:
                faults.append(Fault(RowFault.SECOND_CHAIR, {"row": chair}))
            chair = chair or entry.number
        yield entry.with_faults(faults)
