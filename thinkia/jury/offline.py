"""A plan of panels from files alone: tables and rules in, pairs out. No database, no secret, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from thinkia.domain import assignment
from thinkia.domain.assignment import (
    AffinityTable,
    JurorSlot,
    Pair,
    PanelRequest,
    Plan,
    Problem,
    verify,
)
from thinkia.domain.assignment.affinities import weight
from thinkia.domain.assignment.filters import Barrier, barrier
from thinkia.domain.bases import JuryRules
from thinkia.domain.panel_rules import rule_of, rules_of_groups
from thinkia.domain.sectors import SECTORS
from thinkia.jury.plan_files import (
    CannotPlanError,
    Fault,
    FaultKind,
    File,
    Roll,
    Sheet,
    read_affinity,
    read_jurors,
    read_pairs,
    read_submissions,
)

PAIR = ("submission", "juror")


@dataclass(frozen=True, slots=True)
class OfflinePlan:
    """The plan, what it was made of, and the columns of each file that were not used."""

    problem: Problem
    plan: Plan
    unused: Mapping[File, tuple[str, ...]]


def read_problem(
    rules: JuryRules, files: Mapping[File, Path], seed: int = 0
) -> tuple[Problem, Mapping[File, tuple[str, ...]]]:
    """The problem that these files describe, or ``CannotPlanError`` with all faults of all files."""
    requests, submissions = read_submissions(files[File.SUBMISSIONS])
    slots, jurors = read_jurors(files[File.JURORS], tuple(rules.groups))
    sheets = {file: Sheet(path, file, PAIR, ("affinity",)) for file, path in files.items()}
    sheets |= {File.SUBMISSIONS: submissions.sheet, File.JURORS: jurors.sheet}
    table = _affinities(sheets.get(File.AFFINITY), submissions, jurors)
    conflicts = _pairs(sheets.get(File.CONFLICTS), submissions, jurors)
    pins = _pairs(sheets.get(File.PINS), submissions, jurors)
    if File.PINS in sheets:
        _check_pins(sheets[File.PINS], pins, conflicts, requests, slots)
    faults = [*chain.from_iterable(sheets[file].faults for file in File if file in sheets)]
    faults += _unknown_sectors(rules, slots) if not jurors.sheet.faults else []
    if faults:
        raise CannotPlanError(faults)
    problem = Problem(
        rule=rule_of(rules),
        submissions=tuple(requests),
        jurors=tuple(slots),
        affinities=table,
        conflicts=frozenset(conflicts),
        pins=tuple(Pair(submission, juror, "") for submission, juror in pins),
        balance=rules.balance,
        seed=seed,
        leaning=_leaning(submissions, jurors),
        groups=rules_of_groups(rules),
    )
    return problem, {file: tuple(sheet.unused) for file, sheet in sheets.items() if sheet.unused}


def planned(problem: Problem) -> Plan:
    """The best plan, checked against every rule by arithmetic that is not the solver's.

    What it breaks can only come from pins that break it by themselves.
    """
    plan = assignment.solve(problem)
    fixed = {(pin.submission, pin.juror) for pin in problem.pins}
    for each in verify(problem, plan.pairs):
        touched = {pin for pin in fixed if each.submission in (None, pin[0]) and each.juror in (None, pin[1])}
        if not each.is_gap and not touched:
            raise RuntimeError(f"The plan breaks a rule: {each}.")
    return plan


def _affinities(sheet: Sheet | None, submissions: Roll, jurors: Roll) -> AffinityTable:
    import numpy as np  # noqa: PLC0415 - other commands need none

    rows, columns = sorted(submissions.rows), sorted(jurors.rows)
    table = np.zeros((len(rows), len(columns)), np.int16)
    if sheet is None:
        return AffinityTable(rows, columns, table)
    sheet.required = (*PAIR, "affinity")
    given = np.zeros(table.shape, bool)
    row, column = ({name: n for n, name in enumerate(names)} for names in (rows, columns))
    for number, submission, juror, cells in read_pairs(sheet, submissions, jurors):
        share, place = read_affinity(cells["affinity"]), (row[submission], column[juror])
        if share is None:
            sheet.refuse(FaultKind.NOT_AN_AFFINITY, number, value=cells["affinity"])
        elif given[place]:
            sheet.refuse(FaultKind.REPEATED_PAIR, number, submission=submission, juror=juror)
        else:
            table[place], given[place] = weight(share), True
    return AffinityTable(rows, columns, table)


def _pairs(sheet: Sheet | None, submissions: Roll, jurors: Roll) -> dict[tuple[str, str], int]:
    """The pairs of a file, each once, with their rows."""
    found: dict[tuple[str, str], int] = {}
    if sheet is not None:
        for number, submission, juror, _ in read_pairs(sheet, submissions, jurors):
            found.setdefault((submission, juror), number)
    return found


def _check_pins(
    sheet: Sheet,
    pins: Mapping[tuple[str, str], int],
    conflicts: Mapping[tuple[str, str], int],
    requests: Sequence[PanelRequest],
    slots: Sequence[JurorSlot],
) -> None:
    """Nobody is pinned where a conflict or his or her own institution stands in the way."""
    request_of = {request.submission: request for request in requests}
    slot_of = {slot.juror: slot for slot in slots}
    for (submission, juror), row in pins.items():
        params = {"submission": submission, "juror": juror}
        if (submission, juror) in conflicts:
            conflict = conflicts[submission, juror]
            sheet.refuse(FaultKind.PIN_IN_CONFLICT, row, conflict=conflict, **params)
        elif submission in request_of and juror in slot_of:
            why = barrier(request_of[submission], slot_of[juror])
            if why is Barrier.OWN_INSTITUTION:
                sheet.refuse(FaultKind.PIN_OF_OWN_INSTITUTION, row, **params)


def _unknown_sectors(rules: JuryRules, slots: Sequence[JurorSlot]) -> list[Fault]:
    """Sectors of the rules that are none of the five and that nobody sits for: most likely a slip."""
    sat_for = {sector for slot in slots for sector in slot.sectors}
    named = dict.fromkeys(sector for part in rules.parts.values() for sector in part.sectors)
    known = ", ".join(dict.fromkeys((*SECTORS, *sorted(sat_for))))
    return [
        Fault(FaultKind.UNKNOWN_SECTOR, {"sector": sector, "known": known})
        for sector in named
        if sector not in SECTORS and sector not in sat_for
    ]


def _leaning(submissions: Roll, jurors: Roll) -> AffinityTable | None:
    """Shared topics decide between plans of equal value, where both files have topics."""
    if not any(submissions.topics.values()) or not any(jurors.topics.values()):
        return None
    return assignment.affinity((submissions.topics, jurors.topics))
