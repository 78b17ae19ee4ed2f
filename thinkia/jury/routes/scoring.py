"""One proposal beside its rubric: read, mark, save, finish; or step aside."""

import secrets
from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.domain.conflicts import ConflictScope
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.forms import BallotForm, ReasonForm
from thinkia.jury.forms.conflicts import AsideForm
from thinkia.jury.models import Review
from thinkia.jury.queries.conflicts import proposal_subject, team_subject
from thinkia.jury.queries.reviews import former_reviews, neighbours, own_other_marks, review_by_code
from thinkia.jury.routes.door import asked, bp
from thinkia.jury.routes.sheet import Sheet, least_reviewed, proposal
from thinkia.jury.services import conflicts, scoring
from thinkia.policy import Action
from thinkia.submissions.queries import file_page as page_of_file
from thinkia.web.attachments import SANDBOX, attachment
from thinkia.web.errors import sentence
from thinkia.web.forms import restored_sentence
from thinkia.web.kept import is_restored
from thinkia.web.locale import hours
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit

PAGE, SAVED, CLASH = "jury/review.html", "jury/_saved.html", "jury/_clash.html"


@bp.get("/reviews/<code>")
@permit(Action.REVIEW_SEE, load=review_by_code)
def review(review: Review) -> ResponseReturnValue:
    """The proposal and the rubric; once final, or when evaluation is not open, to read only."""
    return _page(review)


@bp.post("/reviews/<code>")
@permit(Action.REVIEW_SEE, load=review_by_code)
def save(review: Review) -> ResponseReturnValue:
    """Whether marks are taken now is the service's to say, so that nothing typed is lost to an error page."""
    form = BallotForm(review.call.bases.rubric, request.form)
    if is_restored():
        return _came_back(review, form)
    try:
        _keep(review, form)
    except Refused as refused:
        return _refused(review, form, refused)
    if _is_autosave():
        return _saved(review, form)
    return _onwards(review)


@bp.route("/reviews/<code>/conflict", methods=["GET", "POST"])
@permit(Action.REVIEW_RECUSE, load=review_by_code)
def conflict(review: Review) -> ResponseReturnValue:
    """Step aside from this proposal: a page of its own, because it cannot be undone from here."""
    form, desk = AsideForm(), url_for(".desk", code=review.call.code)
    if form.validate_on_submit():
        whole_team = form.scope.data == ConflictScope.TEAM
        subject = team_subject(review.submission) if whole_team else proposal_subject(review.submission)
        conflicts.declare(review.juror, subject, form.reason.data or "", current_actor(), now())
        flash(_("Conflict declared. The proposal is no longer in your list."), "success")
        return redirect(desk)
    status = 422 if form.is_submitted() else 200
    return page("jury/conflict.html", status=status, review=review, call=review.call, form=form)


