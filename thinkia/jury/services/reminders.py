"""Reminding jurors of what waits for them: chosen by the organisers, once a day unless they say so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db.transaction import atomic, lock
from thinkia.domain.lifecycle import JurorState
from thinkia.domain.phases import grace_ends
from thinkia.domain.zones import day_began
from thinkia.journal.services import record
from thinkia.jury import emails
from thinkia.jury.models import Juror, LetterKind, SentKind
from thinkia.jury.queries import jurors_of
from thinkia.jury.queries.people import WITH_CALL
from thinkia.jury.queries.reviews import unfinished_counts
from thinkia.jury.services.access import new_access
from thinkia.jury.services.letters import new_link, send
from thinkia.outside.mail import Letter
from thinkia.policy import Actor

NO_SECRET = "XXXXXXXX"  # noqa: S105 - what stands for it where a letter is only shown


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody for whom something waits: an answer, a signature or proposals."""

    juror: Juror
    kind: LetterKind
    left: int
    reminded_today: bool


@dataclass(frozen=True, slots=True)
class Told:
    """How many were written to, and how many were spared because they were today already."""

    written: int
    spared: int


@atomic
def waiting(call: Call, now: datetime) -> list[Waiting]:
    """Everybody who may be reminded of something now, by name."""
    left, today = unfinished_counts(call), day_began(call.bases.time_zone, now)
    found = []
    for juror in jurors_of(call):
        kind = _what_waits(juror, call, left.get(juror.id, 0), now)
        if kind is not None:
            again = juror.reminded_at is not None and juror.reminded_at >= today
            found.append(Waiting(juror, kind, left.get(juror.id, 0), again))
    return found


@atomic
def remind(call: Call, chosen: Collection[str], actor: Actor, now: datetime, *, again: bool = False) -> Told:
    """Write to these jurors, by their codes. Who was reminded today is spared, unless ``again`` says so."""
    call = lock(call, *WITH_BASES)
    people = [each for each in waiting(call, now) if each.juror.code in chosen]
    due = [each for each in people if again or not each.reminded_today]
    for each in due:
        _remind(lock(each.juror, *WITH_CALL), each, actor, now)
    return Told(len(due), len(people) - len(due))


@atomic
def preview(each: Waiting, call: Call) -> Letter:
    """What that person would read. Nothing is sent."""
    return _letter(each, each.juror, call, NO_SECRET)


def _what_waits(juror: Juror, call: Call, left: int, now: datetime) -> LetterKind | None:
    if juror.state is JurorState.INVITED and not juror.is_lapsed(now):
        return LetterKind.ANSWER
    if juror.state is not JurorState.ACCEPTED:
        return None
    if juror.statement_at is None and now >= grace_ends(call.calendar):
        return LetterKind.SIGN
    return LetterKind.READING if left else None


def _remind(juror: Juror, each: Waiting, actor: Actor, now: datetime) -> None:
    secret = new_link(juror, now) if each.kind is LetterKind.ANSWER else new_access(juror, now)
    juror.reminded_at = now
    send(juror, SentKind(each.kind), _letter(each, juror, juror.call, secret), actor, now)
    record(
        "juror.reminded",
        f"juror:{juror.code}",
        actor=actor,
        now=now,
        call_id=juror.call_id,
        data={"kind": each.kind},
    )


def _letter(each: Waiting, juror: Juror, call: Call, secret: str) -> Letter:
    if each.kind is LetterKind.ANSWER:
        return emails.answer_reminder(juror, call, secret)
    if each.kind is LetterKind.SIGN:
        return emails.sign_statement(juror, call, secret)
    return emails.reminder(juror, call, each.left, secret)
