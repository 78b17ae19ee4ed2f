"""Hosts, and who works for them. Whose role changes signs in again: longer rights have shorter sessions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from thinkia.accounts.models import Account
from thinkia.accounts.services import link_to_choose_passphrase, open_account, sign_out_everywhere
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record, ref_of
from thinkia.organisations import emails
from thinkia.organisations.models import Host, Second, Staff
from thinkia.organisations.queries import (
    host_by_code,
    officer_elsewhere,
    second_by_email,
    seconds_named,
    staff_by_email,
    staff_of,
)
from thinkia.outside.mail import post
from thinkia.policy import Actor
from thinkia.policy.actor import StaffRole

INVITATION_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStaff:
    """Who is to work for a host. ``name`` and ``language`` are for somebody without an account."""

    email: str
    role: StaffRole
    name: str = ""
    language: str = "es"


class SecondKinds(NamedTuple):
    """Who may be second without being named: by the role that he or she has."""

    staff: bool
    chair: bool
    secretary: bool


@atomic
def add_host(code: str, name: str, sector: str, actor: Actor, now: datetime) -> Host:
    """A new organisation that runs calls."""
    if host_by_code(code) is not None:
        raise Refused(Reason.CODE_TAKEN, code=code)
    host = Host(code=code, name=name, sector=sector, contact_email="", created_at=now)
    db.session.add(host)
    record("host.added", f"host:{code}", actor=actor, now=now)
    return host


@atomic
def add_staff(host: Host, wanted: NewStaff, actor: Actor, now: datetime) -> str:
    """Let somebody work for a host, and write to that person.

    Who has no account gets one that is of use once its owner chose a passphrase: the secret of that link
    is returned, and is empty otherwise.
    """
    host = lock(host)
    if staff_by_email(host, wanted.email) is not None:
        raise Refused(Reason.STAFF_ALREADY)
    account = open_account(wanted.email, wanted.name or wanted.email.split("@")[0], wanted.language, now)
    db.session.add(Staff(host_id=host.id, account_id=account.id, role=wanted.role, since=now))
    sign_out_everywhere(account.id, now)
    _record("staff.added", host, account, actor, now, wanted.role)
    if account.verified_at is not None:
        post(emails.added(account, host), now)
        return ""
    secret = link_to_choose_passphrase(account, now, INVITATION_LASTS)
    post(emails.invited(account, host, secret), now)
    return secret


@atomic
def change_role(host: Host, staff: Staff, role: StaffRole, actor: Actor, now: datetime) -> None:
    """Give somebody another role. A host always keeps an owner."""
    _keep_an_owner(lock(host), staff, role)
    account = staff.account
    lock(staff).role = role
    sign_out_everywhere(account.id, now)
    _record("staff.role_changed", host, account, actor, now, role)


@atomic
def remove_staff(host: Host, staff: Staff, actor: Actor, now: datetime) -> None:
    """Somebody works for the host no longer. A host always keeps an owner."""
    _keep_an_owner(lock(host), staff, None)
    db.session.delete(staff)
    sign_out_everywhere(staff.account_id, now)
    _record("staff.removed", host, staff.account, actor, now, staff.role)


@atomic
def set_seconds(host: Host, kinds: SecondKinds, actor: Actor, now: datetime) -> None:
    """Say who may confirm what an officer of this host asks for. Somebody always may."""
    host = lock(host)
    _demand_a_second(kinds, named=len(seconds_named(host)))
    host.second_by_staff, host.second_by_chair = kinds.staff, kinds.chair
    host.second_by_secretary = kinds.secretary
    data = {"staff": kinds.staff, "chair": kinds.chair, "secretary": kinds.secretary}
    record("host.seconds_set", f"host:{host.code}", actor=actor, now=now, data=data)


@atomic
def name_second(host: Host, email: str, actor: Actor, now: datetime) -> None:
    """Let an officer of another host confirm acts of this one, and write to that person."""
    host = lock(host)
    account = officer_elsewhere(host, email)
    if account is None:
        raise Refused(Reason.SECOND_UNKNOWN)
    if second_by_email(host, email) is not None:
        raise Refused(Reason.SECOND_ALREADY)
    db.session.add(Second(host_id=host.id, account_id=account.id, since=now))
    record("second.named", f"host:{host.code}", actor=actor, now=now, data={"who": ref_of(account.id)})
    post(emails.named_second(account, host), now)


@atomic
def remove_second(host: Host, second: Second, actor: Actor, now: datetime) -> None:
    """Somebody of another host confirms no more."""
    host = lock(host)
    kinds = SecondKinds(host.second_by_staff, host.second_by_chair, host.second_by_secretary)
    _demand_a_second(kinds, named=len([one for one in seconds_named(host) if one is not second]))
    db.session.delete(second)
    record(
        "second.removed", f"host:{host.code}", actor=actor, now=now, data={"who": ref_of(second.account_id)}
    )


def _demand_a_second(kinds: SecondKinds, *, named: int) -> None:
    if not (kinds.staff or kinds.chair or kinds.secretary or named):
        raise Refused(Reason.SECOND_NEEDED)


def _keep_an_owner(host: Host, staff: Staff, role: StaffRole | None) -> None:
    """Somebody who can sign in has to own the host: an invitation that was not taken up does not count."""
    owners = {
        row.account_id
        for row in staff_of(host)
        if row.role == StaffRole.OWNER and row.account.verified_at is not None
    }
    if role != StaffRole.OWNER and owners == {staff.account_id}:
        raise Refused(Reason.LAST_OWNER)


def _record(action: str, host: Host, account: Account, actor: Actor, now: datetime, role: StaffRole) -> None:
    data = {"who": ref_of(account.id), "role": role.value}
    record(action, f"host:{host.code}", actor=actor, now=now, data=data)
