"""What people do with a call: write its bases, publish them, change them in public, cancel it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from thinkia.calls import emails, hooks
from thinkia.calls.call_file import CallFileErrors, bases_of, read_bases, write_bases
from thinkia.calls.call_file.errors import CallFileError
from thinkia.calls.call_file.open_file import OpenFile
from thinkia.calls.models import BasesVersion, Call, CallWindow, Challenge
from thinkia.calls.queries import WITH_BASES, call_by_code, challenges_of, draft_version, last_number
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.bases import Bases
from thinkia.domain.bases_check import Problem, problems, publishing_problems
from thinkia.domain.changes import moves_dates
from thinkia.domain.lifecycle import CALL, CallState, destination
from thinkia.domain.phases import windows
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.organisations.models import Host
from thinkia.outside.mail import post
from thinkia.outside.outbox import enqueue
from thinkia.policy import Action, Actor, check


@atomic
def import_call(text: str | bytes, host: Host, actor: Actor, now: datetime, *, reason: str = "") -> Call:
    """Take a call file: a new code makes a draft, a draft is replaced, a published call gets a new version.

    Raises ``CallFileErrors`` with everything that is wrong, and then changes nothing. The bases in force,
    imported again with a reason, are no new version.
    """
    bases = read_bases(text)
    call = call_by_code(bases.code)
    if call is None:
        check(Action.HOST_OPEN_CALL, actor, host, now)
        return create_call(bases, host, actor, now)
    if call.host_id != host.id:
        raise Refused(Reason.CODE_TAKEN, code=bases.code)
    check(Action.CALL_EDIT, actor, call, now)
    if reason.strip() and _in_force(call, bases):
        return call
    save_draft(call, bases, actor, now)
    if call.state != CallState.DRAFT:
        check(Action.CALL_PUBLISH, actor, call, now)
        _demand_publishable(text, bases)
        publish(call, actor, now, reason=reason)
    return call


@atomic
def create_from_file(text: str | bytes, host: Host, actor: Actor, now: datetime) -> Call:
    """A new draft call of a host from a call file; the code must be free. Raises ``CallFileErrors``."""
    return create_call(read_bases(text), host, actor, now)


@atomic
def create_call(bases: Bases, host: Host, actor: Actor, now: datetime) -> Call:
    """A new draft call of a host, of bases without contradictions; the code is free, or ``CODE_TAKEN``."""
    _demand_sound(bases)
    if call_by_code(bases.code) is not None:
        raise Refused(Reason.CODE_TAKEN, code=bases.code)
    call = Call(code=bases.code, host_id=host.id, host=host, created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(call)
    except IntegrityError as error:
        raise Refused(Reason.CODE_TAKEN, code=bases.code) from error
    call.version = _new_version(call, bases, now)
    db.session.flush()
    record("call.created", f"call:{call.code}", actor=actor, now=now, call_id=call.id)
    return call


@atomic
def save_draft(
    call: Call, bases: Bases, actor: Actor, now: datetime, *, seen: str | None = None
) -> BasesVersion:
    """Write the bases of a draft call, or prepare a change of a published one. The code never changes.

    ``seen`` is the hash of the text that was changed: what somebody else saved meanwhile is not overwritten.
    """
    lock(call, *WITH_BASES)
    if bases.code != call.code:
        raise Refused(Reason.CODE_FIXED, code=call.code)
    _demand_sound(bases)
    draft = draft_version(call)
    _demand_seen(draft or call.version, seen)
    content = write_bases(bases)
    if draft is None:
        if call.version is not None and call.version.content == content:
            return call.version
        draft = _new_version(call, bases, now)
    else:
        draft.content, draft.sha256, draft.changed_at = content, _sha256(content), now
    db.session.flush()
    record(
        "call.drafted",
        f"call:{call.code}",
        actor=actor,
        now=now,
        call_id=call.id,
        data={"sha256": draft.sha256},
    )
    return draft


@atomic
def publish(
    call: Call, actor: Actor, now: datetime, *, reason: str = "", seen: str | None = None
) -> BasesVersion:
    """Put the draft in force: the first time it opens the call, later it is a new version with its reason.

    ``seen`` is the hash of the draft that was looked over: another one is not published unread.
    """
    lock(call, *WITH_BASES)
    draft = draft_version(call)
    if draft is None:
        raise Refused(Reason.NOTHING_CHANGED)
    _demand_seen(draft, seen)
    before = call.announced if call.state != CallState.DRAFT else None
    if before is not None and not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    if before is not None and call.version and call.version.sha256 == draft.sha256:
        raise Refused(Reason.NOTHING_CHANGED)
    bases = bases_of(draft.content)
    if problems := publishing_problems(bases):
        raise CallFileErrors(tuple(_unplaced(problem) for problem in problems))
    if before is None:
        _open(call, now)
    _put_in_force(call, draft, actor, now, reason.strip())
    if before is not None:
        _announce(hooks.Change(call, before, bases, actor, now), draft)
    return draft


@atomic
def discard_change(call: Call, actor: Actor, now: datetime) -> None:
    """Give up the change that was being prepared for a published call."""
    lock(call)
    draft = draft_version(call)
    if call.state == CallState.DRAFT or draft is None:
        raise Refused(Reason.NOTHING_CHANGED)
    db.session.delete(draft)
    record("call.change_discarded", f"call:{call.code}", actor=actor, now=now, call_id=call.id)


@atomic
def cancel(call: Call, reason: str, actor: Actor, now: datetime) -> None:
    """End a published call before its result. It stays public, with the reason; who takes part is told."""
    lock(call, *WITH_BASES)
    state = destination(CALL, "cancel", call.state)
    if state is None or call.results_published_at is not None:
        raise Refused(Reason.CANNOT_CANCEL)
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    call.state, call.cancelled_reason = CallState(state), reason.strip()
    record("call.cancelled", f"call:{call.code}", actor=actor, now=now, call_id=call.id)
    hooks.tell_cancellation(hooks.Cancellation(call, actor, now))
    enqueue("calls.tell_cancellation", now, dedupe_key=f"calls.cancelled:{call.id}", call_id=call.id)


@atomic
def follow_round(call: Call) -> None:
    """A call went on to its next round: its windows are that round's."""
    _copy_windows(call)


