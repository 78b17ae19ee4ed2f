"""The rounds of a call, in words."""

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.wording.numbers import number
from thinkia.domain.bases import Bases, JuryRules, Round
from thinkia.domain.rounds import Advance, AtLine, EarlierMarks, PoolBy, Pools
from thinkia.web.locale import moment
from thinkia.web.pages import plain


def round_title(one: Round) -> str:
    return plain(one.title) or one.code


def round_sentences(bases: Bases, index: int) -> list[str]:
    """When a round is, who judges it, what earlier marks count, who goes on and who waits."""
    one = bases.rounds[index]
    found = []
    if one.evaluation is not None:
        ends = [moment(at, bases.time_zone) for at in (one.evaluation.opens, one.evaluation.closes)]
        found.append(_("It begins on %(opens)s and ends on %(closes)s.", opens=ends[0], closes=ends[1]))
    if one.jury is not None:
        found.append(readers(one.jury))
    if one.rubric is None:
        found.append(_("By the rubric of the call."))
    if one.pools is not None:
        found.append(
            _("Each pool has an order of its own. The pools: %(pools)s.", pools=pools_of(bases, one.pools))
        )
    if index:
        found.append(_marks(bases, index))
    return [*found, *_line(one)]


def readers(jury: JuryRules) -> str:
    return ngettext("%(num)d person reads each proposal.", "%(num)d people read each proposal.", jury.size)


def extra_readers(jury: JuryRules) -> str:
    """How many more read a proposal; empty where nobody does."""
    if not jury.extra:
        return ""
    return ngettext(
        "%(num)d more person reads a proposal where the jury can spare somebody.",
        "Up to %(num)d more people read a proposal where the jury can spare them.",
        jury.extra,
    )


def pools_words(pools: Pools) -> str:
    """By what proposals are parted."""
    if pools.by is PoolBy.CHALLENGE:
        return _("by challenge")
    if pools.by is PoolBy.LIST:
        return _("by a list")
    return _("by the answer to “%(question)s”", question=pools.question)


def pools_of(bases: Bases, pools: Pools) -> str:
    """The same, with the question's own title."""
    title = next((plain(one.title) for one in bases.questions if one.code == pools.question), "")
    return _("by the answer to “%(question)s”", question=title) if title else pools_words(pools)


def pool_title(bases: Bases, pool: str) -> str:
    """The name of a pool: a challenge's, or that of the option which parts proposals; else its code."""
    options = [option for question in bases.questions for option in question.options]
    titles = {one.code: one.title for one in options} | {one.code: one.title for one in bases.challenges}
    return plain(titles[pool]) if pool in titles else pool


def advance_sentence(rule: Advance) -> str:
    """Who goes on to the next round."""
    if rule.by_hand:
        return _("Who goes on is named one by one, each with a reason that is kept.")
    if rule.top is None and rule.top_per_pool is None:
        return _("Whoever scores %(cut_off)s or more goes on.", cut_off=number(rule.cut_off or 0))
    if rule.top is not None:
        found = ngettext("The first goes on.", "The first %(num)d go on.", rule.top)
    else:
        found = ngettext(
            "The first of each pool goes on.",
            "The first %(num)d of each pool go on.",
            rule.top_per_pool or 0,
        )
    if rule.cut_off is None:
        return found
    least = _("Nobody below %(cut_off)s does.", cut_off=number(rule.cut_off))
    return f"{found} {least}"


def _line(one: Round) -> list[str]:
    if one.advance is None:
        return [_("The order of this round is the result.")]
    found = [advance_sentence(one.advance)]
    if one.waiting:
        found.append(
            ngettext(
                "The next one waits, should somebody who goes on withdraw.",
                "The next %(num)d wait, should somebody who goes on withdraw.",
                one.waiting,
            )
        )
    if one.at_line is AtLine.TAKE_ALL:
        found.append(_("If a tie at the line cannot be decided, all who share the place go on."))
    return found


def _marks(bases: Bases, index: int) -> str:
    """What the marks of earlier rounds count, as exact as the bases say it."""
    first = index
    while first and bases.rounds[first].marks is EarlierMarks.CARRIED:
        first -= 1
    if first == index:
        return _("Earlier marks do not count.")
    parts = "; ".join(
        _("%(round)s %(share)s", round=round_title(one), share=number(one.share))
        for one in bases.rounds[first : index + 1]
    )
    return _(
        "Earlier marks count: the score is the mean of the rounds by these shares: %(shares)s.", shares=parts
    )
