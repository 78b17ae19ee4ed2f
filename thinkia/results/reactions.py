"""What results tell the pages of a call: what is to be done next."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls import hooks
from thinkia.calls.wording.dates import time_left
from thinkia.calls.wording.rounds import round_title
from thinkia.domain.bases import PublicationLevel
from thinkia.domain.lifecycle import GONE, RankingState, ReviewState
from thinkia.domain.zones import day_began
from thinkia.jury import hooks as jury_hooks
from thinkia.results import acts, services
from thinkia.results.queries import current_ranking, orders_so_far, reviews_by_state
from thinkia.results.queries.progress import jurors_to_remind
from thinkia.results.queries.publications import waiting_publication
from thinkia.results.queries.rounds import closings, states_of
from thinkia.submissions import hooks as submission_hooks
from thinkia.web.locale import moment
from thinkia.web.navigation import way_to

acts.register()
OPEN = (ReviewState.ASSIGNED, ReviewState.STARTED)


@submission_hooks.on_leaving
def who_waits_moves_up(call: Any, now: datetime) -> None:
    """A seat in a round that somebody left is filled from the waiting list."""
    services.move_up(call, now)


@jury_hooks.order
def an_order_stands(call: Any) -> bool:
    """Proposed, confirmed, public, or public once: people may have seen it."""
    return current_ranking(call) is not None or call.results_taken_back_at is not None


@hooks.on_call_page
def rounds_that_are_over(call: Any) -> Iterator[str]:
    """Who went on, by code: names stay hidden from a jury that reads without them."""
    if call.announced.publication is PublicationLevel.VERDICT:
        return
    states = states_of(call) if call.round else {}
    for closing in closings(call) if call.round else ():
        codes = [code for code in closing.fates.advancing if states.get(code) not in GONE]
        yield ngettext(
            "“%(round)s” is over: %(num)d proposal goes on (%(codes)s).",
            "“%(round)s” is over: %(num)d proposals go on (%(codes)s).",
            len(codes),
            round=round_title(call.announced.rounds[closing.number]),
            codes=", ".join(sorted(codes)),
        )


@hooks.on_cockpit
def results_of_call(call: Any, now: datetime) -> Iterator[hooks.CockpitPart]:
    """While reviews are open: who has to be reminded. Once all are in: the order, the chair, publication."""
    reviews = reviews_by_state(call)
    if not reviews or call.results_published_at is not None:
        return
    left = sum(reviews.get(state, 0) for state in OPEN)
    yield _while_open(call, left, now) if left else _next_action(call)


def _while_open(call: Any, left: int, now: datetime) -> hooks.NextAction:
    """Remind whom nobody wrote to today; once evaluation is over, decide on what was not given."""
    closes = call.calendar.evaluation.closes
    title = ngettext("%(num)d review is still open", "%(num)d reviews are still open", left)
    listed = way_to("results_manage.open_reviews", code=call.code)
    if now >= closes:
        under = _("Evaluation is over. Move its close with a reason, or excuse what will not be given.")
        return hooks.NextAction(title, under, _("See the open reviews"), listed, order=30)
    under = _("%(review)s. Evaluation closes in %(time)s.", review=title, time=time_left(closes - now))
    people = len(jurors_to_remind(call, day_began(call.bases.time_zone, now)))
    if not people:
        under = _("Evaluation closes in %(time)s.", time=time_left(closes - now))
        return hooks.NextAction(title, under, _("See the open reviews"), listed, order=60)
    asked = ngettext("Remind %(num)d juror", "Remind %(num)d jurors", people)
    preview = way_to("jury_manage.remind", code=call.code, to="reading")
    return hooks.NextAction(asked, under, _("Look over the reminder"), preview, order=60)


def _next_action(call: Any) -> hooks.NextAction:
    current = next((one for one in orders_so_far(call) if one.state != RankingState.SUPERSEDED), None)
    desk = way_to("results_manage.desk", code=call.code)
    if current is None:
        under = _("Every review is in.")
        return hooks.NextAction(_("Compute the order"), under, _("Go to the results desk"), desk, order=20)
    if current.state == RankingState.CONFIRMED and call.closes_rounds:
        under = _("The chair of the jury confirmed the order. Another round follows.")
        ends = way_to("results_manage.round_page", code=call.code)
        return hooks.NextAction(_("Close the round"), under, _("See who goes on"), ends, order=20)
    if current.state == RankingState.CONFIRMED:
        preview = way_to("results_manage.preview", code=call.code)
        waiting = waiting_publication(call)
        if waiting is not None:
            at = moment(waiting.goes_at, call.bases.time_zone)
            title = _("The result will be published on %(moment)s", moment=at)
            under = _("Until then you can cancel it.")
            return hooks.NextAction(title, under, _("Look it over"), preview, order=50)
        under = _("The chair of the jury confirmed the order.")
        return hooks.NextAction(_("Publish the result"), under, _("Look it over"), preview, order=20)
    return hooks.NextAction(
        _("The order waits for the chair"),
        _("You can look it over."),
        _("Go to the results desk"),
        desk,
        order=60,
    )
