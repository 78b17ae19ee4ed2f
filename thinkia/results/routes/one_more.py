"""One more juror for a proposal that the reviews cannot part at the cut: asked here, confirmed by another."""

from collections.abc import Mapping, Sequence

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from thinkia.agreements.models import ref_in_round
from thinkia.agreements.queries import waiting_about
from thinkia.calls.wording.evaluators import group_titles
from thinkia.domain.reasons import Refused
from thinkia.jury.queries.one_more import Free, who_could_read
from thinkia.jury.services.one_more import ask_one_more
from thinkia.policy import Action
from thinkia.results import queries
from thinkia.results.forms import OneMoreForm
from thinkia.results.routes.area import bp
from thinkia.results.routes.study import study_view
from thinkia.results.wording.desk import free_words
from thinkia.submissions.models import Submission
from thinkia.submissions.queries import submission_in_call
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@bp.route("/manage/calls/<code>/results/one-more/<submission>", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=submission_in_call)
def one_more(submission: Submission) -> ResponseReturnValue:
    """Choose who reads it too, with the reason. Only proposals of the band round the cut have this page."""
    call = submission.call
    ranking = queries.current_ranking(call)
    study = study_view(ranking).study if ranking is not None else None
    if study is None or submission.code not in study.unsure or call.results_published_at is not None:
        abort(404)
    form = OneMoreForm()
    free = who_could_read(call, submission.code)
    form.reader.choices = _choices(free, group_titles(call.bases.jury))
    if form.validate_on_submit():
        juror, _dot, sector = (form.reader.data or "").partition(".")
        try:
            waits = ask_one_more(submission, juror, sector, form.reason.data or "", current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(
                _("Asked. It waits for a second person; we have written to those who may confirm."), "success"
            )
            return redirect(url_for("agreements.show", code=waits.code))
    ref = ref_in_round(call, f"submission:{submission.code}")
    shown = submission_in_call(call.code, submission.code) or abort(404)
    return manage_page(
        "results/one_more.html",
        shown.call,
        status=422 if form.is_submitted() else 200,
        submission=shown,
        form=form,
        free=free,
        waits=waiting_about([ref], now()).get(ref),
    )


def _choices(free: Sequence[Free], groups: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(f"{each.juror}.{each.sector}", free_words(each, groups)) for each in free]
