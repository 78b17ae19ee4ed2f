"""What the team of a proposal reads once the result is public: a page, and the same as a PDF to keep."""

from typing import Any

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.feedback import queries
from thinkia.feedback.document import as_pdf
from thinkia.feedback.explanation import explanation_of
from thinkia.feedback.hooks import ways_to_ask
from thinkia.policy import Action
from thinkia.results.models import Ranking
from thinkia.results.queries import published_ranking
from thinkia.submissions.models import Submission
from thinkia.web.attachments import attachment
from thinkia.web.pages import page
from thinkia.web.security import now, permit

bp = Blueprint("feedback", __name__)


@bp.get("/submissions/<code>/feedback")
@permit(Action.SUBMISSION_FEEDBACK, load=queries.submission_for_feedback)
def show(submission: Submission) -> ResponseReturnValue:
    """Its place as the bases allow, its marks beside the middle of all, the words of the jury, the method."""
    return page("feedback/show.html", **shown(submission, _published(submission)))


@bp.get("/submissions/<code>/feedback.pdf")
@permit(Action.SUBMISSION_FEEDBACK, load=queries.submission_for_feedback)
def document(submission: Submission) -> ResponseReturnValue:
    ranking = _published(submission)
    told, at = explanation_of(submission, ranking), now()
    made = as_pdf(submission, told, ways_to_ask(submission, at), ranking.published_at or at, at)
    name = _("result")
    return attachment([made], f"{name}-{submission.code}.pdf", "application/pdf", len(made))


def shown(submission: Submission, ranking: Ranking) -> dict[str, Any]:
    """What the page needs, and its preview."""
    return {
        "call": submission.call,
        "submission": submission,
        "ranking": ranking,
        "told": explanation_of(submission, ranking),
        "ways": ways_to_ask(submission, now()),
    }


def _published(submission: Submission) -> Ranking:
    ranking = published_ranking(submission.call)
    if ranking is None:
        abort(404)
    return ranking
