"""The chair declares prizes void before confirming the order, or gives them after all."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import abort

from thinkia.domain.ranking.record import Line, read
from thinkia.domain.reasons import Refused
from thinkia.policy import Action
from thinkia.results import queries, services
from thinkia.results.forms import VoidForm
from thinkia.results.models import Ranking
from thinkia.results.routes.area import bp
from thinkia.results.routes.chair import demand_seen
from thinkia.web.errors import sentence
from thinkia.web.pages import page, plain
from thinkia.web.security import current_actor, now, permit


@bp.route("/calls/<code>/verdict/void", methods=["GET", "POST"])
@permit(Action.RANKING_CONFIRM, load=queries.ranking_of)
def void(ranking: Ranking) -> ResponseReturnValue:
    """Choose the prizes that nobody gets, and say why."""
    form = _form(ranking)
    if form.validate_on_submit():
        try:
            demand_seen(ranking, form)
            services.declare_void(ranking, form.places.data, form.reason.data, current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
            ranking = queries.ranking_of(**(request.view_args or {})) or abort(404)
        else:
            flash(_("The prize is void and the order is computed with that. Confirm it next."), "success")
            return redirect(url_for(".chair", code=ranking.call.code))
    status = 422 if form.is_submitted() else 200
    return page("results/void.html", status=status, call=ranking.call, form=form)


@bp.post("/calls/<code>/verdict/void/<int:place>/award")
@permit(Action.RANKING_CONFIRM, load=queries.ranking_of)
def award(ranking: Ranking, place: int) -> ResponseReturnValue:
    try:
        services.award_after_all(ranking, place, current_actor(), now())
    except Refused as refused:
        flash(sentence(refused), "error")
    else:
        flash(_("The prize is given after all. The order is computed with that."), "success")
    return redirect(url_for(".chair", code=ranking.call.code))


def _form(ranking: Ranking) -> VoidForm:
    """With a box for each place that has a winner, none ticked."""
    form, call = VoidForm(), ranking.call
    winners = read(ranking.content).winners
    names = queries.titled(call, [line.submission for line in winners])
    prizes = {prize.place: plain(prize.title) for prize in queries.bases_of_ranking(ranking).prizes}
    by_place: dict[int, list[Line]] = {}
    for line in winners:
        by_place.setdefault(line.place, []).append(line)
    form.places.choices = [
        (place, _box(place, prizes.get(place, ""), [names[line.submission].title for line in lines]))
        for place, lines in by_place.items()
    ]
    if not form.is_submitted():
        form.seen.data = ranking.number
    return form


def _box(place: int, prize: str, titles: list[str]) -> str:
    told = _("Place %(place)s: %(titles)s", place=place, titles=", ".join(titles))
    return _("%(told)s. Prize: %(prize)s", told=told, prize=prize) if prize else told
