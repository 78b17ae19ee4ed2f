"""What was taken out of the order or given back, by whom and why: never a mark."""

from flask.typing import ResponseReturnValue

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.policy import Action
from thinkia.results.queries import changes as queries
from thinkia.results.routes.area import bp
from thinkia.results.routes.rows import page_address
from thinkia.results.wording import REVIEW_STATES
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import permit


@bp.get("/manage/calls/<code>/results/changes")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def changes(call: Call) -> ResponseReturnValue:
    """Exclusions, reviews that were reopened, reviews that were not given: each with its reason."""
    return manage_page(
        "results/changes.html",
        call,
        excluded=queries.excluded(call),
        agreed=queries.exclusions_agreed(call),
        former=queries.former_of_call(call),
        found=listing(queries.closed_reviews(call), page_number()),
        states=REVIEW_STATES,
        page_address=page_address(".changes", call),
    )
