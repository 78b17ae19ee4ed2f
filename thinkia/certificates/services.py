"""Giving certificates, keeping their files, and taking one back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.certificates import emails
from thinkia.certificates.models import Certificate
from thinkia.certificates.queries import DRAW, WITH_PEOPLE, due, failed_draws, last_number, standing
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.certificates import CertificateKind, missing, unfounded
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.outside.mail import post
from thinkia.outside.outbox import enqueue, try_again
from thinkia.policy import Actor

AT_ONCE = 50  # drawn by one task


@atomic
def make(call: Call, actor: Actor, now: datetime) -> int:
    """Give everybody the certificate that is due and not there yet; the sheets are drawn afterwards.

    A second time gives nothing new, and lets drawing that had failed begin again. Returns how many are new.
    """
    call = lock(call, *WITH_BASES)
    if call.results_published_at is None:
        raise Refused(Reason.RESULT_NOT_PUBLIC)
    number = last_number(call)
    rows = [
        Certificate(
            call_id=call.id,
            account_id=one.account_id,
            kind=one.kind,
            number=number + place,
            name=one.name,
            details=dict(one.details),
            issued_at=now,
        )
        for place, one in enumerate(missing(due(call), standing(call)), 1)
    ]
    db.session.add_all(rows)
    db.session.flush()
    _ask_to_draw(call, rows, now)
    if rows:
        counts = {kind.value: sum(row.kind is kind for row in rows) for kind in CertificateKind}
        about = f"call:{call.code}"
        record("certificates.issued", about, actor=actor, now=now, call_id=call.id, data=counts)
    return len(rows)


@atomic
def keep(certificate: Certificate, files: Mapping[str, str], now: datetime) -> None:
    """Note where the files of one are, and write to its owner. Once, however often it was drawn."""
    known = lock(certificate, *WITH_PEOPLE)
    if known.es_sha256 is not None or known.revoked_at is not None:
        return
    known.es_sha256, known.en_sha256 = files["es"], files["en"]
    key = f"certificates.ready:{known.call_id}:{known.account_id}:{known.issued_at.isoformat()}"
    post(emails.ready(known), now, dedupe_key=key)


@atomic
def revoke(certificate: Certificate, reason: str, actor: Actor, now: datetime) -> None:
    """Say that one is valid no more; its owner is told why. The reason is not public."""
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    _revoke(lock(certificate, *WITH_PEOPLE), reason.strip(), actor, now)


@atomic
def revoke_unfounded(call: Call, reason: str, actor: Actor, now: datetime) -> int:
    """The same for all that say something else than the result that is public now. Returns how many."""
    call = lock(call, *WITH_BASES)
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    found = unfounded(due(call), standing(call))
    for each in found:
        _revoke(lock(each, *WITH_PEOPLE), reason.strip(), actor, now)
    return len(found)


@atomic
def note_download(call: Call, count: int, actor: Actor, now: datetime) -> None:
    """All of them left the platform as one archive."""
    data = {"certificates": count}
    about = f"call:{call.code}"
    record("certificates.downloaded", about, actor=actor, now=now, call_id=call.id, data=data)


def _ask_to_draw(call: Call, rows: Sequence[Certificate], now: datetime) -> None:
    for begin in range(0, len(rows), AT_ONCE):
        first, last = rows[begin].number, rows[begin : begin + AT_ONCE][-1].number
        key = f"{DRAW}:{call.id}:{first}"
        enqueue(DRAW, now, dedupe_key=key, call_id=call.id, first=first, last=last)
    for failed in failed_draws(call):
        try_again(failed, now)


def _revoke(certificate: Certificate, reason: str, actor: Actor, now: datetime) -> None:
    if certificate.revoked_at is not None:
        return
    certificate.revoked_at, certificate.revoked_reason = now, reason
    about, call_id = f"certificate:{certificate.printed_number}", certificate.call_id
    record("certificates.revoked", about, actor=actor, now=now, call_id=call_id)
    if certificate.es_sha256 is not None:
        post(emails.revoked(certificate), now, dedupe_key=f"certificates.revoked:{certificate.id}")
