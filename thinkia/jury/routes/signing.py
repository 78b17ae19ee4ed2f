"""All of one's marks on one page: look them over, then sign."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls.wording.numbers import number
from thinkia.calls.wording.ranking import criterion_title
from thinkia.domain.habits import habits
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.reasons import Refused
from thinkia.jury.models import Juror, Review
from thinkia.jury.queries.people import own_seat
from thinkia.jury.queries.reviews import last_signature, reviews_to_sign, seal_of, signature_over
from thinkia.jury.routes.door import asked, bp
from thinkia.jury.services import signing
from thinkia.jury.wording.scoring import habit_words
from thinkia.policy import Action
from thinkia.web.errors import sentence
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit


class SummaryRow(NamedTuple):
    """A proposal with the reader's marks in words, in the rubric's order."""

    review: Review
    marks: tuple[str, ...]
    is_missing: bool

    @property
    def is_final(self) -> bool:
        return self.review.state is ReviewState.FINAL


@bp.get("/calls/<code>/jury/summary")
@permit(Action.JUROR_SEE, load=own_seat)
def summary(juror: Juror) -> ResponseReturnValue:
    """What one gave, proposal by proposal, and what one may want to look at again."""
    if juror.statement_at is None:
        return redirect(url_for(".statement", code=juror.call.code))
    return _summary(juror)


@bp.post("/calls/<code>/jury/signature")
@permit(Action.JUROR_SEE, load=own_seat)
def sign(juror: Juror) -> ResponseReturnValue:
    """Whether signing is open is the service's to say, in words and with the page."""
    code = juror.call.code
    try:
        signature = signing.sign(juror, current_actor(), now())
    except Refused as refused:
        again = own_seat(asked()["code"], current_actor()) or abort(404)
        return _summary(again, status=409, problem=sentence(refused))
    flash(_("Signed. Thank you: %(num)s proposals have your marks.", num=signature.reviews), "success")
    return redirect(url_for(".summary", code=code))


def _summary(juror: Juror, *, status: int = 200, problem: str | None = None) -> ResponseReturnValue:
    reviews = reviews_to_sign(juror)
    rows = sorted((_row(juror, review) for review in reviews), key=lambda row: not row.is_missing)
    shown: dict[str, Any] = {"juror": juror, "call": juror.call, "rows": rows, "problem": problem}
    shown |= {
        "missing": sum(1 for row in rows if row.is_missing),
        "signature": signature_over(juror, seal_of(juror, reviews)),
        "earlier": last_signature(juror),
        "hints": _hints(juror, reviews),
        "titles": [criterion_title(one) for one in juror.call.bases.rubric.judged],
    }
    return page("jury/signing.html", status=status, **shown)


def _row(juror: Juror, review: Review) -> SummaryRow:
    rubric = juror.call.bases.rubric
    marks = {mark.criterion: number(mark.value) for mark in review.marks}
    words = tuple(marks.get(one.code, "–") for one in rubric.judged)
    is_missing = review.state is not ReviewState.FINAL and not review.is_complete(rubric)
    return SummaryRow(review, words, is_missing)


def _hints(juror: Juror, reviews: Sequence[Review]) -> list[str]:
    rubric = juror.call.bases.rubric
    given = {
        review.submission.code: {mark.criterion: mark.value for mark in review.marks} for review in reviews
    }
    return [habit_words(habit, rubric) for habit in habits(rubric, given)]
