"""Appeals in words."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from thinkia.calls.wording.ranking import appeals_sentence
from thinkia.domain.appeals import Outcome, closes
from thinkia.domain.reasons import Reason
from thinkia.web.errors import tell
from thinkia.web.locale import moment

OUTCOMES = {
    Outcome.ACCEPTED: _l("Appeal accepted"),
    Outcome.PARTLY: _l("Accepted in part"),
    Outcome.REJECTED: _l("Rejected"),
}

tell(
    {
        Reason.APPEALS_CLOSED: _l("The time for appeals is over. What you wrote was not sent."),
        Reason.APPEAL_WAITS: _l("Your team has an appeal that waits for its answer. One at a time."),
        Reason.APPEAL_ANSWERED: _l("This appeal has its answer already."),
    }
)


def window_sentence(call: Any, now: datetime) -> str:
    """Until when a team may appeal, or that the time is over; empty where the bases take no appeals."""
    rules, published_at = call.bases.appeals, call.results_published_at
    if rules is None or published_at is None:
        return appeals_sentence(call.bases)
    last = closes(rules, call.bases.time_zone, published_at)
    when = moment(last, call.bases.time_zone)
    if now < last:
        return _("A team may ask for a review of its result until %(moment)s.", moment=when)
    return _("Appeals closed on %(moment)s.", moment=when)


def counts_sentence(counts: dict[Outcome | None, int]) -> str:
    """How many there were and how they were answered. Nothing says whose."""
    total = sum(counts.values())
    if not total:
        return ""
    said = [ngettext("%(num)d appeal received", "%(num)d appeals received", total)]
    parts = {
        Outcome.ACCEPTED: _("%(number)s accepted", number=counts.get(Outcome.ACCEPTED, 0)),
        Outcome.PARTLY: _("%(number)s accepted in part", number=counts.get(Outcome.PARTLY, 0)),
        Outcome.REJECTED: _("%(number)s rejected", number=counts.get(Outcome.REJECTED, 0)),
        None: _("%(number)s without an answer yet", number=counts.get(None, 0)),
    }
    said += [words for outcome, words in parts.items() if counts.get(outcome)]
    return " · ".join(said)
