"""The chair's page: the order as it is proposed, the ties that are the chair's to decide, confirmation."""

from dataclasses import replace

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.bases import PublicationLevel
from thinkia.domain.ranking.record import Record, Step, read
from thinkia.domain.ranking.voids import void_places
from thinkia.domain.reasons import Reason, Refused
from thinkia.policy import Action
from thinkia.results import queries, services
from thinkia.results.computation import inputs_of
from thinkia.results.forms import ConfirmForm, TieForm, VoidForm, tie_form
from thinkia.results.models import Ranking
from thinkia.results.routes.area import bp
from thinkia.results.routes.rows import page_address, rows_of
from thinkia.results.wording.method import method_points
from thinkia.results.wording.voids import told_voids
from thinkia.web.forms import Form
from thinkia.web.listing import page_number
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit

SHOWN_TIES = 50


@bp.get("/calls/<code>/verdict")
@permit(Action.RESULTS_DECIDE, load=call_by_code)
def chair(call: Call) -> ResponseReturnValue:
    ranking = queries.current_ranking(call)
    if ranking is None:
        return page("results/chair_waits.html", call=call)
    return _chair(call, ranking, ConfirmForm(seen=ranking.number))


@bp.post("/calls/<code>/verdict/confirmation")
@permit(Action.RANKING_CONFIRM, load=queries.ranking_of)
def confirm(ranking: Ranking) -> ResponseReturnValue:
    """Make the order that was read the jury's own."""
    form, call = ConfirmForm(), ranking.call
    if form.validate_on_submit():
        try:
            demand_seen(ranking, form)
            services.confirm(ranking, form.note.data or "", current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_confirmed(call), "success")
            return redirect(url_for(".chair", code=call.code))
    return _chair(call, ranking, form, status=422)


@bp.route("/calls/<code>/verdict/ties/<int:number>", methods=["GET", "POST"])
@permit(Action.RANKING_CONFIRM, load=queries.ranking_of)
def decide(ranking: Ranking, number: int) -> ResponseReturnValue:
    """Put the proposals of one tie in order."""
    call, step = ranking.call, _tie(read(ranking.content), number)
    form, names = _tie_form(call, step)
    if form.validate_on_submit():
        try:
            demand_seen(ranking, form)
            services.decide_tie(ranking, _order(form), form.reason.data, current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Your decision is recorded and the order is computed with it."), "success")
            return redirect(url_for(".chair", code=call.code))
    elif not form.is_submitted():
        form.seen.data = ranking.number
    status = 422 if form.is_submitted() else 200
    return page(
        "results/tie.html", call=call, form=form, names=names, step=step, ranking=ranking, status=status
    )


def _confirmed(call: Call) -> str:
    if call.closes_rounds:
        return _("You confirmed the order. The organisers can close the round with it now.")
    return _("You confirmed the order. The organisers can publish it now.")


def _chair(call: Call, ranking: Ranking, form: Form, status: int = 200) -> ResponseReturnValue:
    record, bases = read(ranking.content), queries.bases_of_ranking(ranking)
    shown = _ties(record)[:SHOWN_TIES]
    return page(
        "results/chair.html",
        status=status,
        call=call,
        bases=bases,
        ranking=ranking,
        record=record,
        rows=rows_of(call, record, bases, record.lines, page_number(), names_of=queries.titled),
        points=method_points(
            record, bases, brought=queries.brought_in(call), closes_round=call.closes_rounds
        ),
        ties=shown,
        names=queries.titled(call, [code for _number, step, _must in shown for code in step.submissions]),
        more_ties=max(0, len(record.chair_ties) - SHOWN_TIES),
        decisions=queries.chair_decisions(call),
        voids=told_voids(void_places(record), replace(bases, publication=PublicationLevel.SCORES)),
        stale=ranking.published_at is None and inputs_of(call).fingerprint != ranking.input_sha256,
        form=form,
        page_address=page_address(".chair", call),
    )


def _ties(record: Record) -> list[tuple[int, Step, bool]]:
    """(number, tie, whether it has to be decided), those that have to be first."""
    must = {step.submissions for step in record.chair_must_decide}
    ties = [(number, step, step.submissions in must) for number, step in enumerate(record.chair_ties, 1)]
    return sorted(ties, key=lambda tie: (not tie[2], tie[0]))


def _tie(record: Record, number: int) -> Step:
    if not 1 <= number <= len(record.chair_ties):
        abort(404)
    return record.chair_ties[number - 1]


def _tie_form(call: Call, step: Step) -> tuple[TieForm, list[str]]:
    codes = step.submissions
    known = queries.titled(call, codes)
    names = [known[code].title or code for code in codes]
    return tie_form(codes, names), names


def _order(form: TieForm) -> list[str]:
    if form.clashes:
        raise Refused(Reason.NOT_A_TIE)
    return form.order


def demand_seen(ranking: Ranking, form: ConfirmForm | TieForm | VoidForm) -> None:
    """Another order than the one that was read is not confirmed unread."""
    if form.seen.data != str(ranking.number):
        raise Refused(Reason.RANKING_STALE)
