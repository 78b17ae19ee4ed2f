"""Files of a submission. Their content is already stored when a row names it; nothing is overwritten."""

from datetime import datetime
from uuid import uuid4

from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.bases import Question
from thinkia.domain.deadlines import Deadline, Worth, uploading
from thinkia.domain.reasons import Reason, Refused
from thinkia.policy import Actor
from thinkia.submissions.models import Submission, SubmittedFile, account_of, demand_editable
from thinkia.submissions.queries import WITH_CALL, current_file
from thinkia.submissions.services.drafting import log
from thinkia.submissions.uploads import Upload

# What is kept of an upload beside its content.
KEPT = ("sha256", "name", "media_type", "size", "pages")


@atomic
def attach(
    submission: Submission,
    question: Question,
    upload: Upload,
    actor: Actor,
    now: datetime,
    *,
    begun_at: datetime,
) -> SubmittedFile:
    """Make an uploaded file the answer; the one before is kept. ``now``: when the upload was complete.

    Begun before the deadline it counts until the end of the grace, marked; otherwise it is refused.
    """
    lock(submission, *WITH_CALL)
    demand_editable(submission)
    ruling = uploading(Deadline.of(submission.call.calendar), begun_at, now)
    if ruling.reason is not None:
        raise Refused(ruling.reason)
    before = current_file(submission, question.code)
    if before is not None and (before.sha256, before.name) == (upload.sha256, upload.name):
        return before
    if before is not None:
        before.replaced_at = now
        db.session.flush()
    moments = {"begun_at": begun_at, "saved_at": now, "in_grace": ruling.in_grace}
    file = SubmittedFile(
        id=uuid4(),
        submission_id=submission.id,
        question=question.code,
        saved_by_id=account_of(actor),
        **{name: getattr(upload, name) for name in KEPT},
        **moments,
    )
    db.session.add(file)
    submission.saved_at = now
    log("submission.file_added", submission, actor, now, question=question.code, sha256=upload.sha256)
    return file


@atomic
def remove_file(submission: Submission, question: Question, actor: Actor, now: datetime) -> None:
    """Leave the question without a file. After the deadline what counts stays."""
    lock(submission, *WITH_CALL)
    demand_editable(submission)
    file = current_file(submission, question.code)
    if file is None:
        return
    if uploading(Deadline.of(submission.call.calendar), now, now).worth is Worth.REFUSED:
        raise Refused(Reason.DEADLINE_PASSED)
    file.replaced_at = submission.saved_at = now
    log("submission.file_removed", submission, actor, now, question=question.code)
