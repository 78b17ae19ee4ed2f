"""What a person does with a call: enter it, correct what was said, withdraw."""

from datetime import datetime

from thinkia.accounts.models import Account, Purpose
from thinkia.accounts.queries import standing_consents
from thinkia.accounts.services import agree
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.bases import PersonAttribute
from thinkia.domain.eligibility import day_in, obstacles
from thinkia.domain.formation import asked_of_people
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.outside.mail import post
from thinkia.policy import Actor
from thinkia.registration import emails, hooks
from thinkia.registration.models import CONSENT_VERSION, Entry, Registration
from thinkia.registration.queries import WITH_CALL, applicant, entry_of, keeps_out, looking_entries


@atomic
def enter(call: Call, entry: Entry, actor: Actor, now: datetime) -> Registration:
    """Register a person, who agreed to the text of consent in force. A second time changes nothing.

    Who does not fit the bases, works for the host, sits on the jury or took back the consent to take part
    is refused.
    """
    account = lock(applicant(actor))  # a double click waits here and finds what the first one did
    known = entry_of(call.id, account.id)
    if known and known.withdrawn_at is None:
        return known
    against = keeps_out(call, account, actor)
    if against is not None:
        raise Refused(against)
    _complete(account, entry)
    _check(call, account, now)
    registration = known or Registration(call_id=call.id, account_id=account.id)
    registration.consent_version = CONSENT_VERSION
    registration.registered_at, registration.withdrawn_at = now, None
    _write(registration, call, account, entry)
    _agree_to_be_found(account, entry, actor, now)
    db.session.add(registration)
    db.session.flush()
    _record("registration.entered", call, registration, actor, now)
    post(
        emails.welcome(call, account),
        now,
        dedupe_key=f"welcome:{registration.code}:{now.isoformat()}",
    )
    return registration


@atomic
def correct(registration: Registration, entry: Entry, actor: Actor, now: datetime) -> None:
    """Change what was said: attributes, whether one looks for a team, the words about oneself."""
    lock(registration, *WITH_CALL)
    if registration.withdrawn_at is not None:
        raise Refused(Reason.NOT_REGISTERED)
    account = applicant(actor)
    _write(registration, registration.call, account, entry)
    _agree_to_be_found(account, entry, actor, now)
    _record("registration.corrected", registration.call, registration, actor, now)


@atomic
def withdraw(registration: Registration, actor: Actor, now: datetime) -> None:
    """Leave the call and forget what was said for it. Whoever is in a team leaves the team first."""
    lock(registration, *WITH_CALL)
    if registration.withdrawn_at is not None:
        return
    hooks.tell_withdrawal(registration, now)
    registration.withdrawn_at = now
    registration.attributes, registration.about, registration.is_looking = {}, "", False
    _record("registration.withdrawn", registration.call, registration, actor, now)


@atomic
def stop_looking(account: Account) -> None:
    """Take the person off every list of who looks for a team, with the words written for it."""
    for registration in looking_entries(account.id):
        registration.is_looking, registration.about = False, ""


def _agree_to_be_found(account: Account, entry: Entry, actor: Actor, now: datetime) -> None:
    """Who says "I am looking for a team" agrees to be shown to those who look, which can be taken back."""
    if entry.is_looking and Purpose.FINDABLE not in standing_consents(account.id):
        agree(account, Purpose.FINDABLE, actor, now)


def _complete(account: Account, entry: Entry) -> None:
    """What the account did not know yet. What it knows is changed in the profile, not here."""
    if account.birth_date is None:
        account.birth_date = entry.born
    if account.province is None:
        account.province = entry.province


def _check(call: Call, account: Account, now: datetime) -> None:
    found = obstacles(
        call.bases.eligibility,
        born=account.birth_date,
        province=account.province,
        day=day_in(call.bases.time_zone, now),
    )
    if found:
        raise Refused(found[0].reason, **found[0].details)


def _write(registration: Registration, call: Call, account: Account, entry: Entry) -> None:
    """Keep what the team rules ask for and nothing else."""
    asked = asked_of_people(call.bases.team)
    attributes = {name.value: entry.attributes.get(name, "") for name in asked}
    if PersonAttribute.PROVINCE in asked:
        attributes[PersonAttribute.PROVINCE.value] = account.province or ""
    registration.attributes = {name: value for name, value in attributes.items() if value}
    registration.is_looking = entry.is_looking
    registration.about = entry.about if entry.is_looking else ""


def _record(action: str, call: Call, registration: Registration, actor: Actor, now: datetime) -> None:
    record(
        action,
        f"registration:{registration.code}",
        actor=actor,
        now=now,
        call_id=call.id,
        data={"consent": registration.consent_version, "bases": call.version.number if call.version else 0},
    )
