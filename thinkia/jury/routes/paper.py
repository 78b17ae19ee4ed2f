"""A ballot on paper is typed in, for a review to which its juror has given no mark."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.agreements.queries import waiting_about
from thinkia.domain.ballot import missing, unjustified
from thinkia.domain.paper import PaperBallot, days_to_sign
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.forms import BallotForm, PaperForm
from thinkia.jury.models import Review
from thinkia.jury.queries.paper import why_no_paper
from thinkia.jury.queries.reviews import review_by_code, review_in_call
from thinkia.jury.routes.door import asked
from thinkia.jury.routes.door import manage as bp
from thinkia.jury.routes.sheet import Sheet
from thinkia.jury.services import paper as services
from thinkia.policy import Action
from thinkia.web.errors import sentence
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@bp.route("/reviews/<review>/paper", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=review_in_call)
def enter_paper(review: Review) -> ResponseReturnValue:
    """Type a signed ballot exactly as it is. Somebody else confirms it before it counts."""
    form = PaperForm()
    given = BallotForm(review.call.bases.rubric, request.form) if form.is_submitted() else None
    if given is None:
        return _page(form)
    whole = form.validate_on_submit()
    if given.ballot.faults or not whole:
        return _page(form, given)
    try:
        typed = PaperBallot(
            typed=given.typed,
            signed_on=form.signed_on.data,
            note=given.ballot.note,
            feedback=given.ballot.feedback,
        )
        waits = services.ask_to_enter(review, typed, form.reason.data or "", current_actor(), now())
    except Refused as refused:
        return _page(form, given, refused)
    flash(_("Asked. It waits for a second person; we have written to those who may confirm."), "success")
    return redirect(url_for("agreements.show", code=waits.code))


def _page(
    form: PaperForm, given: BallotForm | None = None, refused: Refused | None = None
) -> ResponseReturnValue:
    """The form, or why there is none; after a refusal with everything that was typed."""
    review = review_by_code(asked()["review"]) or abort(404)
    call = review.call
    hindered = why_no_paper(review, current_actor().account_id, now())
    if refused is not None and refused.reason is Reason.PAPER_DAY:
        form.refuse(refused, "signed_on")
    rubric = call.bases.rubric
    missed = {
        "unmarked": missing(rubric, given.ballot) if given else (),
        "without_reason": unjustified(rubric, given.ballot) if given else (),
    }
    shown: dict[str, Any] = {
        "review": review,
        "form": form,
        "sheet": Sheet(review, given, (), now()),
        "days": days_to_sign(call.calendar.evaluation, call.bases.time_zone, now()),
        "waits": waiting_about([f"review:{review.code}"], now()).get(f"review:{review.code}"),
        "hindered": sentence(Refused(hindered)) if hindered else "",
        "problem": sentence(refused) if refused else "",
        "missing": missed,
    }
    return manage_page("jury/manage/paper.html", call, status=200 if given is None else 422, **shown)
