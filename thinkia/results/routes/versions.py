"""The versions of a result that were public: read again, taken back; and what each one changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import abort

from thinkia.domain.bases import PublicationLevel
from thinkia.domain.ranking.record import read
from thinkia.domain.ranking.versions import changes
from thinkia.domain.reasons import Refused
from thinkia.policy import Action
from thinkia.results import queries, services
from thinkia.results.forms import TakeBackForm
from thinkia.results.models import Ranking
from thinkia.results.queries.publications import was_public
from thinkia.results.routes.area import bp
from thinkia.results.routes.result import result_of
from thinkia.results.wording.versions import told_changes
from thinkia.web.listing import page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@dataclass(frozen=True, slots=True)
class Version:
    """An order that was public, which one it was, and what it changed."""

    number: int
    ranking: Ranking
    changed: Sequence[str] = ()


@bp.route("/manage/calls/<code>/results/taking-back", methods=["GET", "POST"])
@permit(Action.RANKING_TAKE_BACK, load=queries.ranking_of)
def take_back(ranking: Ranking) -> ResponseReturnValue:
    """Ask, with the reason that everybody will read, that the result is taken back. Another confirms."""
    form, call = TakeBackForm(), ranking.call
    if form.validate_on_submit():
        try:
            waits = services.ask_to_take_back(ranking, form.reason.data, current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
            call = (queries.ranking_of(**(request.view_args or {})) or abort(404)).call
        else:
            told = _("Asked. It waits for a second person; we have written to those who may confirm.")
            flash(told, "success")
            return redirect(url_for("agreements.show", code=waits.code))
    status = 422 if form.is_submitted() else 200
    return manage_page("results/take_back.html", call, status=status, form=form)


@bp.get("/manage/calls/<code>/results/orders/<int:number>")
@permit(Action.RANKING_SEE, load=was_public)
def version(ranking: Ranking) -> ResponseReturnValue:
    """An order that was public, as it was."""
    call = ranking.call
    return manage_page(
        "results/version.html",
        call,
        ranking=ranking,
        result=result_of(call, ranking, page_number()),
        page_address=lambda number: url_for(".version", code=call.code, number=ranking.number, page=number),
    )


def history_of(
    versions: Sequence[Ranking], level: PublicationLevel, names: Mapping[str, str]
) -> list[Version]:
    """The versions, the newest first; ``names`` are titles that are public now."""
    found = []
    for number, ranking in enumerate(versions, 1):
        before = versions[number - 2] if number > 1 else None
        told = before and told_changes(changes(read(before.content), read(ranking.content)), level, names)
        found.append(Version(number, ranking, told or ()))
    return found[::-1]