@bp.route("/reviews/<code>/abstention", methods=["GET", "POST"])
@permit(Action.REVIEW_ABSTAIN, load=review_by_code)
def abstention(review: Review) -> ResponseReturnValue:
    """A juror cannot judge this proposal: because of a conflict, or for another reason."""
    form, desk = ReasonForm(), url_for(".desk", code=review.call.code)
    if form.validate_on_submit():
        try:
            conflicts.abstain(review, form.reason.data, current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
            review = review_by_code(asked()["code"]) or abort(404)
        else:
            flash(
                _("You have left this proposal. The organisers see it and can give it to somebody else."),
                "success",
            )
            return redirect(desk)
    status = 422 if form.is_submitted() else 200
    return page("jury/abstention.html", status=status, review=review, call=review.call, form=form)


@bp.get("/reviews/<code>/files/<uuid:file_id>")
@permit(Action.REVIEW_SEE, load=review_by_code)
def file(review: Review, file_id: UUID) -> ResponseReturnValue:
    """A file of the proposal, for those who read it alone: always as an attachment, never run."""
    found = next((each for each in proposal(review).files if each.id == str(file_id)), None)
    if found is None:
        abort(404)
    chunks = current_app.extensions["storage"].chunks(found.sha256)
    return attachment(chunks, found.name, "application/octet-stream", found.size)


@bp.get("/reviews/<code>/pages/<uuid:file_id>/<int:number>")
@permit(Action.REVIEW_SEE, load=review_by_code)
def file_page(review: Review, file_id: UUID, number: int) -> ResponseReturnValue:
    """A page of one of the proposal's files as an image: drawn here, so it may stand in the page.

    The reader's own device may keep it for an evening; nobody between may.
    """
    found = next((each for each in proposal(review).files if each.id == str(file_id)), None)
    drawn = page_of_file(found.sha256, number) if found else None
    if drawn is None or drawn.image_sha256 is None:
        abort(404)
    chunks = current_app.extensions["storage"].chunks(drawn.image_sha256)
    response = Response(chunks, mimetype="image/webp")
    response.headers["Cache-Control"] = "private, max-age=14400"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _is_autosave() -> bool:
    """Saved in passing: a fragment comes back. Whoever goes on gets a page, with scripts or without."""
    return "HX-Request" in request.headers and request.headers.get("HX-Request-Type") != "full"


def _keep(review: Review, form: BallotForm) -> None:
    """Save; or save and make final at once, unless something is missing: then what there is stays saved."""
    given: dict[str, Any] = {"version": form.version, "window": form.window, "edit": form.edit}
    if request.form.get("final"):
        try:
            scoring.conclude(review, form.ballot, current_actor(), now(), **given)
        except Refused as refused:
            if refused.reason is not Reason.REVIEW_INCOMPLETE:
                raise
            form.version = scoring.save(review, form.ballot, current_actor(), now(), **given)
            raise
    else:
        form.version = scoring.save(review, form.ballot, current_actor(), now(), **given)


def _page(
    review: Review, form: BallotForm | None = None, *, status: int = 200, **more: Any
) -> ResponseReturnValue:
    sheet = Sheet(review, form, neighbours(review), now(), own_other_marks(review))
    window = more.pop("window", None) or secrets.token_urlsafe(9)
    reopened = former_reviews(review.code) if review.state is ReviewState.STARTED else ()
    more |= {"reopened": reopened[0] if reopened else None}
    more |= {"sheet": sheet, "review": review, "call": review.call, "body_class": "score", "window": window}
    return page(PAGE, status=status, **more)


def _came_back(review: Review, form: BallotForm) -> ResponseReturnValue:
    """What was sent when the session had ended, to save by hand; beside what another window saved since."""
    if form.version != review.version:
        return _page(review, form, status=409, clash=True)
    return _page(review, form, status=422, problem=restored_sentence(), window=form.window or None)


def _saved(review: Review, form: BallotForm) -> ResponseReturnValue:
    """What an autosave brings back: the new version, and what is still missing."""
    sheet = Sheet(review, form, (), now())
    answer = current_app.make_response(page(SAVED, sheet=sheet, review=review, version=form.version))
    answer.headers["X-Saved-At"] = hours(now(), review.call.bases.time_zone)
    return answer


def _onwards(review: Review) -> ResponseReturnValue:
    """After a save: to the next proposal that lacks a mark, or to the summary; elsewhere when asked to."""
    if request.form.get("stay"):
        return redirect(url_for(".review", code=review.code))
    rows = neighbours(review)
    places = [row.code for row in rows]
    here = places.index(review.code) if review.code in places else -1
    wanted = len(review.call.bases.rubric.judged)
    others = (*rows[here + 1 :], *rows[: max(here, 0)])
    later = [row.code for row in others if row.state is not ReviewState.FINAL and row.marked < wanted]
    if request.form.get("final"):
        flash(_finished(review), "success")
    least = least_reviewed(rows, review.code) if request.form.get("least") else None
    if least or later:
        return redirect(url_for(".review", code=least or later[0]))
    return redirect(url_for(".summary", code=review.call.code))


def _finished(review: Review) -> str:
    if review.call.bases.jury.deliberation is None:
        return _("Marked as final. It does not change any more.")
    return _("Marked as final. You can deliberate on it with the panel now.")


def _refused(review: Review, form: BallotForm, refused: Refused) -> ResponseReturnValue:
    """The page again, with everything typed: what is wrong, what is missing, or what another window saved."""
    review = review_by_code(asked()["code"]) or abort(404)  # as it is after what was refused
    if refused.reason is Reason.REVIEW_CHANGED:
        if _is_autosave():
            return page(CLASH, status=409, review=review)
        return _page(review, form, status=409, clash=True)
    if refused.reason is Reason.REVIEW_INCOMPLETE:
        window = form.window or None
        return _page(
            review, form, status=422, problem=sentence(refused), missing=refused.details, window=window
        )
    status = 422 if refused.reason is Reason.MARK_NOT_ON_SCALE else 409
    if _is_autosave():
        return page("jury/_refused.html", status=status, problem=sentence(refused))
    return _page(review, form, status=status, problem=sentence(refused), window=form.window or None)
