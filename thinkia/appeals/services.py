"""Filing an appeal, and answering it: one officer proposes the answer, another person confirms it."""

import secrets
from datetime import datetime

from thinkia.agreements.models import Agreement
from thinkia.agreements.services import Wanted, ask
from thinkia.appeals import emails, queries
from thinkia.appeals.models import Appeal, content_of
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.appeals import Outcome, closes
from thinkia.domain.canonical import sha256_of
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.receipts import new_number
from thinkia.journal.services import Value, record
from thinkia.outside.mail import post
from thinkia.policy import Actor
from thinkia.results.queries import published_ranking
from thinkia.submissions.models import Submission

ANSWER = "appeal.answer"


@atomic
def file_appeal(submission: Submission, grounds: str, wanted: str, actor: Actor, now: datetime) -> Appeal:
    """Ask for a review of the public result: a numbered receipt goes to every member of the team.

    Refused outside the time that the bases give, and while another one of the team waits for its answer.
    """
    call = lock(submission.call, *WITH_BASES)
    rules, ranking = call.bases.appeals, published_ranking(call)
    if rules is None or ranking is None or call.results_published_at is None:
        raise Refused(Reason.APPEALS_CLOSED)
    if now >= closes(rules, call.bases.time_zone, call.results_published_at):
        raise Refused(Reason.APPEALS_CLOSED)
    if any(one.is_open for one in queries.appeals_about(submission)):
        raise Refused(Reason.APPEAL_WAITS)
    appeal = Appeal(
        number=new_number(secrets.choice),
        call_id=call.id,
        call=call,
        submission_id=submission.id,
        submission=submission,
        ranking_id=ranking.id,
        ranking=ranking,
        grounds=grounds,
        wanted=wanted,
        content_sha256=sha256_of(content_of(submission.code, ranking.number, grounds, wanted)),
        received_at=now,
        filed_by_id=actor.account_id or 0,
    )
    db.session.add(appeal)
    db.session.flush()
    _record("appeal.received", appeal, actor, now)
    for reader in queries.members_of(appeal):
        post(emails.received(appeal, reader), now, dedupe_key=f"appeal:{appeal.id}:{reader.id}")
    return appeal


@atomic
def propose_answer(appeal: Appeal, outcome: Outcome, answer: str, actor: Actor, now: datetime) -> Agreement:
    """Ask another person to confirm this answer. Until then the team reads none."""
    call = lock(appeal.call, *WITH_BASES)  # in the order in which whoever confirms takes them
    appeal = lock(appeal, *queries.WHOLE)
    if not appeal.is_open:
        raise Refused(Reason.APPEAL_ANSWERED)
    wanted = Wanted(
        kind=ANSWER,
        object_ref=appeal.ref,
        label=appeal.number,
        reason=answer,
        arguments={"outcome": outcome.value},
    )
    return ask(call, wanted, actor, now)


@atomic
def answer_as_agreed(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """Give the answer: it does not change any more, and every member of the team is told where it is.

    It moves no mark and no place. What an accepted appeal says was wrong is put right by taking the result
    back and publishing a corrected version, each by its own two persons.
    """
    found = queries.appeal_by_number(agreement.label)
    if found is None:
        raise Refused(Reason.APPEAL_ANSWERED)
    appeal = lock(found, *queries.WHOLE)
    if not appeal.is_open:
        raise Refused(Reason.APPEAL_ANSWERED)
    appeal.outcome = Outcome(agreement.arguments["outcome"])
    appeal.answer, appeal.answered_at = agreement.reason, now
    _record("appeal.answered", appeal, actor, now)
    for reader in queries.members_of(appeal):
        post(emails.answered(appeal, reader), now, dedupe_key=f"appeal_answer:{appeal.id}:{reader.id}")


def _record(action: str, appeal: Appeal, actor: Actor, now: datetime) -> None:
    data: dict[str, Value] = {
        "submission": appeal.submission.code,
        "result": appeal.ranking.number,
        "content": appeal.content_sha256,
        "outcome": appeal.outcome.value if appeal.outcome else None,
    }
    record(action, appeal.ref, actor=actor, now=now, call_id=appeal.call_id, data=data)
