"""Organisers look comments over and preview what each team reads; the chair sees what is held back."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.reasons import Refused
from thinkia.feedback import queries, services
from thinkia.feedback.forms import Judgements
from thinkia.feedback.models import Show
from thinkia.feedback.routes.team import shown
from thinkia.feedback.wording import SHOWS, checked_sentence
from thinkia.policy import Action
from thinkia.results.queries import current_ranking, marks_wait_for
from thinkia.submissions.models import Submission
from thinkia.web.errors import sentence
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit

bp = Blueprint("feedback_manage", __name__)
COMMENTS_A_PAGE = 20


@bp.get("/manage/calls/<code>/results/teams")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def teams(call: Call) -> ResponseReturnValue:
    """Each proposal, and the way to what its team will read."""
    return manage_page(
        "feedback/teams.html",
        call,
        found=listing(queries.competed(call), page_number()),
        ranking=current_ranking(call),
        page_address=lambda at: url_for(".teams", code=call.code, page=at),
    )


@bp.get("/manage/calls/<code>/results/teams/<submission>")
@permit(Action.RESULTS_OVERSEE, load=queries.submission_of_call)
def preview(submission: Submission) -> ResponseReturnValue:
    """What the team will read if nothing changes, or reads already."""
    call = submission.call
    ranking = current_ranking(call)
    if ranking is None:
        return redirect(url_for(".teams", code=call.code))
    context = shown(submission, ranking)
    return manage_page("feedback/preview.html", context.pop("call"), **context)


@bp.get("/manage/calls/<code>/results/comments")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def comments(call: Call) -> ResponseReturnValue:
    return _comments(call)


@bp.post("/manage/calls/<code>/results/comments")
@permit(Action.RESULTS_MODERATE, load=call_by_code)
def look_over(call: Call) -> ResponseReturnValue:
    """Keep what was chosen on this page; nothing of it when one choice lacks its reason."""
    typed, code = Judgements.typed(request.form), call.code
    if typed.errors:
        return _comments(call, typed)
    try:
        services.look_over(call, typed.judgements, current_actor(), now())
    except Refused as refused:
        return _comments(call_by_code(code) or abort(404), typed, sentence(refused))
    if typed.judgements:
        flash(_("Saved: %(checked)s.", checked=checked_sentence(queries.counts(call))), "success")
    return redirect(url_for(".comments", code=call.code, show=_asked()))


@bp.get("/calls/<code>/verdict/comments")
@permit(Action.RESULTS_DECIDE, load=call_by_code)
def held(call: Call) -> ResponseReturnValue:
    """For the chair: the comments that teams do not read, and the organisers' reasons."""
    return page(
        "feedback/held.html",
        call=call,
        found=listing(queries.comments_to(call, Show.HELD), page_number(), per_page=COMMENTS_A_PAGE),
        page_address=lambda at: url_for(".held", code=call.code, page=at),
    )


def _comments(call: Call, typed: Judgements | None = None, problem: str = "") -> ResponseReturnValue:
    left, asked = marks_wait_for(call), _asked()
    context: dict[str, Any] = {"left": left, "show": asked, "shows": SHOWS}
    if not left:
        found = listing(queries.comments_to(call, asked), page_number(), per_page=COMMENTS_A_PAGE)
        counts = queries.counts(call)
        as_it_stands = Judgements.of_rows([(row.code, row.is_shown, row.reason) for row in found.rows])
        problems = [(f"comment-{code}", words) for code, words in (typed.errors if typed else {}).items()]
        context |= {
            "found": found,
            "counts": counts,
            "counted": checked_sentence(counts),
            "chosen": typed or as_it_stands,
            "problems": [*([("", problem)] if problem else []), *problems],
        }
    return manage_page(
        "feedback/comments.html",
        call,
        status=422 if typed else 200,
        page_address=lambda at: url_for(".comments", code=call.code, show=asked, page=at),
        **context,
    )


def _asked() -> Show:
    """Which comments the address asks for; those to look over, if it does not say."""
    wanted = request.args.get("show", "")
    return Show(wanted) if wanted in set(Show) else Show.WAITING
