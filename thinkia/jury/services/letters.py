"""Letters to jurors: the organisers' words for them, their log, and sending again what failed."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from thinkia.accounts.queries import hashed
from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.db.transaction import atomic, lock
from thinkia.domain.letter_text import faults
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury.emails.texts import ALLOWED, usual
from thinkia.jury.models import FormerInvitation, Juror, JurorLetter, LetterKind, LetterText, SentKind
from thinkia.jury.queries.letters import is_kept, letter_texts, task_of
from thinkia.outside.mail import Letter, post
from thinkia.outside.outbox import try_again
from thinkia.policy import Actor

LASTS = timedelta(days=14)  # an invitation, until it lapses


@atomic
def send(
    juror: Juror,
    kind: SentKind,
    letter: Letter,
    actor: Actor,
    now: datetime,
    *,
    dedupe_key: str | None = None,
) -> None:
    """Ask for the delivery of a letter, and keep that it was sent."""
    mail = post(letter, now, dedupe_key=dedupe_key)
    if is_kept(mail):
        return
    kept = JurorLetter(
        code=new_code(),
        juror_id=juror.id,
        kind=kind,
        mail_id=mail.id,
        sent_by_id=actor.account_id,
        sent_at=now,
    )
    db.session.add(kept)


@atomic
def new_link(juror: Juror, now: datetime) -> str:
    """The secret of a new invitation's link. The one before stops working, and its page says so."""
    secret = secrets.token_urlsafe(32)
    if juror.token_hash:
        db.session.add(FormerInvitation(juror_id=juror.id, token_hash=juror.token_hash, ended_at=now))
    juror.token_hash = hashed(secret)
    db.session.flush()
    return secret


@atomic
def send_again(letter: JurorLetter, actor: Actor, now: datetime) -> None:
    """Deliver what the mail server refused for good: the same letter, once more."""
    task = task_of(letter)
    if task is None:
        raise Refused(Reason.LETTER_NOT_FAILED)
    task = lock(task)
    if task.state != "failed":
        raise Refused(Reason.LETTER_NOT_FAILED)
    try_again(task, now)
    record(
        "juror.letter_sent_again",
        f"juror:{letter.juror.code}",
        actor=actor,
        now=now,
        call_id=letter.juror.call_id,
        data={"kind": letter.kind},
    )


@atomic
def save_texts(call: Call, kind: LetterKind, bodies: Mapping[str, str], actor: Actor, now: datetime) -> None:
    """Keep the organisers' words by language. None, or ours unchanged: ours."""
    call = lock(call, *WITH_BASES)
    known = letter_texts(call)
    for language, text in bodies.items():
        if faults(text, ALLOWED[kind]):
            raise Refused(Reason.LETTER_TEXT)
        row = known.get((kind, language))
        own = text if text != usual(kind, language) else ""
        if row is not None and not own:
            db.session.delete(row)
        elif own:
            _keep(row or LetterText(call_id=call.id, kind=kind, language=language), own, now)
    record(
        "jury.letter_written", f"call:{call.code}", actor=actor, now=now, call_id=call.id, data={"kind": kind}
    )


def _keep(row: LetterText, text: str, now: datetime) -> None:
    row.body, row.changed_at = text, now
    db.session.add(row)
