"""What others decide of submissions: two persons exclude one, a call changes its bases, a team ends."""

from datetime import datetime

from sqlalchemy import delete

from thinkia.agreements.models import Agreement
from thinkia.agreements.services import Wanted, ask
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.lifecycle import SUBMISSION, SubmissionState, destination
from thinkia.domain.reasons import Reason, Refused
from thinkia.outside.mail import post
from thinkia.policy import Actor
from thinkia.submissions import emails, hooks
from thinkia.submissions.models import Submission
from thinkia.submissions.queries import WHOLE, drafts_of, has_receipts, submission_by_code
from thinkia.submissions.services.drafting import log
from thinkia.teams.models import Team

EXCLUDE = "submission.exclude"


@atomic
def ask_to_exclude(submission: Submission, reason: str, actor: Actor, now: datetime) -> Agreement:
    """Ask that a submission leaves the evaluation, with the reason its team will read; another confirms."""
    _demand_excludable(submission)
    code = submission.code
    wanted = Wanted(kind=EXCLUDE, object_ref=f"submission:{code}", label=code, reason=reason)
    return ask(submission.call, wanted, actor, now)


@atomic
def exclude(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """Take a submission out of the evaluation: the second person acts. Every member is told the reason; no
    jury sees it any more.
    """
    found = submission_by_code(agreement.object_ref.removeprefix("submission:"))
    if found is None:
        raise Refused(Reason.CANNOT_EXCLUDE)
    submission = lock(found, *WHOLE)
    _demand_excludable(submission)
    submission.state = SubmissionState.EXCLUDED
    submission.excluded_at, submission.excluded_reason = now, agreement.reason
    submission.excluded_by_id = agreement.asked_by_id
    log("submission.excluded", submission, actor, now)
    db.session.flush()
    hooks.tell_leaving(submission.call, now)
    for member in submission.team.members:
        letter = emails.excluded(submission, member.account)
        post(letter, now, dedupe_key=f"excluded:{submission.id}:{member.account_id}")


def _demand_excludable(submission: Submission) -> None:
    if submission.call.results_published_at is not None:
        raise Refused(Reason.RESULT_PUBLISHED)
    if destination(SUBMISSION, "exclude", submission.state) is None:
        raise Refused(Reason.CANNOT_EXCLUDE)


@atomic
def follow_bases(call: Call) -> None:
    """Drafts answer the bases in force. What was handed in keeps the version of its receipt."""
    for draft in drafts_of(call):
        draft.bases_version_id = call.version_id or draft.bases_version_id


@atomic
def forget(team: Team) -> None:
    """Delete the drafts of a team that ends. A team that ever got a receipt cannot end."""
    if has_receipts(team):
        raise Refused(Reason.HAS_SUBMITTED)
    db.session.execute(delete(Submission).where(Submission.team_id == team.id))
