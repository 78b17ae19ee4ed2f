"""The accounts of sample people. All share one passphrase, which the console shows."""

from datetime import date, datetime
from functools import cache

from thinkia.accounts.models import Account, Purpose
from thinkia.accounts.queries import account_by_email, actor_of
from thinkia.accounts.services import agree
from thinkia.db import db
from thinkia.demo.people import Person
from thinkia.web.passwords import chosen

PASSPHRASE = "cinco nodos en un anillo"  # noqa: S105 - sample people only; refused in production


@cache
def hashed_once(passphrase: str) -> str:
    """One hash for all who share it: argon2id is slow on purpose."""
    return chosen(passphrase)


def sample_account(person: Person, now: datetime) -> Account:
    """The verified account of a sample person, made when it is first needed."""
    known = account_by_email(person.email)
    if known is not None:
        return known
    account = Account(
        email=person.email,
        name=person.name,
        password_hash=hashed_once(PASSPHRASE),
        birth_date=date(1994, 5, 24),
        province=person.province,
        canton=person.canton,
        institution=person.institution,
        created_at=now,
        verified_at=now,
        password_changed_at=now,
    )
    db.session.add(account)
    db.session.flush()
    agree(account, Purpose.PARTICIPATION, actor_of(account), now)
    return account
