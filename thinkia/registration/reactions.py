"""What registrations do when a call changes, and what they tell of it."""

from collections.abc import Iterator
from typing import Any

from thinkia.calls import hooks
from thinkia.db import db
from thinkia.registration.queries import registered_readers


@hooks.audience
def everybody_registered(call: Any) -> Iterator[hooks.Reader]:
    for row in db.session.execute(registered_readers(call)):
        yield hooks.Reader(row.account_id, row.email, row.language)
