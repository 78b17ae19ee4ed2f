"""What other pages say of appeals: how a team asks for a review, what the public reads of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from thinkia.appeals import queries
from thinkia.appeals.wording import counts_sentence, window_sentence
from thinkia.domain.appeals import closes
from thinkia.feedback.hooks import Way
from thinkia.policy import Action
from thinkia.web.navigation import way_to
from thinkia.web.security import may


def of_team(submission: Any, now: datetime) -> Iterator[Way]:
    """The window, the form for who represents the team, and what the team asked so far."""
    call = submission.call
    rules, published_at = call.bases.appeals, call.results_published_at
    if rules is None:
        return
    asked = queries.appeals_about(submission)
    is_open = published_at is not None and now < closes(rules, call.bases.time_zone, published_at)
    files = is_open and may(Action.SUBMISSION_APPEAL, submission) and not any(one.is_open for one in asked)
    form = way_to("appeals.new", code=submission.code) if files else ""
    yield Way(window_sentence(call, now), _("Ask for a review") if form else "", form)
    if is_open and not files and not asked:
        yield Way(_("The representative of the team files it."))
    for one in asked:
        words = (
            _("Your team's appeal waits for its answer:")
            if one.is_open
            else _("Your team's appeal has an answer:")
        )
        yield Way(words, one.number, way_to("appeals.show", number=one.number))


def of_result(call: Any, now: datetime) -> Iterator[str]:
    """The window, and how many appeals came to what."""
    if call.bases.appeals is None:
        return
    yield window_sentence(call, now)
    counted = counts_sentence(queries.counts(call))
    if counted:
        yield counted
