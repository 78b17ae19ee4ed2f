"""A team asks for a review of its result, and reads the receipt and the answer."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from thinkia.appeals import queries, services
from thinkia.appeals.forms import LONGEST, AppealForm
from thinkia.appeals.models import Appeal
from thinkia.appeals.wording import OUTCOMES, window_sentence
from thinkia.domain.reasons import Refused
from thinkia.feedback.queries import submission_for_feedback
from thinkia.policy import Action
from thinkia.submissions.models import Submission
from thinkia.web.attachments import attachment
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit

bp = Blueprint("appeals", __name__)


@bp.route("/submissions/<code>/appeal", methods=["GET", "POST"])
@permit(Action.SUBMISSION_APPEAL, load=submission_for_feedback)
def new(submission: Submission) -> ResponseReturnValue:
    """What is wrong and what the team asks for. A refusal keeps what was written."""
    form, code = AppealForm(), submission.code
    if form.validate_on_submit():
        grounds, wanted = form.grounds.data or "", form.wanted.data or ""
        try:
            appeal = services.file_appeal(submission, grounds, wanted, current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
            submission = submission_for_feedback(code) or abort(404)
        else:
            return redirect(url_for(".show", number=appeal.number), 303)
    return page(
        "appeals/new.html",
        status=422 if form.is_submitted() else 200,
        call=submission.call,
        submission=submission,
        form=form,
        window=window_sentence(submission.call, now()),
        most=LONGEST,
    )


@bp.get("/appeals/<number>")
@permit(Action.APPEAL_SEE, load=queries.appeal_by_number)
def show(appeal: Appeal) -> ResponseReturnValue:
    """The receipt, then the answer with its reasons and what came of it."""
    return page(
        "appeals/show.html",
        call=appeal.call,
        appeal=appeal,
        outcomes=OUTCOMES,
        corrected=corrected_by(appeal),
    )


@bp.get("/appeals/<number>/content")
@permit(Action.APPEAL_SEE, load=queries.appeal_by_number)
def content(appeal: Appeal) -> ResponseReturnValue:
    """The exact bytes that the hash is of."""
    return attachment([appeal.content.encode()], f"{appeal.number}.json", "application/json")


def corrected_by(appeal: Appeal) -> object:
    """The version of the result that was published after the one appealed against, if there is one."""
    if not appeal.asks_for_correction:
        return None
    last = queries.last_published(appeal.call)
    return last if last is not None and last.number > appeal.ranking.number else None
