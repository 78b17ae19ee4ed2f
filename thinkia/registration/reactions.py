"""What registrations do when a call changes or a consent is taken back, and what they tell of a call."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from thinkia.accounts import hooks as account_hooks
from thinkia.accounts.models import Account, Purpose
from thinkia.calls import hooks
from thinkia.db import db
from thinkia.registration import services
from thinkia.registration.queries import registered_readers


@hooks.audience
def everybody_registered(call: Any) -> Iterator[hooks.Reader]:
    for row in db.session.execute(registered_readers(call)):
        yield hooks.Reader(row.account_id, row.email, row.language)


@account_hooks.on_consent_taken_back
def stop_looking(account: Account, purpose: str, _now: datetime) -> None:
    if purpose == Purpose.FINDABLE:
        services.stop_looking(account)
