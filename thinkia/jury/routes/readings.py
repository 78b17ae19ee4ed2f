"""A juror's readings as the organisers see them: how far each is, reopening one, what it was before."""

import json
from typing import Any, NamedTuple

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.agreements.queries import waiting_about
from thinkia.calls.wording.numbers import number
from thinkia.calls.wording.ranking import criterion_title
from thinkia.db.types import MICRO
from thinkia.domain.bases import Bases, WindowKind
from thinkia.domain.phases import open_windows
from thinkia.domain.reasons import Refused
from thinkia.jury.forms import ReasonForm
from thinkia.jury.models import FormerReview, Juror, Review
from thinkia.jury.queries.people import juror_by_code
from thinkia.jury.queries.progress import total_progress
from thinkia.jury.queries.reviews import former_reviews, readings_of, review_in_call
from thinkia.jury.routes.door import asked
from thinkia.jury.routes.door import manage as bp
from thinkia.jury.services import reopening
from thinkia.jury.wording import REVIEW_STATES
from thinkia.policy import Action
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@bp.get("/<juror>/readings")
@permit(Action.JURY_SEE, load=juror_by_code)
def readings(juror: Juror) -> ResponseReturnValue:
    """Everything that this person reads or read. Never a mark."""
    found, call = listing(readings_of(juror), page_number()), juror.call
    reading = (
        WindowKind.EVALUATION in open_windows(call.calendar, now()) and call.results_published_at is None
    )
    return manage_page(
        "jury/manage/readings.html",
        call,
        juror=juror,
        found=found,
        waiting=waiting_about([f"review:{row.code}" for row in found.rows], now()),
        reopenable=reading,
        states=REVIEW_STATES,
        page_address=lambda at: url_for(".readings", code=call.code, juror=juror.code, page=at),
    )


@bp.route("/reviews/<review>/reopening", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=review_in_call)
def reopen(review: Review) -> ResponseReturnValue:
    """Ask that a final review goes back to its juror. Somebody else confirms."""
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            waits = reopening.ask_to_reopen(review, form.reason.data or "", current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
            review = review_in_call(**asked()) or abort(404)
        else:
            flash(
                _("Asked. It waits for a second person; we have written to those who may confirm."), "success"
            )
            return redirect(url_for("agreements.show", code=waits.code))
    status = 422 if form.is_submitted() else 200
    return manage_page("jury/manage/reopen.html", review.call, status=status, review=review, form=form)


@bp.get("/reviews/<review>/former")
@permit(Action.CALL_EXPORT, load=review_in_call)
def former(review: Review) -> ResponseReturnValue:
    """What a review was each time before it was reopened: for those who may export marks, and as late.

    While reviews are open nobody who organises reads a mark.
    """
    versions = [_version(each, review.call.bases) for each in former_reviews(review.code)]
    left = total_progress(review.call).left
    return manage_page("jury/manage/former.html", review.call, review=review, versions=versions, left=left)


class Version(NamedTuple):
    """A former version, in words: (criterion, mark, reason) by line."""

    row: FormerReview
    marks: list[tuple[str, str, str]]
    note: str
    feedback: str


def _version(row: FormerReview, bases: Bases) -> Version:
    whole: dict[str, Any] = json.loads(row.content)
    titles = {one.code: criterion_title(one) for one in bases.rubric.judged}
    marks = [
        (titles.get(code, code), number(one["micro"] / MICRO), one["reason"])
        for code, one in sorted(
            whole["marks"].items(), key=lambda each: list(titles).index(each[0]) if each[0] in titles else 99
        )
    ]
    return Version(row, marks, whole["note"], whole["feedback"])
