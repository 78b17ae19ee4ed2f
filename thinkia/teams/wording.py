"""The words of teams: refusals, what the rules find, what happened."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from thinkia.calls.wording.numbers import listed
from thinkia.calls.wording.people import composition_sentence
from thinkia.domain.bases import Bases, CompositionRule, PersonAttribute
from thinkia.domain.eligibility import youngest
from thinkia.domain.formation import Finding, FindingKind, FindingState, gender_code
from thinkia.domain.reasons import Reason
from thinkia.registration.wording import value_words
from thinkia.web.errors import tell

tell(
    {
        Reason.TEAM_FULL: _l("The team already has its %(max)s members: no place is left."),
        Reason.ALREADY_IN_TEAM: _l(
            "This person is already in a team of this call, and each person takes part in one only."
        ),
        Reason.NOT_REGISTERED: _l("This person is not registered in the call: that comes first."),
        Reason.OTHER_CALL: _l("That belongs to another call."),
        Reason.TEAM_CLOSED: _l(
            "This team takes no changes now: the time to form teams is over, or it ended."
        ),
        Reason.INVITATION_GONE: _l(
            "This invitation does not stand any more: it was answered, withdrawn or lapsed. Ask for another."
        ),
        Reason.REQUEST_GONE: _l("This request was answered or withdrawn in the meantime."),
        Reason.HAND_OVER_FIRST: _l(
            "Who represents the team cannot leave it without a representative. Hand over first."
        ),
        Reason.NOT_A_MEMBER: _l("This person is not a member of the team."),
        Reason.NAME_TAKEN: _l("Another team of this call already has that name. Choose another one."),
        Reason.HAS_SUBMITTED: _l(
            "This team handed in a proposal, so it cannot end. If it must, write to the organisers."
        ),
        Reason.MEMBER_ALREADY: _l("That person is already in your team."),
        Reason.OTHER_ADDRESS: _l(
            "This invitation was sent to another e-mail address. Sign in with the account of that address."
        ),
        Reason.TOO_MANY_INVITATIONS: _l(
            "%(max)s invitations wait for an answer. Withdraw some before you send more."
        ),
        Reason.NOT_LOOKING: _l("This person is not looking for a team any more."),
        Reason.OFFER_GONE: _l("The representation is not being offered any more."),
    }
)


class Check(NamedTuple):
    """A line of the rules: its state for the macro `check`, the sentence, what stands under it."""

    state: str
    text: str
    under: str = ""
    href: str = ""


def checks(bases: Bases, findings: Sequence[Finding]) -> list[Check]:
    """Every rule of the team, met and missing, then what the platform itself sees to."""
    return [*(finding_words(each) for each in findings), *_kept_by_the_platform(bases)]


def finding_words(finding: Finding) -> Check:
    """One finding as a sentence, with what the rules ask and what there is today."""
    state = "met" if finding.is_met else "missing"
    if finding.rule is None:
        return Check(state, *_size(finding))
    text, under = _composition(finding, finding.rule)
    return Check(state, text, " ".join([*under, *_afterwords(finding)]))


def _size(finding: Finding) -> tuple[str, str]:
    asked = size_words(finding.low or 1, finding.high)
    today = ngettext("Today there is %(num)d.", "Today there are %(num)d.", finding.count)
    if finding.is_met:
        return f"{asked} {today}", ""
    if finding.state is FindingState.MISSING:
        lacking = ngettext("%(num)d person is missing.", "%(num)d people are missing.", finding.lacking)
        return lacking, f"{asked} {today}"
    over = finding.count - (finding.high or 0)
    return ngettext("There is %(num)d person too many.", "There are %(num)d people too many.", over), asked


def size_words(low: int, high: int | None) -> str:
    """How many people a team has."""
    if high is None:
        return ngettext("At least %(num)d member.", "At least %(num)d members.", low)
    if high == low:
        return ngettext("%(num)d member.", "%(num)d members.", high)
    return _("Between %(low)s and %(high)s members.", low=low, high=high)


def _composition(finding: Finding, rule: CompositionRule) -> tuple[str, list[str]]:
    asked, today = composition_sentence(rule), _("Today: %(count)s.", count=finding.count)
    if finding.is_met:
        return f"{asked} {today}", []
    if finding.state is FindingState.MISSING:
        return _missing(finding, rule), [_("The rules ask: %(rule)s", rule=asked), today]
    if finding.shared:
        shared = listed(value_words(rule.attribute, value) for value in finding.shared)
        return _("Too many share the same: %(rule)s", rule=asked), [_("Today: %(names)s.", names=shared)]
    return _("There are too many: %(rule)s", rule=asked), [today]


def _missing(finding: Finding, rule: CompositionRule) -> str:
    """How many more, of what."""
    count = finding.lacking
    if finding.kind is FindingKind.MIN_DIFFERENT:
        return _MORE_DIFFERENT[rule.attribute](count)
    value = rule.value or ""
    if rule.attribute is PersonAttribute.GENDER and gender_code(value) == "woman":
        return ngettext("%(num)d more woman is missing.", "%(num)d more women are missing.", count)
    if rule.attribute is PersonAttribute.GENDER and gender_code(value) == "man":
        return ngettext("%(num)d more man is missing.", "%(num)d more men are missing.", count)
    return ngettext(
        "%(num)d more person of “%(value)s” is missing.",
        "%(num)d more people of “%(value)s” are missing.",
        count,
        value=value_words(rule.attribute, value),
    )


_MORE_DIFFERENT = {
    PersonAttribute.GENDER: lambda n: ngettext(
        "%(num)d more gender is missing.", "%(num)d more different genders are missing.", n
    ),
    PersonAttribute.INSTITUTION: lambda n: ngettext(
        "%(num)d more institution is missing.",
        "%(num)d more different institutions are missing.",
        n,
    ),
    PersonAttribute.DISCIPLINE: lambda n: ngettext(
        "%(num)d more discipline is missing.", "%(num)d more different disciplines are missing.", n
    ),
    PersonAttribute.PROVINCE: lambda n: ngettext(
        "%(num)d more province is missing.", "%(num)d more different provinces are missing.", n
    ),
}


def _afterwords(finding: Finding) -> list[str]:
    said = []
    if finding.undisclosed and not finding.is_met:
        said.append(
            ngettext(
                "%(num)d person did not say and is not counted.",
                "%(num)d people did not say and are not counted.",
                finding.undisclosed,
            )
        )
    if finding.is_out_of_reach:
        said.append(_("There are not enough places left for that: somebody would have to give one up."))
    return said


def _kept_by_the_platform(bases: Bases) -> list[Check]:
    """Rules that nobody can break, said because people look for them."""
    said = [_("Everybody was %(age)s years of age or more on registering.", age=youngest(bases.eligibility))]
    if bases.team.one_team_per_person:
        said.append(_("Nobody belongs to another team of this call."))
    return [Check("met", sentence) for sentence in said]


def rules_title(lines: Sequence[Check]) -> str:
    """As in "Rules: 4 met, 1 missing"."""
    met = sum(line.state == "met" for line in lines)
    missing = len(lines) - met
    if not missing:
        return _("Rules: all are met")
    return _("Rules: %(met)s met, %(missing)s missing", met=met, missing=missing)


def lead(findings: Sequence[Finding], high: int | None, *, is_over: bool = False) -> str:
    """How full the team is and, until proposals are closed, whether it may hand in."""
    count = findings[0].count
    missing = sum(not each.is_met for each in findings)
    if high is None:
        size = ngettext("The team has %(num)d member.", "The team has %(num)d members.", count)
    else:
        size = _("The team has %(count)s of %(max)s members.", count=count, max=high)
    if is_over:
        return size
    if not missing:
        ready = _("It meets every rule and may hand in.")
        return f"{size} {ready}"
    rest = ngettext(
        "Before it can hand in, %(num)d rule has to be met.",
        "Before it can hand in, %(num)d rules have to be met.",
        missing,
    )
    return f"{size} {rest}"


def free_words(free: int | None) -> str:
    if free is None:
        return _("There is no limit of members")
    if free == 0:
        return _("No place is left")
    return ngettext("%(num)d place is left", "%(num)d places are left", free)


def time_left(closes: datetime, now: datetime) -> str:
    """How long the team can still change: days, and hours on the last two."""
    left = closes - now
    if left >= timedelta(days=2):
        return ngettext(
            "%(num)d day left to change the team", "%(num)d days left to change the team", left.days
        )
    hours = max(1, int(left.total_seconds() // 3600))
    return ngettext("%(num)d hour left to change the team", "%(num)d hours left to change the team", hours)


def initials(name: str) -> str:
    """The first letters of the first two words."""
    return "".join(word[0] for word in name.split()[:2]).upper()


HISTORY: Mapping[str, Any] = {
    "team.created": _l("%(who)s started the team."),
    "team.edited": _l("%(who)s changed what the team says of itself."),
    "team.invited": _l("%(who)s invited a person."),
    "team.invited_again": _l("%(who)s sent an invitation again."),
    "team.link_made": _l("%(who)s made an invitation link."),
    "team.invitation_revoked": _l("%(who)s withdrew an invitation."),
    "team.invitation_declined": _l("%(who)s declined an invitation."),
    "team.asked": _l("%(who)s asked to join."),
    "team.request_declined": _l("%(who)s declined a request."),
    "team.request_withdrawn": _l("%(who)s withdrew a request."),
    "team.left": _l("%(who)s left the team."),
    "team.removed": _l("%(who)s took %(whom)s out of the team."),
    "team.representation_offered": _l("%(who)s offered the representation to %(whom)s."),
    "team.offer_dropped": _l("%(who)s ended the offer of representation."),
    "team.handed_over": _l("%(who)s accepted and represents the team."),
    "team.ended": _l("%(who)s ended the team."),
}
JOINED: Mapping[str, Any] = {
    "invitation": _l("%(who)s accepted an invitation."),
    "link": _l("%(who)s joined by the link."),
    "request": _l("%(who)s let %(whom)s in."),
}


def history_words(action: str, how: str, who: str, whom: str) -> Markup | None:
    """What happened, as a sentence; ``None`` for what is no news to the team."""
    words = JOINED.get(how) if action == "team.joined" else HISTORY.get(action)
    if words is None:
        return None
    names = {"who": _name(who), "whom": _name(whom)}
    return Markup(str(words)) % names  # noqa: S704 - a sentence of ours; the names are escaped


def _name(name: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(name) if name else Markup("{}").format(_("Somebody"))
