"""A study in words: what to know first, how sure a place is, what another calculation would change."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from thinkia.calls.wording.evaluators import group_title
from thinkia.calls.wording.numbers import listed
from thinkia.domain.bases import Bases, MethodName
from thinkia.domain.ranking.record import Record
from thinkia.domain.ranking.study.record import Caveat, StudyRecord, Variant
from thinkia.web.locale import sector_name

if TYPE_CHECKING:
    from thinkia.domain.ranking.study.study import Study

CAVEATS = {
    Caveat.DISCONNECTED: _l(
        "The reviews fall into %(parts)s parts that no juror links; the largest has %(largest)s of "
        "%(submissions)s submissions. Between parts, a strict panel cannot be told from weak submissions: "
        "places are given within each part and nothing is said of the cut. "
        "A juror who reads in two parts links them."
    ),
    Caveat.TOO_FEW_REVIEWS: _l(
        "There is no adjusted order. The reviews are too few to tell a strict juror from chance "
        "(reviews: %(reviews)s, submissions: %(submissions)s, jurors: %(jurors)s)."
    ),
    Caveat.NO_SEVERITY_SEEN: _l("The jurors differ by no more than chance would give. Nothing is corrected."),
    Caveat.NO_QUALITY_SEEN: _l("The submissions differ by no more than chance would give."),
}
WAYS = {
    "jurors_equal": _l("If every juror weighed the same"),
    "sectors_equal": _l("If every sector weighed the same"),
    "groups_equal": _l("If every group of evaluators weighed the same"),
    "adjusted": _l("If each mark were corrected for how strict its juror is"),
    "adjusted_sector_balanced": _l(
        "If marks were corrected for strictness, and sectors weighed as the rules say"
    ),
}
WITHOUT, WITHOUT_GROUP = "without:", "without_group:"
LIKE_THE_RULES = {MethodName.MEAN: "jurors_equal", MethodName.SEVERITY_ADJUSTED: "adjusted"}
# The lowest chance of each, from the highest down.
CHANCES = (
    (0.975, _l("almost surely")),
    (0.9, _l("very likely")),
    (0.66, _l("likely")),
    (0.34, _l("as likely as not")),
    (0.1, _l("unlikely")),
    (0.025, _l("very unlikely")),
    (0.0, _l("almost surely not")),
)
HARDLY, LITTLE = 0.95, 0.8  # agreement of two orders
MOST_NAMED = 6


class Finding(NamedTuple):
    """What another way of calculating would change."""

    changes: bool
    title: str
    under: str


def caveat_sentence(caveat: Caveat, study: "Study") -> str:
    """In the reader's language."""
    return str(CAVEATS[caveat]) % {
        "parts": len(study.parts),
        "largest": len(study.parts[0].submissions),
        "submissions": len(study.scores.submissions),
        "jurors": len(study.scores.jurors),
        "reviews": len(study.scores.value),
    }


def caveat_sentences(study: StudyRecord) -> list[str]:
    """The same, of a study that is kept."""
    return [str(CAVEATS[Caveat(caveat)]) % study.counts for caveat in study.caveats]


def chance_words(share: float) -> str:
    """How likely something is, as people say it."""
    return str(next(words for lowest, words in CHANCES if share >= lowest))


def findings(study: StudyRecord, record: Record, bases: Bases) -> list[Finding]:
    """One for each other way of calculating, then one for leaving out a juror."""
    told = [_finding(each, record, bases) for each in study.variants]
    return [*told, _without_a_juror(study, record)]


def _finding(variant: Variant, record: Record, bases: Bases) -> Finding:
    way = _way(variant.name, bases)
    if variant.same_winners:
        title = _same_winners(way, variant, record)
    else:
        title = _("%(way)s, other proposals would win", way=way)
    under = [] if variant.same_winners else [_exchange(variant.enter, variant.leave, record)]
    if LIKE_THE_RULES.get(bases.method.name) == variant.name and not bases.method.evaluators:
        under.append(_("It is what the rules of this call do."))
    elif variant.agreement is not None:
        under.append(_agreement(variant.agreement))
    return Finding(bool(variant.enter or variant.leave or variant.moved), title, " ".join(under))


def _way(name: str, bases: Bases) -> str:
    if name.startswith(WITHOUT_GROUP):
        group = group_title(bases.jury, name.removeprefix(WITHOUT_GROUP))
        return _("Without the group %(group)s", group=group)
    if name.startswith(WITHOUT):
        return _("Without the sector %(sector)s", sector=sector_name(name.removeprefix(WITHOUT)))
    return str(WAYS[name])


def _same_winners(way: str, variant: Variant, record: Record) -> str:
    number = len(record.winners)
    if not number:
        return _("%(way)s, nobody would win either", way=way)
    if not variant.moved:
        return ngettext(
            "%(way)s, the same proposal would win",
            "%(way)s, the same %(num)d proposals would win, in the same places",
            number,
            way=way,
        )
    places = listed(variant.moved[:MOST_NAMED])
    return ngettext(
        "%(way)s, the same would win and place %(places)s would change",
        "%(way)s, the same would win and places %(places)s would change",
        len(variant.moved),
        way=way,
        places=places,
    )


def _exchange(enter: Sequence[str], leave: Sequence[str], record: Record) -> str:
    """Who would come in, and who would go out."""
    told = [_("In: %(codes)s.", codes=_named(enter, record))] if enter else []
    if leave:
        told.append(_("Out: %(codes)s.", codes=_named(leave, record)))
    return " ".join(told)


def _named(codes: Sequence[str], record: Record) -> str:
    """Codes with their places; of many, how many there are."""
    if len(codes) > MOST_NAMED:
        return ngettext("%(num)d proposal", "%(num)d proposals", len(codes))
    lines = ((code, record.line(code)) for code in codes)
    return listed(
        _("%(code)s (place %(place)s)", code=code, place=line.place) if line else code for code, line in lines
    )


def _agreement(agreement: float) -> str:
    if agreement >= HARDLY:
        return _("The order as a whole would hardly change.")
    if agreement >= LITTLE:
        return _("The order as a whole would change a little.")
    return _("The order as a whole would change a lot.")


def _without_a_juror(study: StudyRecord, record: Record) -> Finding:
    jurors, changed = study.counts["jurors"], len(study.without)
    if not changed:
        title = _("Whichever juror is left out, the same proposals would win")
        return Finding(False, title, ngettext("%(num)d juror tried.", "%(num)d jurors tried.", jurors))
    title = ngettext(
        "If one juror were left out, other proposals would win in %(num)d of %(jurors)s cases",
        "If one juror were left out, other proposals would win in %(num)d of %(jurors)s cases",
        changed,
        jurors=jurors,
    )
    enter = _by_place((code for each in study.without for code in each.enter), record)
    leave = _by_place((code for each in study.without for code in each.leave), record)
    under = _("In those cases, among these: %(codes)s.", codes=_named([*leave, *enter], record))
    return Finding(True, title, under)


def _by_place(codes: Iterable[str], record: Record) -> list[str]:
    places: Mapping[str, Any] = {code: line.place if (line := record.line(code)) else 0 for code in codes}
    return sorted(places, key=lambda code: (places[code], code))
