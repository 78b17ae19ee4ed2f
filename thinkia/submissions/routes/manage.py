"""Submissions as the organisers see them."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.agreements.queries import waiting_about
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.reasons import Refused
from thinkia.policy import Action
from thinkia.submissions import queries, services, wording
from thinkia.submissions.forms import ExclusionForm
from thinkia.submissions.models import Submission
from thinkia.submissions.routes.door import file_address, whole
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit

bp = Blueprint("submissions_manage", __name__, url_prefix="/manage/calls")


@bp.get("/<code>/submissions")
@permit(Action.CALL_OVERSEE, load=call_by_code)
def index(call: Call) -> ResponseReturnValue:
    """The submissions of a call, by state and challenge."""
    asked, challenge = request.args.get("state", ""), request.args.get("challenge", "")
    state = SubmissionState(asked) if asked in set(SubmissionState) else None
    numbers = queries.numbers_of(call)
    return manage_page(
        "submissions/manage_index.html",
        call,
        found=listing(queries.submissions_of_call(call, state, challenge), page_number()),
        numbers=numbers,
        state=state,
        challenge=challenge,
        challenges={one.code: one for one in call.bases.challenges},
        w=wording,
    )


@bp.get("/<code>/submissions/<submission>")
@permit(Action.CALL_OVERSEE, load=queries.submission_in_call)
def show(submission: Submission) -> ResponseReturnValue:
    """What was handed in, with files. A draft is its team's own and shows nothing of its content."""
    return manage_page(
        "submissions/manage_show.html",
        submission.call,
        attempts=queries.attempts_of(submission),
        file_address=file_address(submission),
        waits=waiting_about([f"submission:{submission.code}"], now()).get(f"submission:{submission.code}"),
        **whole(submission),
    )


@bp.route("/<code>/submissions/<submission>/exclusion", methods=["GET", "POST"])
@permit(Action.SUBMISSION_EXCLUDE, load=queries.submission_in_call)
def exclude(submission: Submission) -> ResponseReturnValue:
    """Ask, with the reason, that the proposal leaves the evaluation. Somebody else confirms."""
    form = ExclusionForm()
    if form.validate_on_submit():
        try:
            waits = services.ask_to_exclude(submission, form.reason.data, current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
            submission = queries.submission_in_call(**(request.view_args or {})) or abort(404)
        else:
            flash(
                _("Asked. It waits for a second person; we have written to those who may confirm."), "success"
            )
            return redirect(url_for("agreements.show", code=waits.code))
    status = 422 if form.is_submitted() else 200
    return manage_page(
        "submissions/manage_exclude.html", submission.call, status=status, form=form, **whole(submission)
    )
