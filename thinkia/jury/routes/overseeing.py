"""What panels say of proposals, as the organisers see it: to read, and not before every review is in."""

from functools import partial
from typing import Any

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.jury.queries.deliberation import (
    discussed_in,
    discussed_submission,
    final_reviews,
    former_of,
    notes_on,
    panel_size,
)
from thinkia.jury.queries.progress import total_progress
from thinkia.jury.routes.door import manage as bp
from thinkia.jury.routes.panel_marks import PanelMarks
from thinkia.jury.wording import ROLES
from thinkia.policy import Action
from thinkia.submissions.models import Submission
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import permit


@bp.get("/deliberations")
@permit(Action.JURY_SEE, load=call_by_code)
def deliberations(call: Call) -> ResponseReturnValue:
    """Proposal by proposal, how much is said: where something was said last comes first."""
    _demand_deliberation(call)
    found = listing(discussed_in(call), page_number())
    return manage_page(
        "jury/manage/deliberations.html",
        call,
        found=found,
        left=total_progress(call).left,
        page_address=lambda at: url_for(".deliberations", code=call.code, page=at),
    )


@bp.get("/deliberations/<submission>")
@permit(Action.JURY_SEE, load=discussed_submission)
def deliberation(submission: Submission) -> ResponseReturnValue:
    """One of them, word for word. While a review is open nobody who organises reads a mark or its reasons."""
    call = submission.call
    _demand_deliberation(call)
    left = total_progress(call).left
    shown: dict[str, Any] = {"submission": submission, "left": left, "marks": None}
    if not left:
        reviews = final_reviews(submission)
        shown |= {"marks": PanelMarks(call.bases, reviews, former_of(reviews)), "fresh": (), "roles": ROLES}
        shown |= {
            "panel": panel_size(submission),
            "found": listing(notes_on(submission.call, submission), page_number()),
        }
        address = partial(url_for, ".deliberation", code=call.code, submission=submission.code)
        shown |= {"page_address": lambda at: address(page=at)}
    return manage_page("jury/manage/deliberation.html", call, **shown)


def _demand_deliberation(call: Call) -> None:
    if call.bases.jury.deliberation is None:
        abort(404)
