"""Why somebody reads a proposal, or why not, in words that need no mathematics."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from thinkia.domain.assignment import Explanation, Verdict
from thinkia.domain.bids import Liking
from thinkia.web.locale import sector_name

WISH = {
    Liking.GLADLY: _l("Said that he or she would read it gladly."),
    Liking.RATHER_NOT: _l("Said that he or she would rather not read it."),
    None: _l("Did not say whether he or she would like to read it."),
}
IN_THE_WAY = {
    Verdict.CONFLICT: _l("Has a conflict with this proposal."),
    Verdict.BAN: _l("Had this proposal before and no longer reads it."),
    Verdict.LANGUAGE: _l("Does not read the language of this proposal."),
    Verdict.TRACK: _l("Does not read this track."),
    Verdict.OWN_INSTITUTION: _l("Is of the institution that this proposal comes from."),
    Verdict.NO_CAPACITY: _l("Reads no proposals: the limit is 0."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a juror's seat, or the lack of one, rests on."""

    sector: str
    load: int
    most: int | None
    affinity: Decimal = Decimal(0)
    group: str = ""  # of evaluators, where the call has any

    @property
    def is_full(self) -> bool:
        return self.most is not None and self.load >= self.most


@dataclass(frozen=True, slots=True)
class Reasons:
    """What the sentences about one panel refer to: everybody by code, and what the rules ask."""

    people: Mapping[str, Standing]
    names: Mapping[str, str]
    least: Mapping[tuple[str, str], int]  # of each sector of a group that the rules ask for
    loads: Mapping[tuple[str, str], tuple[int, int]]  # lowest and highest of each sector of a group
    topics: bool  # whether anybody said what he or she knows about
    proved: bool
    likings: Mapping[str, Liking] | None = None  # what was said of this proposal, where bids are taken
    # People of each sector of a group whom nothing keeps away.
    may_read: Mapping[tuple[str, str], int] = field(default_factory=dict)


def why_words(explanation: Explanation, juror: str, sector: str, of: Reasons) -> list[str]:
    """Why somebody sits here, one reason a sentence."""
    if explanation.verdict is Verdict.PINNED:
        return [_("Has this proposal in the list already: pairs at work do not move.")]
    person = of.people[juror]
    seat = (person.group, sector)
    told = [_quota(seat, of), _no_conflict(seat, of)]
    if of.likings is not None:
        told.append(str(WISH[of.likings.get(juror)]))
    elif of.topics:
        told.append(_knows(explanation.affinity))
    low, high = of.loads[seat]
    told.append(
        _(
            "Reads %(load)s in this plan; the people of %(sector)s read from %(low)s to %(high)s.",
            load=person.load,
            sector=sector_name(sector),
            low=low,
            high=high,
        )
    )
    if of.proved:
        told.append(_("No exchange of this person for another makes the whole plan better: that is proved."))
    return told


def why_not_words(explanation: Explanation, juror: str, of: Reasons) -> str:
    """Why somebody does not sit here."""
    verdict, person = explanation.verdict, of.people[juror]
    if verdict in IN_THE_WAY:
        return str(IN_THE_WAY[verdict])
    other = of.names.get(explanation.other or "", "")
    if verdict is Verdict.COLLEAGUE:
        return _("%(other)s, of the same institution, sits here.", other=other)
    if person.is_full:
        return _("Already reads %(load)s, which is the limit.", load=person.load)
    if explanation.other:
        leaves = _("To come in, %(other)s would have to leave.", other=other)
        return f"{leaves} {_exchange(person, explanation.other, of)}"
    if verdict is Verdict.SECTOR_FULL:
        return _("The seats that this person could take are all of people who stay.")
    return _("A seat is empty, and nothing keeps this person from it.")


def can_replace(explanation: Explanation, juror: str, of: Reasons) -> bool:
    """Whether no rule stands in the way of putting this juror in, alone or for ``explanation.other``."""
    asked = {Verdict.FREE, Verdict.DEARER, Verdict.SECTOR_FULL}
    return (
        explanation.verdict in asked
        and not of.people[juror].is_full
        and (explanation.other is not None or explanation.verdict is Verdict.FREE)
    )


def _quota(seat: tuple[str, str], of: Reasons) -> str:
    least = of.least.get(seat, 0)
    if not least:
        return _("Sits in a seat that is open to any sector.")
    return ngettext(
        "The rules ask for at least %(num)d person of %(sector)s here.",
        "The rules ask for at least %(num)d people of %(sector)s here.",
        least,
        sector=sector_name(seat[1]),
    )


def _no_conflict(seat: tuple[str, str], of: Reasons) -> str:
    count = of.may_read.get(seat, 0)
    return ngettext(
        "Has no conflict with it; nothing keeps %(num)d person of %(sector)s from this proposal.",
        "Has no conflict with it; nothing keeps %(num)d people of %(sector)s from this proposal.",
        count,
        sector=sector_name(seat[1]),
    )


def _knows(affinity: Decimal) -> str:
    if affinity >= 1:
        return _("Knows about what this proposal is about.")
    if affinity > 0:
        return _("Knows about a part of what this proposal is about.")
    return _("Did not name the topic of this proposal among those that he or she knows.")


def _exchange(person: Standing, leaves: str, of: Reasons) -> str:
    """What the exchange would cost, by the loads that it would make and by how well each suits it."""
    sits, other = of.people[leaves], of.names.get(leaves, "")
    if person.load >= sits.load:
        return _(
            "He or she already reads %(load)s and %(other)s %(others_load)s: "
            "the reviews would be shared less evenly.",
            load=person.load,
            other=other,
            others_load=sits.load,
        )
    if person.load < sits.load - 1:
        return _("The reviews would be shared more evenly.")
    if person.affinity == sits.affinity:
        return _("It would be as good: the draw with the plan's seed decided.")
    if of.likings is not None:
        return _better_suited(person, sits, other)
    if person.affinity < sits.affinity:
        return _("%(other)s knows more about what this proposal is about.", other=other)
    return _("Knows more about what this proposal is about than %(other)s.", other=other)


def _better_suited(person: Standing, sits: Standing, other: str) -> str:
    """Who suits it better where topics and bids both count."""
    if person.affinity < sits.affinity:
        return _(
            "%(other)s suits this proposal better, by what each knows about and would like to read.",
            other=other,
        )
    return _(
        "Suits this proposal better than %(other)s, by what each knows about and would like to read.",
        other=other,
    )
