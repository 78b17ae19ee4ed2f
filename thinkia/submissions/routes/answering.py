"""The page of one question: saved by a button, and while one types."""

import secrets
from dataclasses import replace
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls.wording.questions import limits
from thinkia.domain.answers import TITLE, Value, check, is_empty, read
from thinkia.domain.bases import Question, QuestionKind
from thinkia.domain.deadlines import Deadline
from thinkia.domain.reasons import Reason, Refused
from thinkia.policy import Action
from thinkia.submissions import queries, services, wording
from thinkia.submissions.forms import AnswerForm, answer_form
from thinkia.submissions.models import Answer, Seen, Submission
from thinkia.submissions.routes import files
from thinkia.submissions.routes.door import bp
from thinkia.web.locale import hours
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit

SAVED_WHILE_TYPING = frozenset(
    {QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT, QuestionKind.NUMBER, QuestionKind.ADDRESS}
)


@bp.route("/submissions/<code>/questions/<question>", methods=["GET", "POST"])
@permit(Action.SUBMISSION_EDIT, load=queries.submission_to_edit)
def question(submission: Submission, question: str) -> ResponseReturnValue:
    """Show a question; keep what is answered, complete or not."""
    asked = question_of(submission, question)
    if asked.kind is QuestionKind.FILE:
        return files.upload(submission, asked)
    form = answer_form(asked, _value(submission, asked), seen_now(submission, asked, secrets.token_hex(6)))
    if not form.validate_on_submit():
        return answer_page(submission, asked, form, status=422 if form.is_submitted() else 200)
    by_hand = "HX-Request" not in request.headers
    value = read(asked, form.answer.data)
    try:
        answer = services.save(
            submission, asked, value, current_actor(), now(), seen=form.was_seen, by_hand=by_hand
        )
    except Refused as refused:
        if refused.reason is not Reason.ANSWER_CHANGED_ELSEWHERE:
            raise
        return _conflict(submission.code, asked, form)
    if not by_hand:
        return _saved(submission, form.was_seen, answer)
    return _after_saving(submission.code, asked, form, value, answer)


def question_of(submission: Submission, code: str) -> Question:
    """A question that this submission answers, or 404."""
    found = next((one for one in (TITLE, *submission.questions) if one.code == code), None)
    return found or abort(404)


def seen_now(submission: Submission, question: Question, page_name: str) -> Seen:
    """What a page drawn now shows."""
    versions = {answer.is_late: answer.version for answer in _of(submission, question)}
    return Seen(versions.get(False, 0), versions.get(True, 0), page_name)


def answer_page(
    submission: Submission, question: Question, form: AnswerForm, *, status: int = 200, **more: Any
) -> ResponseReturnValue:
    """The page of a question, with what is saved and until when it counts."""
    bases = submission.call.bases
    deadline = Deadline.of(bases.calendar)
    saved = {answer.is_late: answer for answer in _of(submission, question)}
    shown: dict[str, Any] = {
        "submission": submission,
        "question": question,
        "form": form,
        "bases": bases,
        "closes": deadline.closes,
        "is_late": deadline.is_over(now()),
        "saved": saved.get(False),
        "late": saved.get(True),
        "limits": limits(question),
        "autosaves": question.kind in SAVED_WHILE_TYPING,
        "is_title": question.code == TITLE.code,
        "w": wording,
    }
    return page("submissions/question.html", status=status, **(shown | more))


def _after_saving(
    code: str, question: Question, form: AnswerForm, value: Value, answer: Answer | None
) -> ResponseReturnValue:
    """Back to the task list; or here again, with what keeps the answer from counting."""
    problems = () if is_empty(value) else check(question, value)
    if problems:
        form.answer.errors = [wording.problem_sentence(problem) for problem in problems]
        return _again(code, question, form, status=422)
    if answer is not None and answer.is_late:
        flash(_("Kept as a late draft: it arrived after the deadline and does not count."), "warning")
    return redirect(url_for(".show", code=code))


def _conflict(code: str, question: Question, form: AnswerForm) -> ResponseReturnValue:
    """Both texts: nothing was overwritten, and saving once more is a decision."""
    if "HX-Request" in request.headers:
        return "", 409
    submission = queries.submission_to_edit(code) or abort(404)
    saved = {answer.is_late: answer for answer in _of(submission, question)}
    is_late = Deadline.of(submission.call.calendar).is_over(now())
    theirs = saved.get(is_late)
    return _again(code, question, form, status=409, theirs=theirs, autosaves=False)


def _again(
    code: str, question: Question, form: AnswerForm, *, status: int, **more: Any
) -> ResponseReturnValue:
    submission = queries.submission_to_edit(code) or abort(404)
    form.seen.data = str(seen_now(submission, question, form.was_seen.page))
    return answer_page(submission, question, form, status=status, **more)


def _saved(submission: Submission, seen: Seen, answer: Answer | None) -> ResponseReturnValue:
    """For htmx: when it was saved, and what the page shows from now on."""
    if answer is not None:
        late = answer.is_late
        seen = replace(seen, late_version=answer.version) if late else replace(seen, version=answer.version)
    is_late = Deadline.of(submission.call.calendar).is_over(now())
    response = make_response(render_template("submissions/_saved.html", seen=seen, is_late=is_late))
    response.headers["X-Saved-At"] = hours(now(), submission.call.bases.time_zone)
    return response


def _value(submission: Submission, question: Question) -> Value:
    """What the form starts from: after the deadline the late draft, where there is one."""
    late = [answer.value for answer in _of(submission, question) if answer.is_late]
    is_over = Deadline.of(submission.call.calendar).is_over(now())
    return late[0] if late and is_over else submission.values.get(question.code)


def _of(submission: Submission, question: Question) -> list[Answer]:
    return [answer for answer in submission.answers if answer.question == question.code]
