"""Writing the journal: always in the transaction of what it tells."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

import rfc8785

from thinkia.db import db
from thinkia.db.transaction import atomic
from thinkia.journal.models import Entry, Pseudonym
from thinkia.journal.queries import pseudonym
from thinkia.policy import Actor

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]


@atomic
def record(
    action: str,
    object_ref: str,
    *,
    actor: Actor,
    now: datetime,
    call_id: int | None = None,
    data: Mapping[str, Value] | None = None,
) -> Entry:
    """Add one line. ``data`` holds integers, strings and codes only: no names, no addresses, no free text."""
    at = now.astimezone(UTC).isoformat(timespec="microseconds")
    actor_ref = _ref(actor, call_id)
    body: dict[str, Value] = {
        "action": action,
        "actor": actor_ref,
        "at": at,
        "object": object_ref,
        "data": dict(data or {}),
    }
    entry = Entry(
        at=now,
        action=action,
        actor_ref=actor_ref,
        object_ref=object_ref,
        call_id=call_id,
        body=rfc8785.dumps(body).decode(),
    )
    db.session.add(entry)
    return entry


def _ref(actor: Actor, call_id: int | None) -> str:
    """The actor's pseudonym in this call, or on the site."""
    if actor.account_id is None:
        return "system" if actor.is_system else "visitor"
    return ref_of(actor.account_id, call_id)


@atomic
def ref_of(account_id: int, call_id: int | None = None) -> str:
    """The pseudonym of an account in this call, or on the site: for lines about somebody else."""
    scope = f"call:{call_id}" if call_id else "site"
    known = pseudonym(scope, account_id)
    if known is None:
        known = Pseudonym(scope=scope, account_id=account_id, ref=f"p-{secrets.token_hex(8)}")
        db.session.add(known)
        db.session.flush()
    # The session forgets a row that nobody holds, and thousands of lines of one person looked it up each.
    db.session.info.setdefault("pseudonyms", {})[scope, account_id] = known
    return known.ref
