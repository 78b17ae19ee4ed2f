"""Jurors who are final on a proposal talk it over: how its marks lie, what the panel says, other marks."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.domain.reasons import Reason, Refused
from thinkia.jury import hooks
from thinkia.jury.forms import BallotForm
from thinkia.jury.forms.deliberation import ChangeForm, NoteForm
from thinkia.jury.models import Juror, Review
from thinkia.jury.queries.deliberation import (
    Voice,
    discussed_by,
    final_reviews,
    former_of,
    notes_on,
    panel_size,
    reading_of,
    voice_on,
)
from thinkia.jury.queries.people import own_seat
from thinkia.jury.queries.reviews import last_signature, review_by_code
from thinkia.jury.routes.door import asked, bp
from thinkia.jury.routes.panel_marks import PanelMarks
from thinkia.jury.routes.sheet import Sheet
from thinkia.jury.services import deliberation as services
from thinkia.jury.services import scoring
from thinkia.jury.wording import ROLES
from thinkia.policy import Action
from thinkia.web.errors import error_page, sentence
from thinkia.web.listing import listing, page_number
from thinkia.web.pages import page
from thinkia.web.security import current_actor, may, now, permit

TO_MEND = frozenset({Reason.REVIEW_INCOMPLETE, Reason.MARK_NOT_ON_SCALE, Reason.MARKS_UNCHANGED})


@bp.get("/calls/<code>/jury/deliberations")
@permit(Action.JUROR_SEE, load=own_seat)
def deliberations(juror: Juror) -> ResponseReturnValue:
    """Every proposal that this juror may talk over, those with something new first."""
    call = juror.call
    if juror.statement_at is None or call.bases.jury.deliberation is None:
        abort(404)
    found = listing(discussed_by(juror), page_number())
    return page(
        "jury/deliberations.html",
        call=call,
        found=found,
        page_address=lambda at: url_for(".deliberations", code=call.code, page=at),
    )


@bp.get("/calls/<code>/jury/deliberations/<submission>")
@permit(Action.DELIBERATION_SEE, load=voice_on)
def deliberation(voice: Voice) -> ResponseReturnValue:
    return _page(voice, NoteForm.blank())


@bp.post("/calls/<code>/jury/deliberations/<submission>")
@permit(Action.DELIBERATION_SEE, load=voice_on)
def write_note(voice: Voice) -> ResponseReturnValue:
    """Whether the panel still deliberates is the service's to say, so that nothing typed is lost."""
    form = NoteForm()
    if form.validate_on_submit():
        try:
            services.write(voice, form.text.data or "", current_actor(), now(), form=form.form_id.data or "")
        except Refused as refused:
            form.refuse(refused)
            again = voice_on(**asked(), actor=current_actor())
            voice = again if again is not None and may(Action.DELIBERATION_SEE, again) else abort(404)
            return _page(voice, form, status=409)
        flash(_("Sent to the panel."), "success")
        return redirect(url_for(".deliberation", **asked()))
    return _page(voice, form, status=422)


@bp.post("/calls/<code>/jury/deliberations/<submission>/reading")
@permit(Action.DELIBERATION_SEE, load=voice_on)
def mark_read(voice: Voice) -> ResponseReturnValue:
    """The juror says to have read what the page showed: looking at a page changes nothing by itself."""
    until = request.form.get("until", "")
    if until.isdecimal() and len(until) < 10:
        services.mark_read(voice, int(until), current_actor(), now())
    return redirect(url_for(".deliberations", code=asked()["code"]))


def _not_open(review: Review) -> ResponseReturnValue:
    """To whom sees the review and may not change it: why, and below it what was typed."""
    refused = Refused(Reason.MARKS_FIXED)
    if request.method == "GET":
        return error_page(403, message=sentence(refused))
    return _change_page(review, ChangeForm(), refused=refused)


@bp.route("/reviews/<code>/change", methods=["GET", "POST"])
@permit(Action.REVIEW_CHANGE, load=review_by_code, otherwise=_not_open)
def change(review: Review) -> ResponseReturnValue:
    """Other marks than the final ones, with a reason: a page of its own, because it stays for ever."""
    form, juror, call, submission = ChangeForm(), review.juror, review.call.code, review.submission.code
    if not form.validate_on_submit():
        return _change_page(review, form)
    ballot, version = BallotForm(review.call.bases.rubric, request.form).ballot, form.seen_version
    try:
        scoring.change(review, ballot, form.why.data or "", current_actor(), now(), version=version)
    except Refused as refused:
        again = review_by_code(asked()["code"]) or abort(404)
        return _change_page(again, form, refused=refused)
    if last_signature(juror) is not None:
        flash(_("Changed. Your signature was over the former marks: look them over and sign again."), "info")
        return redirect(url_for(".summary", code=call))
    flash(_("Changed. The former marks are kept, with your reason."), "success")
    return redirect(url_for(".deliberation", code=call, submission=submission))


def _page(voice: Voice, form: NoteForm, *, status: int = 200) -> ResponseReturnValue:
    call, submission, reader = voice.call, voice.submission, voice.juror
    reviews = final_reviews(submission)
    found, read = listing(notes_on(reader.call, submission), page_number()), reading_of(reader, submission)
    until = read.note_id if read else 0
    marks = PanelMarks(call.bases, reviews, former_of(reviews), reader=reader.code)
    is_open = may(Action.DELIBERATION_WRITE, voice)
    shown: dict[str, Any] = {"call": call, "submission": submission, "reader": reader, "marks": marks}
    shown |= {"panel": panel_size(submission), "found": found, "form": form, "roles": ROLES}
    shown |= {"is_open": is_open, "is_ordered": is_open and hooks.order_stands(call)}
    shown |= {"fresh": [note for note in found.rows if note.id > until and note.juror_id != reader.id]}
    shown |= {"page_address": lambda at: url_for(".deliberation", **asked(), page=at)}
    return page("jury/deliberation.html", status=status, **shown)


def _change_page(review: Review, form: ChangeForm, *, refused: Refused | None = None) -> ResponseReturnValue:
    given = BallotForm(review.call.bases.rubric, request.form) if form.is_submitted() else None
    shown: dict[str, Any] = {"review": review, "call": review.call, "form": form}
    shown |= {"sheet": Sheet(review, given, (), now())}
    is_clash = refused is not None and refused.reason is Reason.REVIEW_CHANGED
    if is_clash or not form.is_submitted():
        form.version.data = str(review.version)  # the one that this page shows
    status = 422 if form.is_submitted() else 200
    if refused is not None:
        status = 422 if refused.reason in TO_MEND else 409
        shown |= {"problem": sentence(refused)}
        shown |= {"missing": refused.details if refused.reason is Reason.REVIEW_INCOMPLETE else {}}
    return page("jury/change.html", status=status, is_clash=is_clash, **shown)