@atomic
def tell_change(
    version: BasesVersion, before: BasesVersion, readers: Sequence[hooks.Reader], now: datetime
) -> None:
    """Write to these people that dates have moved; to each once, however often this runs."""
    call, old, new = version.call, bases_of(before.content), bases_of(version.content)
    for reader in readers:
        letter = emails.calendar_changed(call, old, new, version.reason, reader)
        post(letter, now, dedupe_key=f"calls.changed:{version.id}:{reader.account_id}")


@atomic
def tell_cancellation(call: Call, readers: Sequence[hooks.Reader], now: datetime) -> None:
    """Write to these people that the call is cancelled, and why; to each once."""
    for reader in readers:
        letter = emails.cancelled(call, reader)
        post(letter, now, dedupe_key=f"calls.cancelled:{call.id}:{reader.account_id}")


def _in_force(call: Call, bases: Bases) -> bool:
    version = call.version if call.state != CallState.DRAFT else None
    return version is not None and version.content == write_bases(bases)


def _demand_sound(bases: Bases) -> None:
    if found := problems(bases):
        raise CallFileErrors(tuple(_unplaced(problem) for problem in found))


def _demand_seen(version: BasesVersion | None, seen: str | None) -> None:
    if seen is not None and version is not None and version.sha256 != seen:
        raise Refused(Reason.STALE_DRAFT)


def _demand_publishable(text: str | bytes, bases: Bases) -> None:
    """What keeps these bases from being published, each thing with its place in the file."""
    file = OpenFile(text)
    file.add(publishing_problems(bases))
    file.raise_errors()


def _open(call: Call, now: datetime) -> None:
    state = destination(CALL, "publish", call.state)
    if state is None:
        raise Refused(Reason.NOT_A_DRAFT)
    call.state, call.published_at = CallState(state), now


def _put_in_force(call: Call, draft: BasesVersion, actor: Actor, now: datetime, reason: str) -> None:
    draft.published_at, draft.published_by_id, draft.reason = now, actor.account_id, reason
    call.version = draft
    _copy_what_lists_ask(call)
    db.session.flush()
    record(
        "call.published",
        f"call:{call.code}",
        actor=actor,
        now=now,
        call_id=call.id,
        data={"version": draft.number, "sha256": draft.sha256},
    )
    hooks.tell_publication(call, now)


def _announce(change: hooks.Change, version: BasesVersion) -> None:
    hooks.tell_change(change)
    if moves_dates(change.before, change.after):
        key = f"calls.changed:{version.id}"
        enqueue("calls.tell_change", change.now, dedupe_key=key, version_id=version.id)


def _new_version(call: Call, bases: Bases, now: datetime) -> BasesVersion:
    content = write_bases(bases)
    version = BasesVersion(
        call_id=call.id,
        number=last_number(call) + 1,
        content=content,
        sha256=_sha256(content),
        changed_at=now,
    )
    db.session.add(version)
    return version


def _sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _unplaced(problem: Problem) -> CallFileError:
    """A problem of stored bases: it has a path, and no line in a file."""
    return CallFileError(problem.path, 0, 0, problem.kind, problem.params)


def _copy_what_lists_ask(call: Call) -> None:
    """Windows and challenges as rows. A challenge that the new bases drop stays, closed."""
    _copy_windows(call)
    known = {challenge.code: challenge for challenge in challenges_of(call)}
    wanted = {challenge.code: place for place, challenge in enumerate(call.bases.challenges)}
    for code, challenge in known.items():
        challenge.is_open, challenge.position = code in wanted, wanted.get(code, challenge.position)
    for code, place in wanted.items():
        if code not in known:
            db.session.add(Challenge(call_id=call.id, code=code, position=place))


def _copy_windows(call: Call) -> None:
    db.session.execute(delete(CallWindow).where(CallWindow.call_id == call.id))
    for kind, window in windows(call.calendar).items():
        db.session.add(CallWindow(call_id=call.id, kind=kind, opens=window.opens, closes=window.closes))
