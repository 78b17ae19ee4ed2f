"""Publication: what will be public, looked over first; its hour; and the act that makes it so at once."""

from zoneinfo import ZoneInfo

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.calls.wording.ranking import PUBLICATION
from thinkia.domain.lifecycle import PublicationState, RankingState
from thinkia.domain.ranking.record import read
from thinkia.domain.ranking.voids import void_places
from thinkia.domain.reasons import Refused
from thinkia.policy import Action
from thinkia.results import hooks, queries, services
from thinkia.results.forms import AtOnceForm, HourForm
from thinkia.results.models import Ranking
from thinkia.results.queries.publications import newest_publication
from thinkia.results.routes.area import bp
from thinkia.results.routes.desk import desk_page, is_stale
from thinkia.results.routes.result import result_of
from thinkia.results.routes.rows import page_address
from thinkia.results.wording.publication import forecast, why_not
from thinkia.web.errors import sentence
from thinkia.web.listing import page_number
from thinkia.web.locale import zone_name
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@bp.get("/manage/calls/<code>/results/preview")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def preview(call: Call) -> ResponseReturnValue:
    """What will be public, when, and how many letters go out."""
    return _preview(call, HourForm(formdata=None), AtOnceForm(formdata=None))


@bp.post("/manage/calls/<code>/results/publication/hour")
@permit(Action.RANKING_PUBLISH, load=queries.ranking_of)
def schedule(ranking: Ranking) -> ResponseReturnValue:
    """Give the publication its hour, on the clocks of the call; or another one."""
    call, form = ranking.call, HourForm()
    goes_at = form.instant(ZoneInfo(call.bases.time_zone))
    if goes_at is not None:
        try:
            services.schedule(ranking, goes_at, current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("The publication has its hour. Until then you can cancel it on this page."), "success")
            return redirect(url_for(".preview", code=call.code))
    return _preview(call_by_code(call.code) or call, form, AtOnceForm(formdata=None), status=422)


@bp.post("/manage/calls/<code>/results/publication/cancellation")
@permit(Action.RESULTS_PROPOSE, load=call_by_code)
def cancel(call: Call) -> ResponseReturnValue:
    try:
        services.cancel(call, current_actor(), now())
    except Refused as refused:
        flash(sentence(refused), "error")
    else:
        flash(_("Cancelled. Nothing is published and no letter goes out."), "success")
    return redirect(url_for(".preview", code=call.code))


@bp.post("/manage/calls/<code>/results/publication")
@permit(Action.RANKING_PUBLISH, load=queries.ranking_of)
def publish(ranking: Ranking) -> ResponseReturnValue:
    """Publish at once."""
    call, form = ranking.call, AtOnceForm()
    if ranking.state != RankingState.PUBLISHED and not form.validate():
        return _preview(call, HourForm(formdata=None), form, status=422)
    try:
        services.publish(ranking, current_actor(), now())
    except Refused as refused:
        return desk_page(call, [sentence(refused)])
    flash(_("The result is public. The letters are on their way."), "success")
    return redirect(url_for("results.show", code=call.code))


def _preview(call: Call, hour: HourForm, at_once: AtOnceForm, status: int = 200) -> ResponseReturnValue:
    ranking = queries.current_ranking(call)
    if ranking is None:
        return redirect(url_for(".desk", code=call.code))
    if call.closes_rounds:
        return redirect(url_for(".round_page", code=call.code))
    bases = queries.bases_of_ranking(ranking)
    newest = newest_publication(call)
    letters = queries.count_to_tell(call)
    record = read(ranking.content)
    zone = ZoneInfo(bases.time_zone)
    return manage_page(
        "results/preview.html",
        call,
        status=status,
        pending=hooks.pending(call, now()),
        ranking=ranking,
        result=result_of(call, ranking, page_number()),
        stale=is_stale(call, ranking),
        letters=letters,
        publication_words=PUBLICATION[bases.publication],
        forecast=forecast(len(record.winners), len(void_places(record)), letters),
        waiting=newest if newest and newest.state is PublicationState.WAITING else None,
        local_hour=newest.goes_at.astimezone(zone) if newest else None,
        why_not=why_not(newest),
        zone_words=zone_name(bases.time_zone, now()),
        hour=hour,
        at_once=at_once,
        page_address=page_address(".preview", call),
    )
