"""How far the jury is: counts, reminders, excuses. Never a mark nor an order."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.agreements.queries import waiting_about
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.calls.wording.ranking import criterion_title
from thinkia.domain.disagreement import differences
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.pace import expected_end, stands_still
from thinkia.domain.reasons import Refused
from thinkia.jury.models import Review
from thinkia.jury.services import excuse as excuse_review
from thinkia.policy import Action
from thinkia.results import queries
from thinkia.results.forms import ExcuseForm
from thinkia.results.queries import progress as counts
from thinkia.results.routes.area import bp
from thinkia.results.wording import REVIEW_STATES
from thinkia.results.wording.desk import brought_words
from thinkia.results.wording.progress import expected_words, mark_figure
from thinkia.web.listing import PER_PAGE, Listing, listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, may, now, permit


@bp.get("/manage/calls/<code>/progress")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def progress(call: Call) -> ResponseReturnValue:
    """Everything at a glance, then a list: by juror, or by proposal with its panel."""
    by_proposal, still = request.args.get("by") == "proposal", "still" in request.args
    rows = counts.submissions_read if by_proposal else counts.jurors_at_work
    found = listing(rows(call, now(), still=still), page_number())
    by = "proposal" if by_proposal else None
    shown: dict[str, Any] = {"by_proposal": by_proposal, "still": still, "found": found}
    shown |= {"brought": brought_words(queries.brought_in(call))}
    still_count = counts.how_many(rows(call, now(), still=True))
    shown |= {"still_count": still_count, "by": by}
    shown |= {"panels": counts.sectors_of_panels([one.id for one in found.rows]) if by_proposal else {}}
    reviews = queries.reviews_by_state(call)
    return manage_page(
        "results/progress.html",
        call,
        reviews=reviews,
        sectors=counts.by_sector(call),
        states=REVIEW_STATES,
        expected=_expected(call, reviews, still=still_count > 0),
        end_of=lambda one: expected_end(one.recent, one.began, one.left, now()) if one.began else None,
        stands_still=lambda one: bool(one.left) and stands_still(one.left, one.touched, now()),
        page_address=_address(".progress", call, by=by, still="1" if still else None),
        **shown,
    )


@bp.get("/manage/calls/<code>/progress/disagreement")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def disagreement(call: Call) -> ResponseReturnValue:
    """Where jurors differ most, criterion by criterion: only once no review is open."""
    left = queries.marks_wait_for(call)
    found = differences(call.bases.rubric, () if left else counts.extremes(call))
    number = page_number()
    shown = Listing(found[(number - 1) * PER_PAGE : number * PER_PAGE], len(found), number, PER_PAGE)
    criteria = [(one.code, criterion_title(one)) for one in call.bases.rubric.judged]
    return manage_page(
        "results/disagreement.html",
        call,
        left=left,
        found=shown,
        criteria=criteria,
        figure=mark_figure,
        page_address=_address(".disagreement", call),
    )


@bp.get("/manage/calls/<code>/progress/open")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def open_reviews(call: Call) -> ResponseReturnValue:
    """The reviews that the order waits for, each with the way to excuse it; or to enter it from paper.

    The code of a ballot leads to its page.
    """
    juror, submission = request.args.get("juror", ""), request.args.get("proposal", "")
    unmarked, ballot = "unmarked" in request.args, request.args.get("ballot", "").strip().upper()[:10]
    if ballot and counts.review_in_call(call.code, ballot) and may(Action.JURY_MANAGE, call):
        return redirect(url_for("jury_manage.enter_paper", code=call.code, review=ballot))
    found = listing(counts.open_reviews(call, juror, submission, unmarked=unmarked), page_number())
    narrow: dict[str, Any] = {"juror": juror or None, "proposal": submission or None}
    return manage_page(
        "results/open_reviews.html",
        call,
        found=found,
        narrow=narrow,
        narrowed=bool(juror or submission),
        unmarked=unmarked,
        ballot=ballot,
        waiting=waiting_about([f"review:{one.code}" for one in found.rows], now()) if unmarked else {},
        states=REVIEW_STATES,
        page_address=_address(".open_reviews", call, **narrow, unmarked="1" if unmarked else None),
    )


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


def _expected(call: Call, reviews: Mapping[ReviewState, int], *, still: bool) -> str:
    """When the jury would be done, in words."""
    left = reviews.get(ReviewState.ASSIGNED, 0) + reviews.get(ReviewState.STARTED, 0)
    if not left:
        return ""
    pace = counts.pace_of(call, now())
    end = expected_end(pace.recent, pace.began, left, now())
    return expected_words(end, call.calendar.evaluation.closes, call.bases.time_zone, still=still)


def _address(endpoint: str, call: Call, **more: Any) -> object:
    return lambda number: url_for(endpoint, code=call.code, page=number, **more)
