"""Results as the public sees them."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.bases import TieKeyKind
from thinkia.domain.ranking.record import read
from thinkia.policy import Action
from thinkia.results import hooks, queries
from thinkia.results.queries.publications import published_versions
from thinkia.results.routes.lottery import drawn
from thinkia.results.routes.result import result_of
from thinkia.results.routes.rows import page_address
from thinkia.results.routes.structured import structured
from thinkia.results.routes.versions import history_of
from thinkia.results.wording.method import WITH_ORDER
from thinkia.web.listing import page_number
from thinkia.web.locale import language
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit

bp = Blueprint("results", __name__)


@bp.get("/calls/<code>/results")
@permit(Action.RESULTS_SEE, load=call_by_code)
def show(call: Call) -> ResponseReturnValue:
    versions = published_versions(call)
    if not versions:
        abort(404)
    if call.results_published_at is None:
        return page("results/taken_back.html", call=call, ranking=versions[-1])
    ranking, number = versions[-1], page_number()
    result = result_of(call, ranking, number)
    names = {winner.row.line.submission: winner.row.title for winner in result.winners}
    return page(
        "results/show.html",
        call=call,
        ranking=ranking,
        result=result,
        number=number,
        structured=structured(call, ranking, result, len(versions), language()),
        notices=hooks.notices(call, now()),
        history=history_of(versions, result.level, names),
        own=queries.own_submissions(call, current_actor()),
        page_address=page_address(".show", call),
    )


@bp.get("/calls/<code>/results/lottery")
@permit(Action.RESULTS_SEE, load=call_by_code)
def lottery(call: Call) -> ResponseReturnValue:
    """What lots were drawn, for anybody to draw again; not there where the bases let no order be seen."""
    ranking = queries.published_ranking(call)
    bases = queries.bases_of_ranking(ranking) if ranking else None
    found = drawn(read(ranking.content), bases) if ranking and bases else {}
    if bases is None or bases.publication not in WITH_ORDER or not found["ties"]:
        abort(404)
    key = next(key for key in bases.tie_break if key.key is TieKeyKind.LOTTERY)
    return page("results/lottery_public.html", call=call, bases=bases, lottery=key, **found)
