"""Who sits on the jury: invited by the organisers, accepted by the person, signed before reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from thinkia.accounts.models import Account
from thinkia.accounts.queries import account_by_email, account_by_id
from thinkia.accounts.services import find_or_create_account, start_sign_in
from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.db.transaction import atomic, lock
from thinkia.domain.conflicts import ConflictScope
from thinkia.domain.lifecycle import JUROR, JurorState, destination
from thinkia.domain.phases import grace_ends
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury import emails
from thinkia.jury.guest_lists import Guest
from thinkia.jury.models import Juror, SentKind, Suggestion
from thinkia.jury.queries import standing_chair
from thinkia.jury.queries.conflicts import subject_of
from thinkia.jury.queries.people import WITH_CALL, is_applicant, juror_by_email, seat_of, who_see_names
from thinkia.jury.queries.reviews import has_reviews, reopened_unfinished, unfinished_of
from thinkia.jury.services.access import new_access
from thinkia.jury.services.conflicts import close, declare
from thinkia.jury.services.letters import LASTS, new_link, send
from thinkia.outside.outbox import enqueue
from thinkia.policy import Action, Actor, check
from thinkia.policy.actor import JurorRole


@dataclass(frozen=True, slots=True)
class Suggested:
    """Whom somebody who declines would ask instead: whatever is known of that person."""

    name: str = ""
    email: str = ""
    institution: str = ""


@atomic
def invite(call: Call, guest: Guest, actor: Actor, now: datetime) -> Juror:
    """Offer a seat by e-mail. Who declined, left or let it lapse may be invited again; an applicant never."""
    call = lock(call, *WITH_BASES)
    if call.bases.jury.groups and guest.evaluators not in call.bases.jury.groups:
        raise Refused(Reason.NO_GROUP)
    email = guest.email.strip().lower()
    juror = juror_by_email(call, email)
    if juror is not None and not juror.can_be_invited(now):
        raise Refused(Reason.JUROR_KNOWN, email=email)
    _refuse_who_knows(call, email)
    if guest.role is JurorRole.CHAIR and _has_another_chair(call, juror):
        raise Refused(Reason.CHAIR_TAKEN)
    return offer_seat(call, guest, juror, actor, now)


@atomic
def offer_seat(call: Call, guest: Guest, juror: Juror | None, actor: Actor, now: datetime) -> Juror:
    """Write the letter to somebody who may be invited. ``juror`` is the seat that he or she had: who read for
    one group of evaluators never reads for another.
    """
    if juror is None:
        juror = Juror(code=new_code(), call_id=call.id, email=guest.email.strip().lower())
        db.session.add(juror)
    juror.call = call
    juror.name, juror.institution = guest.name, guest.institution
    if juror.id is not None and juror.evaluators != guest.evaluators and has_reviews(juror):
        raise Refused(Reason.GROUP_FIXED)
    juror.evaluators = guest.evaluators
    juror.sector, juror.role = guest.sector, guest.role
    juror.other_sectors = [each for each in dict.fromkeys(guest.others) if each != guest.sector]
    juror.language, juror.capacity = guest.language, guest.capacity
    juror.state, juror.answered_at, juror.decline_reason = JurorState.INVITED, None, ""
    _send(juror, call, actor, now)
    _record("juror.invited", juror, actor, now, {"sector": juror.sector, "role": juror.role})
    return juror


@atomic
def resend(juror: Juror, actor: Actor, now: datetime) -> None:
    """A new link with a new fortnight; the old one stops working."""
    juror = lock(juror, *WITH_CALL)
    if juror.state is not JurorState.INVITED:
        raise Refused(Reason.JUROR_INVITATION_GONE)
    _send(juror, juror.call, actor, now)
    _record("juror.invited_again", juror, actor, now)


@atomic
def revoke(juror: Juror, reason: str, actor: Actor, now: datetime) -> None:
    """Take a seat back. What was final stays and counts; the rest is excused, with the reason."""
    juror = lock(juror, *WITH_CALL)
    if destination(JUROR, "revoke", juror.state) is None:
        raise Refused(Reason.JUROR_INVITATION_GONE)
    if juror.state is JurorState.ACCEPTED and not reason:
        raise Refused(Reason.REASON_NEEDED)
    if reopened_unfinished(juror):
        raise Refused(Reason.REOPENED_WAITS)
    juror.state, juror.answered_at = JurorState.REVOKED, now
    for review in unfinished_of(juror):
        close(review, "excuse", reason, actor, now)
    _record("juror.revoked", juror, actor, now)
    send(juror, SentKind.REVOKED, emails.revoked(juror, juror.call), actor, now)


@atomic
def name_chair(juror: Juror, actor: Actor, now: datetime) -> None:
    """Let somebody who accepted and votes preside, where nobody does. A second time changes nothing."""
    call = lock(juror.call, *WITH_BASES)
    juror = lock(juror, *WITH_CALL)
    if juror.state is not JurorState.ACCEPTED or not juror.votes:
        raise Refused(Reason.NOT_NOW)
    standing = standing_chair(call)
    if standing is not None and standing.id != juror.id:
        raise Refused(Reason.CHAIR_TAKEN)
    if standing is None:
        juror.role = JurorRole.CHAIR
        _record("juror.named_chair", juror, actor, now)
        send(juror, SentKind.CHAIR, emails.named_chair(juror, call), actor, now)


@atomic
def accept(juror: Juror, actor: Actor, device: str, now: datetime) -> str | None:
    """Take the seat: by the account of the invited address, once.

    Somebody without an account gets one, proved by the link, and the token of a sign-in comes back. An
    account that was proved before is not opened by a link, which may have been forwarded: it signs in.
    """
    juror = lock(juror, *WITH_CALL)
    _demand_open(juror, now)
    _refuse_who_knows(juror.call, juror.email)
    account, token = _account_of(juror, actor, device, now)
    taken = seat_of(juror.call, account.id)
    if taken is not None and taken.id != juror.id:
        raise Refused(Reason.JUROR_KNOWN, email=juror.email)
    juror.account_id, juror.account = account.id, account
    juror.state, juror.answered_at = JurorState.ACCEPTED, now
    _record("juror.accepted", juror, Actor.of(account.id), now)
    if now < grace_ends(juror.call.calendar):
        _ask_later(juror, now)
    return token


@atomic
def decline(
    juror: Juror, reason: str, actor: Actor, now: datetime, *, instead: Suggested | None = None
) -> None:
    """Say no, with a reason or without, and name somebody of the same sector or nobody."""
    juror = lock(juror, *WITH_CALL)
    _demand_open(juror, now)
    juror.state, juror.answered_at, juror.decline_reason = JurorState.DECLINED, now, reason
    if instead is not None and any((instead.name, instead.email, instead.institution)):
        suggestion = Suggestion(
            code=new_code(),
            call_id=juror.call_id,
            juror_id=juror.id,
            sector=juror.sector,
            name=instead.name,
            email=instead.email,
            institution=instead.institution,
            made_at=now,
        )
        db.session.add(suggestion)
    _record("juror.declined", juror, actor, now, {"suggests": int(instead is not None)})


@atomic
def settle_suggestion(suggestion: Suggestion, actor: Actor, now: datetime) -> None:
    """The organisers invited the person, or will not."""
    suggestion = lock(suggestion)
    if suggestion.settled_at is None:
        suggestion.settled_at = now
        record(
            "suggestion.settled",
            f"suggestion:{suggestion.code}",
            actor=actor,
            now=now,
            call_id=suggestion.call_id,
        )


@atomic
def sign_statement(juror: Juror, conflicts: Mapping[str, str], actor: Actor, now: datetime) -> None:
    """Promise confidentiality and name the proposals in conflict (code → reason), before reading anything.

    Possible once it is known which proposals there are. Later conflicts are added to it in the same way.
    """
    juror = lock(juror, *WITH_CALL)
    check(Action.JUROR_SIGN, actor, juror, now)
    if now < grace_ends(juror.call.calendar):
        raise Refused(Reason.TOO_EARLY_TO_SIGN)
    if juror.statement_at is None:
        juror.statement_at = now
        _record("juror.signed", juror, actor, now)
    for code, reason in conflicts.items():
        subject = subject_of(juror.call, ConflictScope.SUBMISSION, code, "")
        if subject is not None:
            declare(juror, subject, reason, actor, now)


@atomic
def ask_to_sign(juror: Juror, now: datetime) -> None:
    """Once the proposals are in, write to a juror who still has to sign; ask again if the close has moved."""
    juror = lock(juror, *WITH_CALL)
    if juror.state is not JurorState.ACCEPTED or juror.statement_at is not None:
        return
    if now < grace_ends(juror.call.calendar):
        _ask_later(juror, now)
        return
    key = f"jury.sign:{juror.id}:{juror.answered_at}"
    letter = emails.sign_statement(juror, juror.call, new_access(juror, now))
    send(juror, SentKind.SIGN, letter, Actor.system(), now, dedupe_key=key)


@atomic
def set_capacity(juror: Juror, capacity: int | None, actor: Actor, now: datetime) -> None:
    """How many proposals a juror reads at most; ``None``: as many as it takes."""
    juror = lock(juror, *WITH_CALL)
    juror.capacity = capacity
    _record("juror.capacity_set", juror, actor, now, {"capacity": capacity})


def _ask_later(juror: Juror, now: datetime) -> None:
    when = grace_ends(juror.call.calendar)
    key = f"jury.ask_to_sign:{juror.id}:{juror.answered_at}:{when}"
    enqueue("jury.ask_to_sign", now, run_at=when, dedupe_key=key, juror_id=juror.id)


def _send(juror: Juror, call: Call, actor: Actor, now: datetime) -> None:
    juror.invited_at, juror.expires_at = now, now + LASTS
    secret = new_link(juror, now)
    send(juror, SentKind.INVITATION, emails.invitation(juror, call, secret), actor, now)


def _demand_open(juror: Juror, now: datetime) -> None:
    if juror.state is not JurorState.INVITED or now >= juror.expires_at:
        raise Refused(Reason.JUROR_INVITATION_GONE)


def _has_another_chair(call: Call, juror: Juror | None) -> bool:
    chair = standing_chair(call)
    return chair is not None and (juror is None or chair.id != juror.id)


def _refuse_who_knows(call: Call, email: str) -> None:
    """Nobody judges a call and takes part in it, nor reads without names what he or she organises."""
    if is_applicant(call, email):
        raise Refused(Reason.JUROR_IS_APPLICANT)
    if who_see_names(call, [email]):
        raise Refused(Reason.JUROR_ORGANISES)


def _account_of(juror: Juror, actor: Actor, device: str, now: datetime) -> tuple[Account, str | None]:
    """The account that takes the seat, and the token of its sign-in when it had to be made."""
    known = account_by_id(actor.account_id) if actor.account_id else None
    if known is not None:
        if known.email != juror.email:
            raise Refused(Reason.JUROR_OTHER_ACCOUNT)
        return known, None
    named = account_by_email(juror.email)
    if named is not None and named.verified_at is not None:
        raise Refused(Reason.JUROR_SIGN_IN_FIRST)
    account = find_or_create_account(juror.email, juror.name, juror.language, now)
    return account, start_sign_in(account, device, now)


def _record(action: str, juror: Juror, actor: Actor, now: datetime, data: dict | None = None) -> None:
    record(action, f"juror:{juror.code}", actor=actor, now=now, call_id=juror.call_id, data=data)
