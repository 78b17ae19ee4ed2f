"""What the end of a round is for a proposal, in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from thinkia.domain.ranking.rounds import ClosedRound, Fate, Outcome, Why

OUTCOMES = {
    Outcome.ADVANCES: _l("Goes on"),
    Outcome.WAITS: _l("Waits"),
    Outcome.STAYS: _l("Does not go on"),
}
KINDS = {Outcome.ADVANCES: "ink", Outcome.WAITS: "soft", Outcome.STAYS: "off"}
REASONS = {
    Why.TOP: _l("Its place is among those that go on."),
    Why.SHARED_PLACE: _l("It shares the last place that goes on: all who share it do."),
    Why.CUT_OFF: _l("It reaches the cut-off."),
    Why.BY_HAND: _l("It was named by hand."),
    Why.NEXT: _l("It comes next should somebody leave."),
    Why.PROMOTED: _l("It moved up from the waiting list."),
    Why.BELOW_LINE: _l("Its place is below the line."),
    Why.BELOW_CUT_OFF: _l("It does not reach the cut-off."),
    Why.NOT_CHOSEN: _l("It was not named."),
    Why.WITHDREW: _l("It left the competition."),
}


def outcome_words(fate: Fate) -> str:
    """As in "Goes on" or "Waits, number 2"."""
    if fate.turn is not None and fate.outcome is Outcome.WAITS:
        return _("Waits, number %(turn)s", turn=fate.turn)
    return str(OUTCOMES[fate.outcome])


def why_words(fate: Fate) -> str:
    """Why, with what was written about whoever was named by hand."""
    why = str(REASONS[fate.why])
    return f"{why} {fate.reason}" if fate.reason else why


def forecast(closed: ClosedRound) -> str:
    """As in "4 go on, 2 wait, 9 do not go on; each team gets a letter."."""
    stay = len(closed.fates) - len(closed.advancing) - len(closed.waiting)
    parts = [
        ngettext("%(num)d goes on", "%(num)d go on", len(closed.advancing)),
        ngettext("%(num)d waits", "%(num)d wait", len(closed.waiting)),
        ngettext("%(num)d does not go on", "%(num)d do not go on", stay),
    ]
    return _("%(parts)s. Each team gets a letter.", parts=", ".join(parts))
