"""Look over every answer, hand in, and the receipt that anybody can check."""

from typing import Any

from flask import abort, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from thinkia.domain.anonymity import mentions
from thinkia.domain.bases import PersonAttribute, Question
from thinkia.domain.conflicts import institution_key
from thinkia.domain.receipts import is_well_typed, normalised
from thinkia.policy import Action
from thinkia.submissions import queries, services, wording
from thinkia.submissions.forms import EmptyForm
from thinkia.submissions.models import Receipt, Submission
from thinkia.submissions.routes.door import bp, file_address, whole
from thinkia.teams.models import Member
from thinkia.web.attachments import attachment
from thinkia.web.errors import sentence
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit, public


@bp.get("/submissions/<code>/check")
@permit(Action.SUBMISSION_SUBMIT, load=queries.submission_by_code)
def check(submission: Submission) -> ResponseReturnValue:
    """Every answer, what is missing, and the button."""
    return _check_page(submission)


@bp.post("/submissions/<code>/receipts")
@permit(Action.SUBMISSION_SUBMIT, load=queries.submission_by_code)
def submit(submission: Submission) -> ResponseReturnValue:
    """Hand in. What comes of it is written down in any case."""
    if not EmptyForm().validate():
        abort(400)
    outcome = services.submit(submission, current_actor(), now())
    if outcome.receipt is not None:
        return redirect(url_for(".receipt", number=outcome.receipt.number), 303)
    submission = queries.submission_by_code(submission.code) or abort(404)
    refused = sentence(outcome.refused) if outcome.refused else ""
    attempts = queries.attempts_of(submission)
    return _check_page(submission, status=422, refused=refused, attempts=attempts)


@bp.get("/receipts/<number>")
@public("whoever holds a number may have it confirmed, without its content")
def receipt(number: str) -> ResponseReturnValue:
    """Number, moment, hash and call. The team, and who may read the submission, see the content too."""
    wanted = normalised(number)
    found = queries.receipt_by_number(wanted)
    if found is None:
        return _unlisted(
            page("submissions/no_receipt.html", status=404, number=wanted, fits=is_well_typed(wanted))
        )
    submission = found.submission
    return _unlisted(
        page(
            "submissions/receipt.html",
            receipt=found,
            submission=submission,
            bases=submission.call.bases,
            counts=submission.receipt_id == found.id,
            file_address=file_address(submission),
            w=wording,
        )
    )


@bp.get("/receipts/<number>/content")
@permit(Action.SUBMISSION_READ, load=queries.receipt_by_number)
def content(receipt: Receipt) -> ResponseReturnValue:
    """The exact bytes that the hash is of."""
    return attachment([receipt.content.encode()], f"{receipt.number}.json", "application/json")


def _check_page(submission: Submission, *, status: int = 200, **more: Any) -> ResponseReturnValue:
    shown = whole(submission) | {"file_address": file_address(submission), "refused": "", "attempts": []}
    titles = {line.question.code: wording.question_title(line.question) for line in submission.lines}
    names = _names_in(submission) if submission.call.will_hide_names else []
    return page("submissions/check.html", status=status, titles=titles, names=names, **(shown | more))


def _names_in(submission: Submission) -> list[tuple[Question, list[str]]]:
    """Where a jury that reads without names would read one, by question. Whoever wrote it decides."""
    members = submission.team.members
    people = [member.account.name for member in members]
    others = [submission.team.name, *(name for member in members for name in _institutions(member))]
    read = [line for line in submission.lines if isinstance(line.value, str) and not line.question.identifies]
    found = [(line.question, mentions(line.value, people=people, others=others)) for line in read]
    return [(question, names) for question, names in found if names]


def _institutions(member: Member) -> list[str]:
    said = member.registration.attributes.get(PersonAttribute.INSTITUTION, "")
    return [name for name in (said, member.account.institution) if institution_key(name)]


def _unlisted(answer: ResponseReturnValue) -> ResponseReturnValue:
    """Not for search engines: a number is told by who holds it."""
    response = make_response(answer)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
