"""Results as the public sees them."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.policy import Action
from thinkia.results import queries
from thinkia.results.routes.result import result_of
from thinkia.results.routes.rows import page_address
from thinkia.web.listing import page_number
from thinkia.web.pages import page
from thinkia.web.security import current_actor, permit

bp = Blueprint("results", __name__)


@bp.get("/calls/<code>/results")
@permit(Action.RESULTS_SEE, load=call_by_code)
def show(call: Call) -> ResponseReturnValue:
    ranking = queries.published_ranking(call)
    if ranking is None:
        abort(404)
    number = page_number()
    return page(
        "results/show.html",
        call=call,
        ranking=ranking,
        result=result_of(call, ranking, number),
        number=number,
        own=queries.own_submissions(call, current_actor()),
        page_address=page_address(".show", call),
    )
