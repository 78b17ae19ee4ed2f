"""Files: taken in after a look inside, served to those who may read the submission and to nobody else."""

from flask import abort, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from thinkia import clock
from thinkia.calls.wording.questions import limits
from thinkia.domain.bases import Question, QuestionKind
from thinkia.domain.deadlines import Deadline, uploading
from thinkia.domain.file_names import ending_of
from thinkia.domain.reasons import Reason, Refused
from thinkia.outside.storage import NotStored, Storage
from thinkia.policy import Action
from thinkia.submissions import queries, services, wording
from thinkia.submissions.forms import AnswerForm, EmptyForm, answer_form
from thinkia.submissions.models import Seen, Submission, SubmittedFile
from thinkia.submissions.routes.door import bp, file_address
from thinkia.submissions.uploads import examine
from thinkia.submissions.uploads.properties import people_named
from thinkia.web.attachments import attachment
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit


def upload(submission: Submission, question: Question) -> ResponseReturnValue:
    """The page of a question that is answered by a file."""
    form = answer_form(question, None, Seen())
    if form.validate_on_submit():
        try:
            _take_in(submission, question, form.answer.data)
        except Refused as refused:
            form.refuse(wording.with_words(refused), "answer")
            submission = queries.submission_to_edit(submission.code) or abort(404)
        else:
            return redirect(url_for(".show", code=submission.code))
    return _page(submission, question, form)


@bp.post("/submissions/<code>/questions/<question>/removal")
@permit(Action.SUBMISSION_EDIT, load=queries.submission_to_edit)
def remove_file(submission: Submission, question: str) -> ResponseReturnValue:
    """Leave a question without its file."""
    asked = next((one for one in submission.questions if one.code == question), None)
    if asked is None or asked.kind is not QuestionKind.FILE or not EmptyForm().validate():
        abort(404)
    try:
        services.remove_file(submission, asked, current_actor(), now())
    except Refused as refused:
        form = answer_form(asked, None, Seen())
        form.refuse(refused, "answer")
        return _page(queries.submission_to_edit(submission.code) or abort(404), asked, form)
    flash(_("The file was removed. The log keeps it."), "success")
    return redirect(url_for(".question", code=submission.code, question=question))


@bp.get("/submissions/<code>/files/<uuid:file_id>")
@permit(Action.SUBMISSION_READ, load=queries.file_of_submission)
def file(file: SubmittedFile) -> ResponseReturnValue:
    """The content of a file, as a download."""
    return attachment(_storage().chunks(file.sha256), file.name, file.media_type, file.size)


def _take_in(submission: Submission, question: Question, given: FileStorage | None) -> None:
    """Look, store, then name it in one short transaction. Decided by when the request arrived."""
    begun_at, complete_at = now(), clock.now()
    ruling = uploading(Deadline.of(submission.call.calendar), begun_at, complete_at)
    if ruling.reason is not None:
        raise Refused(ruling.reason)
    if not given or not given.filename:
        raise Refused(Reason.NO_FILE)
    found = examine(given.stream, given.filename, question)
    try:
        _storage().put(given.stream, found.sha256)
    except NotStored as error:
        raise Refused(Reason.FILE_NOT_KEPT) from error
    services.attach(submission, question, found, current_actor(), complete_at, begun_at=begun_at)
    if submission.call.will_hide_names and not question.identifies:
        _tell_names(people_named(given.stream, ending_of(found.name)))


def _tell_names(names: list[str]) -> None:
    """A jury that reads without names could read them where the team does not look."""
    if names:
        flash(
            _(
                "The properties of this document name: %(names)s. The jury reads without names: if they say "
                "who you are, take them out in the program that wrote it and upload it again.",
                names=", ".join(names),
            ),
            "warning",
        )


def _page(submission: Submission, question: Question, form: AnswerForm) -> ResponseReturnValue:
    deadline = Deadline.of(submission.call.calendar)
    current = next((one for one in submission.files if one.question == question.code), None)
    return page(
        "submissions/file.html",
        status=422 if form.is_submitted() else 200,
        submission=submission,
        question=question,
        form=form,
        bases=submission.call.bases,
        closes=deadline.closes,
        is_late=deadline.is_over(now()),
        current=current,
        limits=limits(question),
        accept=",".join(f".{ending}" for ending in question.types),
        file_address=file_address(submission),
        w=wording,
    )


def _storage() -> Storage:
    found: Storage = current_app.extensions["storage"]
    return found
