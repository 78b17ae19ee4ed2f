"""The organisers' desk of appeals: what waits for an answer, and the answers that two persons gave."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.agreements.queries import waiting_about
from thinkia.appeals import queries, services
from thinkia.appeals.forms import LONGEST, AnswerForm
from thinkia.appeals.models import Appeal
from thinkia.appeals.routes.team import corrected_by
from thinkia.appeals.wording import OUTCOMES, counts_sentence, window_sentence
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.appeals import Outcome
from thinkia.domain.reasons import Refused
from thinkia.policy import Action
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit

bp = Blueprint("appeals_manage", __name__)


@bp.get("/manage/calls/<code>/results/appeals")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def index(call: Call) -> ResponseReturnValue:
    return manage_page(
        "appeals/index.html",
        call,
        found=listing(queries.appeals_of(call), page_number()),
        counted=counts_sentence(queries.counts(call)),
        window=window_sentence(call, now()),
        outcomes=OUTCOMES,
        page_address=lambda at: url_for(".index", code=call.code, page=at),
    )


@bp.get("/manage/calls/<code>/results/appeals/<number>")
@permit(Action.APPEAL_SEE, load=queries.appeal_in_call)
def show(appeal: Appeal) -> ResponseReturnValue:
    return _shown(appeal, AnswerForm())


@bp.post("/manage/calls/<code>/results/appeals/<number>")
@permit(Action.APPEAL_ANSWER, load=queries.appeal_in_call)
def answer(appeal: Appeal) -> ResponseReturnValue:
    """Ask another person to confirm the answer."""
    form, number = AnswerForm(), appeal.number
    if form.validate_on_submit():
        outcome = Outcome(form.outcome.data)
        try:
            waits = services.propose_answer(appeal, outcome, form.answer.data or "", current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
            appeal = queries.appeal_by_number(number) or abort(404)
        else:
            flash(
                _("Asked. It waits for a second person; we have written to those who may confirm."), "success"
            )
            return redirect(url_for("agreements.show", code=waits.code))
    return _shown(appeal, form, status=422)


def _shown(appeal: Appeal, form: AnswerForm, status: int = 200) -> ResponseReturnValue:
    return manage_page(
        "appeals/manage_show.html",
        appeal.call,
        status=status,
        appeal=appeal,
        form=form,
        waits=waiting_about([appeal.ref], now()).get(appeal.ref),
        outcomes=OUTCOMES,
        corrected=corrected_by(appeal),
        most=LONGEST,
    )
