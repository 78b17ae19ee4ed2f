"""Asking for an act, and deciding about what somebody else asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import joinedload

from thinkia.accounts.queries import account_by_id
from thinkia.agreements import emails, hooks
from thinkia.agreements.hooks import Second, act_of
from thinkia.agreements.models import Agreement
from thinkia.agreements.queries import asked_for, seconds_of
from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.db.transaction import atomic, lock
from thinkia.domain.lifecycle import AGREEMENT, AgreementState, destination
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record, ref_of
from thinkia.outside.mail import post
from thinkia.outside.outbox import enqueue
from thinkia.policy import Action, Actor, allowed

LASTS = timedelta(hours=72)
FRESH = timedelta(minutes=10)  # how long ago the second person may have signed in


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An act that somebody wants: of which kind, to what, and why. ``label`` is a code for lists."""

    kind: str
    object_ref: str
    reason: str
    label: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)


@atomic
def ask(call: Call, wanted: Wanted, actor: Actor, now: datetime) -> Agreement:
    """Ask for an act that another person confirms; those who may are written to. One at a time an object.

    Refused where nobody could confirm it: the host names somebody first.
    """
    call = lock(call, *WITH_BASES)
    if not wanted.reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    _make_room(wanted, now)
    agreement = Agreement(
        code=new_code(),
        call_id=call.id,
        call=call,
        kind=wanted.kind,
        object_ref=wanted.object_ref,
        label=wanted.label,
        arguments=dict(wanted.arguments),
        reason=wanted.reason.strip(),
        asked_by_id=actor.account_id,
        asked_by=account_by_id(actor.account_id or 0),
        asked_at=now,
        expires_at=now + LASTS,
        decided_by=None,
    )
    db.session.add(agreement)
    db.session.flush()
    people = _who_may(agreement, call)
    if not people:
        raise Refused(Reason.NOBODY_TO_CONFIRM)
    for second in people:
        post(emails.asked(agreement, call, second), now)
    key = f"agreements.tell_lapsed:{agreement.id}"
    enqueue(
        "agreements.tell_lapsed", now, run_at=agreement.expires_at, dedupe_key=key, agreement_id=agreement.id
    )
    _record("agreement.asked", agreement, actor, now)
    return agreement


@atomic
def confirm(agreement: Agreement, actor: Actor, now: datetime, *, typed: str = "") -> None:
    """Do what was asked for, as the second person, just after signing in again: all of it, or nothing.

    When the world has moved on, the act itself refuses, and then it is not confirmed either. ``typed`` is
    what some acts have the second person type again.
    """
    call, agreement = _taken(agreement, actor, now)
    if actor.signed_in_at is None or now - actor.signed_in_at > FRESH:
        raise Refused(Reason.SIGN_IN_AGAIN)
    hooks.demand_same(agreement, typed)
    _decide(agreement, "confirm", actor, now)
    act_of(agreement.kind).perform(agreement, actor, now)
    post(emails.decided(agreement, call), now)


@atomic
def refuse(agreement: Agreement, reason: str, actor: Actor, now: datetime) -> None:
    """Say no as the second person, with a reason: nothing is done, and who asked is told."""
    call, agreement = _taken(agreement, actor, now)
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    agreement.decision_reason = reason.strip()
    _decide(agreement, "refuse", actor, now)
    post(emails.decided(agreement, call), now)


@atomic
def withdraw(agreement: Agreement, actor: Actor, now: datetime) -> None:
    """Take back what one asked for oneself, while it waits."""
    agreement = lock(agreement)
    if agreement.asked_by_id != actor.account_id:
        raise Refused(Reason.NOT_A_SECOND)
    _decide(agreement, "withdraw", actor, now)


@atomic
def tell_lapsed(agreement: Agreement, now: datetime) -> None:
    """Write to who asked, once nobody has confirmed in time."""
    if agreement.state is AgreementState.ASKED and now >= agreement.expires_at:
        post(emails.lapsed(agreement, agreement.call), now, dedupe_key=f"agreements.lapsed:{agreement.id}")


def _make_room(wanted: Wanted, now: datetime) -> None:
    """The same act on the same thing waits once. One that has lapsed makes room for the next."""
    known = asked_for(wanted.kind, wanted.object_ref)
    if known is None:
        return
    if known.standing(now) is AgreementState.ASKED:
        raise Refused(Reason.ASKED_ALREADY)
    known.state = AgreementState.LAPSED
    db.session.flush()


def _who_may(agreement: Agreement, call: Call) -> list[Second]:
    """Those whom the host names and the act does not bar, in their role since before it was asked for.

    Who asks could otherwise bring somebody in just to confirm it.
    """
    hooks.bar([agreement])
    out = {agreement.asked_by_id, *agreement.barred}
    return [
        second
        for second in seconds_of(call)
        if second.account_id not in out and second.since <= agreement.asked_at
    ]


def _taken(agreement: Agreement, actor: Actor, now: datetime) -> tuple[Call, Agreement]:
    """The call and the request, locked, for a decision of somebody who may take it."""
    call = lock(agreement.call, *WITH_BASES)
    agreement = lock(agreement, joinedload(Agreement.asked_by))
    agreement.call = call
    _demand_waiting(agreement, now)
    allowed_now = allowed(Action.AGREEMENT_DECIDE, actor, _barred(agreement), now)
    if not allowed_now or actor.account_id not in {one.account_id for one in _who_may(agreement, call)}:
        raise Refused(Reason.NOT_A_SECOND)
    return call, agreement


def _barred(agreement: Agreement) -> Agreement:
    hooks.bar([agreement])
    return agreement


def _demand_waiting(agreement: Agreement, now: datetime) -> None:
    standing = agreement.standing(now)
    if standing is AgreementState.LAPSED:
        raise Refused(Reason.AGREEMENT_LAPSED)
    if standing is not AgreementState.ASKED:
        raise Refused(Reason.AGREEMENT_DECIDED)


def _decide(agreement: Agreement, move: str, actor: Actor, now: datetime) -> None:
    _demand_waiting(agreement, now)
    state = destination(AGREEMENT, move, agreement.state)
    agreement.state, agreement.decided_at = AgreementState(str(state)), now
    agreement.decided_by_id = actor.account_id
    agreement.decided_by = account_by_id(actor.account_id or 0)
    _record(f"agreement.{agreement.state}", agreement, actor, now)


def _record(action: str, agreement: Agreement, actor: Actor, now: datetime) -> None:
    asked_by = ref_of(agreement.asked_by_id, agreement.call_id)
    data = {"kind": agreement.kind, "object": agreement.object_ref, "asked_by": asked_by}
    record(action, f"agreement:{agreement.code}", actor=actor, now=now, call_id=agreement.call_id, data=data)
