"""Publication: what will be public, looked over first, and the act that makes it so."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.calls.wording.ranking import PUBLICATION
from thinkia.domain.reasons import Refused
from thinkia.policy import Action
from thinkia.results import queries, services
from thinkia.results.forms import SeedForm
from thinkia.results.models import Ranking
from thinkia.results.routes.area import bp
from thinkia.results.routes.desk import desk_page, is_stale
from thinkia.results.routes.result import result_of
from thinkia.results.routes.rows import page_address
from thinkia.web.errors import sentence
from thinkia.web.listing import page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@bp.get("/manage/calls/<code>/results/preview")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def preview(call: Call) -> ResponseReturnValue:
    """What will be public, and how many letters go out."""
    ranking = queries.current_ranking(call)
    if ranking is None:
        return redirect(url_for(".desk", code=call.code))
    return manage_page(
        "results/preview.html",
        call,
        ranking=ranking,
        result=result_of(call, ranking, page_number()),
        stale=is_stale(call, ranking),
        letters=queries.count_to_tell(call),
        publication_words=PUBLICATION[queries.bases_of_ranking(ranking).publication],
        page_address=page_address(".preview", call),
    )


@bp.post("/manage/calls/<code>/results/publication")
@permit(Action.RANKING_PUBLISH, load=queries.ranking_of)
def publish(ranking: Ranking) -> ResponseReturnValue:
    call = ranking.call
    try:
        services.publish(ranking, current_actor(), now())
    except Refused as refused:
        return desk_page(call, SeedForm(), [sentence(refused)])
    flash(_("The result is public. The letters are on their way."), "success")
    return redirect(url_for("results.show", code=call.code))
