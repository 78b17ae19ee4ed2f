"""How each juror marked beside the others: for the chair alone, once an order stands."""

from flask.typing import ResponseReturnValue

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.policy import Action
from thinkia.results import queries
from thinkia.results.queries.study import names_of_jurors
from thinkia.results.routes.area import bp
from thinkia.results.routes.rows import page_address
from thinkia.results.routes.study import study_view
from thinkia.results.wording.jurors import juror_words, panel_words, sector_words
from thinkia.web.listing import PER_PAGE, Listing, page_number
from thinkia.web.pages import page
from thinkia.web.security import permit


@bp.get("/calls/<code>/verdict/jurors")
@permit(Action.RESULTS_DECIDE, load=call_by_code)
def jurors(call: Call) -> ResponseReturnValue:
    """What the chair may want to ask about, those who stand out first. It decides nothing."""
    ranking = queries.current_ranking(call)
    if ranking is None:
        return page("results/chair_waits.html", call=call)
    view = study_view(ranking)
    study, number = view.study, page_number()
    told = [juror_words(each, study) for each in study.jurors] if study else []
    told.sort(key=lambda each: (not each.stands_out, each.code))
    shown = told[(number - 1) * PER_PAGE : number * PER_PAGE]
    return page(
        "results/jurors.html",
        call=call,
        study=view,
        panel=panel_words(study.panel, linked=study.counts["parts"] == 1) if study else [],
        sectors=[sector_words(each) for each in study.sectors] if study else [],
        found=Listing(shown, len(told), number, PER_PAGE),
        names=names_of_jurors(call, [each.code for each in shown]),
        page_address=page_address(".jurors", call),
    )
