"""The jurors of a panel write to one another about a proposal. What is written stays as it is."""

from datetime import datetime

from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury.models import DeliberationNote, DeliberationReading
from thinkia.jury.queries.deliberation import Voice, note_number, note_of_form, reading_of, voice_on
from thinkia.jury.queries.people import WITH_CALL
from thinkia.policy import Action, Actor, allowed


@atomic
def write(voice: Voice, text: str, actor: Actor, now: datetime, *, form: str) -> DeliberationNote:
    """Say something to the panel. ``form`` names the form it was typed in: sent twice, it is said once."""
    voice = _held(voice, actor, now)
    known = note_of_form(voice.juror, form)
    if known is not None:
        return known
    if not allowed(Action.DELIBERATION_WRITE, actor, voice, now):
        raise Refused(Reason.DELIBERATION_CLOSED)
    note = DeliberationNote(
        submission_id=voice.submission.id,
        juror_id=voice.juror.id,
        round=voice.call.round,
        text=text,
        written_at=now,
        form=form,
    )
    db.session.add(note)
    db.session.flush()
    record(
        "deliberation.noted",
        f"submission:{voice.submission.code}",
        actor=actor,
        now=now,
        call_id=voice.juror.call_id,
        data={"note": note.id},
    )
    return note


@atomic
def mark_read(voice: Voice, note_id: int, actor: Actor, now: datetime) -> None:
    """Say to have read what was written, up to this note. It never goes back, and nobody else is told."""
    voice = _held(voice, actor, now)
    if note_number(voice.submission, note_id) is None:
        return
    known = reading_of(voice.juror, voice.submission)
    if known is None:
        place = {"juror_id": voice.juror.id, "submission_id": voice.submission.id}
        db.session.add(DeliberationReading(**place, note_id=note_id))
    else:
        known.note_id = max(known.note_id, note_id)


def _held(voice: Voice, actor: Actor, now: datetime) -> Voice:
    """The same as it is now, one window of this juror at a time."""
    lock(voice.juror, *WITH_CALL)
    again = voice_on(voice.call.code, voice.submission.code, actor)
    if again is None or not allowed(Action.DELIBERATION_SEE, actor, again, now):
        raise Refused(Reason.DELIBERATION_CLOSED)
    return again
