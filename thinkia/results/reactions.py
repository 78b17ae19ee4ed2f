"""What results tell the pages of a call: what is to be done next."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from thinkia.calls import hooks
from thinkia.domain.lifecycle import RankingState, ReviewState
from thinkia.results.queries import orders_so_far, reviews_by_state
from thinkia.web.navigation import way_to

OPEN = (ReviewState.ASSIGNED, ReviewState.STARTED)


@hooks.on_cockpit
def results_of_call(call: Any, _now: datetime) -> Iterator[hooks.CockpitPart]:
    """Once every review is in: the order, the chair, publication."""
    reviews = reviews_by_state(call)
    if not reviews or call.results_published_at is not None:
        return
    left = sum(reviews.get(state, 0) for state in OPEN)
    if not left:
        yield _next_action(call)


def _next_action(call: Any) -> hooks.NextAction:
    current = next((one for one in orders_so_far(call) if one.state != RankingState.SUPERSEDED), None)
    desk = way_to("results_manage.desk", code=call.code)
    if current is None:
        under = _("Every review is in.")
        return hooks.NextAction(_("Compute the order"), under, _("Go to the results desk"), desk, order=20)
    if current.state == RankingState.CONFIRMED:
        preview = way_to("results_manage.preview", code=call.code)
        under = _("The chair of the jury confirmed the order.")
        return hooks.NextAction(_("Publish the result"), under, _("Look it over"), preview, order=20)
    return hooks.NextAction(
        _("The order waits for the chair"),
        _("You can look it over."),
        _("Go to the results desk"),
        desk,
        order=60,
    )
