"""How far the jury is: counts, reminders, excuses. Never a mark nor an order."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.reasons import Refused
from thinkia.domain.zones import day_began
from thinkia.jury.models import Review
from thinkia.jury.queries.reviews import unfinished_counts
from thinkia.jury.services import excuse as excuse_review
from thinkia.jury.services.invitations import reminder_preview
from thinkia.outside.mail import rendered
from thinkia.policy import Action
from thinkia.results import queries, services
from thinkia.results.forms import ExcuseForm
from thinkia.results.queries import progress as counts
from thinkia.results.routes.area import bp
from thinkia.results.wording import REVIEW_STATES
from thinkia.web.forms import Form
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@bp.get("/manage/calls/<code>/progress")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def progress(call: Call) -> ResponseReturnValue:
    """Everything at a glance, then a list: by juror, or by proposal."""
    by_proposal = request.args.get("by") == "proposal"
    statement = counts.submissions_read(call) if by_proposal else counts.jurors_at_work(call)
    return manage_page(
        "results/progress.html",
        call,
        reviews=queries.reviews_by_state(call),
        sectors=counts.by_sector(call),
        by_proposal=by_proposal,
        found=listing(statement, page_number()),
        states=REVIEW_STATES,
        page_address=_address(".progress", call, by="proposal" if by_proposal else None),
    )


@bp.get("/manage/calls/<code>/progress/open")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def open_reviews(call: Call) -> ResponseReturnValue:
    """The reviews that the order waits for, each with the way to excuse it."""
    juror, submission = request.args.get("juror", ""), request.args.get("proposal", "")
    return manage_page(
        "results/open_reviews.html",
        call,
        found=listing(counts.open_reviews(call, juror, submission), page_number()),
        narrowed=bool(juror or submission),
        states=REVIEW_STATES,
        page_address=_address(".open_reviews", call, juror=juror or None, proposal=submission or None),
    )


@bp.route("/manage/calls/<code>/progress/reminders", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=call_by_code)
def reminders(call: Call) -> ResponseReturnValue:
    """What would be written, and to whom; then write it."""
    form, juror = Form(), request.args.get("juror", "")
    if form.validate_on_submit():
        count = services.remind(call, current_actor(), now(), juror=juror)
        told = ngettext("We wrote to %(num)d person.", "We wrote to %(num)d people.", count)
        flash(told if count else _("Everybody was reminded today already."), "success" if count else "info")
        return redirect(url_for(".progress", code=call.code))
    people = counts.jurors_to_remind(call, day_began(call.bases.time_zone, now()), juror)
    left = unfinished_counts(call)
    letter = rendered(reminder_preview(people[0], call, left.get(people[0].id, 0))) if people else None
    return manage_page("results/reminders.html", call, form=form, people=people, left=left, letter=letter)


@bp.route("/manage/calls/<code>/reviews/<review>/excuse", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=counts.review_in_call)
def excuse(review: Review) -> ResponseReturnValue:
    """Say why a review will not be given; the order goes on without it."""
    form, place = ExcuseForm(), {"code": review.call.code, "review": review.code}
    if form.validate_on_submit():
        try:
            waits = excuse_review(review, form.reason.data, current_actor(), now())
        except Refused as refused:
            form.refuse(refused, "reason")
        else:
            if waits is not None:
                flash(
                    _("It was final once, so a second person has to confirm this. We have written to them."),
                    "info",
                )
                return redirect(url_for("agreements.show", code=waits.code))
            flash(_("The review is excused, with its reason."), "success")
            return redirect(url_for(".progress", code=place["code"]))
    status = 422 if form.is_submitted() else 200
    shown = review if status == 200 else counts.review_in_call(**place) or review  # as it is after a refusal
    return manage_page("results/excuse.html", shown.call, status=status, review=shown, form=form)


def _address(endpoint: str, call: Call, **more: Any) -> object:
    return lambda number: url_for(endpoint, code=call.code, page=number, **more)
