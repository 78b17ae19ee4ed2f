"""Letters about appeals: a receipt, and that there is an answer. What was said stands on a page."""

from typing import Any

from flask_babel import lazy_gettext as _l

from thinkia.accounts.models import Account
from thinkia.appeals.models import Appeal
from thinkia.outside.mail import Letter, address


def received(appeal: Appeal, reader: Account) -> Letter:
    """The number, the moment and the fingerprint."""
    subject = _l("%(call)s: your team's appeal was received", call=_title(appeal, reader))
    return _letter(appeal, reader, "received", subject)


def answered(appeal: Appeal, reader: Account) -> Letter:
    """There is an answer, and where."""
    subject = _l("%(call)s: your team's appeal has an answer", call=_title(appeal, reader))
    return _letter(appeal, reader, "answered", subject)


def _title(appeal: Appeal, reader: Account) -> str:
    return appeal.call.bases.title.in_language(reader.language)[0]


def _letter(appeal: Appeal, reader: Account, name: str, subject: Any) -> Letter:
    context = {
        "name": reader.name,
        "title": _title(appeal, reader),
        "number": appeal.number,
        "received_at": appeal.received_at,
        "zone": appeal.call.bases.time_zone,
        "sha256": appeal.content_sha256,
        "link": address("appeals.show", number=appeal.number),
    }
    template = f"appeals/emails/{name}.txt"
    return Letter(reader.email, reader.language, subject, template, context, call_id=appeal.call_id)
