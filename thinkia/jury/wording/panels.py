"""What a jury lacks and why a seat stays empty, in words with their numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from thinkia.calls.wording.numbers import listed
from thinkia.domain.assignment import CauseKind, ShortfallReason, Violation, ViolationKind
from thinkia.web.locale import sector_name

CAUSES = {
    CauseKind.MINIMUM_OVER_MAXIMUM: _l(
        "%(sectors)s: the rules ask for at least %(needed)s a panel and allow at most %(available)s."
    ),
    CauseKind.MINIMA_OVER_SIZE: _l(
        "The minimums of the sectors add up to %(needed)s, and a panel has %(available)s seats."
    ),
    CauseKind.MAXIMA_UNDER_SIZE: _l(
        "A panel has %(needed)s seats, and the maximums of the sectors allow %(available)s."
    ),
    CauseKind.SECTOR_PEOPLE: _l(
        "%(sectors)s is missing: a panel needs %(needed)s people, and %(available)s can read."
    ),
    CauseKind.JURY_PEOPLE: _l("A panel has %(needed)s seats, and the jury can fill %(available)s."),
    CauseKind.SECTOR_READINGS: _l(
        "%(sectors)s is missing: they can read %(available)s, the rules ask for %(needed)s."
    ),
    CauseKind.JURY_READINGS: _l("The whole jury can read %(available)s, and the panels ask for %(needed)s."),
    CauseKind.PANEL_SECTOR: _l(
        "Proposal %(submission)s needs %(needed)s people of %(sectors)s; %(available)s may read it."
    ),
    CauseKind.PANEL_SIZE: _l(
        "Proposal %(submission)s needs a panel of %(needed)s; %(available)s people may read it."
    ),
    CauseKind.PIN_FORBIDDEN: _l("Proposal %(submission)s: a conflict undoes a pair that was fixed."),
    CauseKind.PINS_OVER_CAPACITY: _l(
        "%(juror)s already reads %(needed)s, more than the %(available)s that he or she can."
    ),
    CauseKind.PINS_OVER_SIZE: _l(
        "Proposal %(submission)s already has %(needed)s readers, more than the "
        "%(available)s seats of a panel."
    ),
}
WHY_EMPTY = {
    ShortfallReason.FEW_JURORS: _l("there are not enough people on the jury"),
    ShortfallReason.CONFLICTS: _l("conflicts keep the others away"),
    ShortfallReason.FILTERS: _l("the others read another language or track, or are of its institution"),
    ShortfallReason.COLLEAGUES: _l("those with capacity left are of institutions that already sit here"),
    ShortfallReason.CAPACITY: _l("those who could read it have no capacity left"),
    ShortfallReason.MAXIMUM: _l("those with capacity are of sectors that are full here"),
    ShortfallReason.NO_ROOM: _l("the panel is full before this sector sits"),
    ShortfallReason.AVAILABLE: _l("somebody could take it"),
}
BROKEN = {
    ViolationKind.UNKNOWN: _l("That person or that proposal is not in this plan."),
    ViolationKind.REPEATED: _l("%(juror)s already sits on this panel."),
    ViolationKind.WRONG_SECTOR: _l("%(juror)s does not sit for that sector."),
    ViolationKind.CONFLICT: _l("%(juror)s has a conflict with this proposal."),
    ViolationKind.BAN: _l("%(juror)s has already been excused from this proposal."),
    ViolationKind.LANGUAGE: _l("%(juror)s does not read the language of this proposal."),
    ViolationKind.TRACK: _l("%(juror)s does not read this track."),
    ViolationKind.OWN_INSTITUTION: _l("%(juror)s is of the institution that this proposal comes from."),
    ViolationKind.COLLEAGUES: _l("Somebody else of %(juror)s's institution sits on this panel."),
    ViolationKind.PIN_MOVED: _l(
        "%(juror)s already has this proposal in the list: pairs at work do not move."
    ),
    ViolationKind.OVER_CAPACITY: _l("%(juror)s would read %(found)s, and can read %(limit)s."),
    ViolationKind.OVER_SIZE: _l("The panel would have %(found)s people, and the rules ask for %(limit)s."),
    ViolationKind.OVER_MAXIMUM: _l(
        "%(sector)s would have %(found)s on this panel, and the rules allow %(limit)s."
    ),
    ViolationKind.UNDER_LOAD: _l("%(juror)s would read %(found)s, and should read %(limit)s at least."),
}


NO_GROUPS: Mapping[str, str] = {}


def cause_words(
    cause: Mapping[str, Any], names: Mapping[str, str], groups: Mapping[str, str] = NO_GROUPS
) -> str:
    """One reason why not all seats can be filled, as in "Academia is missing: they can read 40 …"."""
    told = {
        "sectors": listed(sector_name(sector) for sector in cause["sectors"]),
        "needed": cause["needed"],
        "available": cause["available"],
        "submission": cause["submission"],
        "juror": names.get(cause["juror"] or "", cause["juror"]),
    }
    return _of_group(cause.get("group"), groups, str(CAUSES[CauseKind(cause["kind"])]) % told)


def gap_words(shortfall: Iterable[Mapping[str, Any]], groups: Mapping[str, str] = NO_GROUPS) -> list[str]:
    """The empty seats, alike ones together: "9 seats of Cooperation stay empty: …"."""
    counts = Counter((row.get("group"), row["sector"], row["reason"]) for row in shortfall)
    return [
        _of_group(group, groups, _gap(sector, ShortfallReason(reason), count))
        for (group, sector, reason), count in counts.most_common()
    ]


def seat_words(row: Mapping[str, Any], groups: Mapping[str, str] = NO_GROUPS) -> str:
    """One empty seat of one panel."""
    why = WHY_EMPTY[ShortfallReason(row["reason"])]
    if row["sector"]:
        words = _("%(sector)s is missing: %(why)s.", sector=sector_name(row["sector"]), why=why)
    else:
        words = _("A seat for any sector is empty: %(why)s.", why=why)
    return _of_group(row.get("group"), groups, words)


def _of_group(group: str | None, groups: Mapping[str, str], words: str) -> str:
    """The sentence, with the group of evaluators that it is about: "Users: a seat …"."""
    return f"{groups.get(group, group)}: {words}" if group else words


def broken_words(
    violation: Violation, names: Mapping[str, str], groups: Mapping[str, str] = NO_GROUPS
) -> str:
    """The rule that a change would break."""
    told = {
        "juror": names.get(violation.juror or "", violation.juror),
        "sector": sector_name(violation.sector or ""),
        "found": violation.found,
        "limit": violation.limit,
    }
    of_panel = violation.juror is None  # and so of a group's part of it
    group = violation.group if of_panel else None
    return _of_group(group, groups, str(BROKEN[violation.kind]) % told)


def _gap(sector: str | None, reason: ShortfallReason, count: int) -> str:
    why = WHY_EMPTY[reason]
    if sector is None:
        return ngettext(
            "%(num)d seat for any sector stays empty: %(why)s.",
            "%(num)d seats for any sector stay empty: %(why)s.",
            count,
            why=why,
        )
    return ngettext(
        "%(num)d seat of %(sector)s stays empty: %(why)s.",
        "%(num)d seats of %(sector)s stay empty: %(why)s.",
        count,
        sector=sector_name(sector),
        why=why,
    )
