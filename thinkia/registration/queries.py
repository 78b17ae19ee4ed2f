"""Every SELECT about registrations."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import joinedload

from thinkia.accounts.models import Account, Purpose
from thinkia.accounts.queries import has_taken_back, tie_columns, ties
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.reasons import Reason
from thinkia.policy import Actor, TieKind
from thinkia.registration.models import Registration


@ties
def registration_ties() -> Select[Any]:
    columns = tie_columns(Registration.account_id, TieKind.REGISTERED, Registration.call_id, literal(""))
    return columns.where(Registration.withdrawn_at.is_(None))


def entry_of(call_id: int, account_id: int) -> Registration | None:
    """What became of a person in a call, also when he or she withdrew. With the account."""
    return db.session.scalar(
        select(Registration)
        .where(Registration.call_id == call_id, Registration.account_id == account_id)
        .options(joinedload(Registration.account))
    )


def own_registration(call: Call, actor: Actor) -> Registration | None:
    """The reader's registration in a call, while it stands. With the account."""
    if actor.account_id is None:
        return None
    entry = entry_of(call.id, actor.account_id)
    return entry if entry and entry.withdrawn_at is None else None


def looking_entries(account_id: int) -> Sequence[Registration]:
    """The person's registrations that say "I am looking for a team"."""
    statement = select(Registration).where(Registration.account_id == account_id, Registration.is_looking)
    return db.session.scalars(statement).all()


WITH_CALL = (
    joinedload(Registration.call).joinedload(Call.version),
    joinedload(Registration.call).joinedload(Call.host),
)


def keeps_out(call: Call, account: Account, actor: Actor) -> Reason | None:
    """What keeps a person out whatever the form says: a part in running the call, a consent taken back."""
    if actor.role(TieKind.STAFF, call.host_id) or actor.role(TieKind.JUROR, call.id):
        return Reason.STAFF_OR_JUROR
    if has_taken_back(account.id, Purpose.PARTICIPATION):
        return Reason.CONSENT_TAKEN_BACK
    return None


def own_registration_in(code: str, actor: Actor) -> Registration | None:
    """The reader's registration in the call of this code, while it stands. With the account and the call."""
    return db.session.scalar(
        select(Registration)
        .join(Registration.call)
        .where(
            Call.code == code,
            Registration.account_id == actor.account_id,
            Registration.withdrawn_at.is_(None),
        )
        .options(joinedload(Registration.account), *WITH_CALL)
    )


def applicant(actor: Actor) -> Account:
    """The account of who is signed in."""
    return db.session.get_one(Account, actor.account_id)


def registered_readers(call: Call) -> Select[Any]:
    """Who is registered, as one writes to them: account_id, email, language."""
    return (
        select(Account.id.label("account_id"), Account.email, Account.language)
        .join(Registration, Registration.account_id == Account.id)
        .where(Registration.call_id == call.id, Registration.withdrawn_at.is_(None))
        .order_by(Account.id)
    )
