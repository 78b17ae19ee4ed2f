"""Letters about acts that two persons decide. No title of a proposal and no mark stands in one."""

from typing import Any

from flask_babel import lazy_gettext as _l

from thinkia.agreements.hooks import Second, act_of
from thinkia.agreements.models import Agreement
from thinkia.calls.models import Call
from thinkia.outside.mail import Letter, address


def asked(agreement: Agreement, call: Call, second: Second) -> Letter:
    """An act waits for you, or for another of those who may confirm."""
    subject = _l("%(call)s: something waits for a second person", call=_title(call, second.language))
    return _letter(agreement, call, (second.name, second.email, second.language), "asked", subject)


def decided(agreement: Agreement, call: Call) -> Letter:
    """What you asked for was confirmed, or refused."""
    who = agreement.asked_by
    subject = _l("%(call)s: what you asked for was decided", call=_title(call, who.language))
    return _letter(agreement, call, (who.name, who.email, who.language), "decided", subject)


def lapsed(agreement: Agreement, call: Call) -> Letter:
    """Nobody confirmed in time what you asked for."""
    who = agreement.asked_by
    subject = _l("%(call)s: nobody confirmed what you asked for", call=_title(call, who.language))
    return _letter(agreement, call, (who.name, who.email, who.language), "lapsed", subject)


def _title(call: Call, language: str) -> str:
    return call.bases.title.in_language(language)[0]


def _letter(agreement: Agreement, call: Call, to: tuple[str, str, str], name: str, subject: Any) -> Letter:
    reader, email, language = to
    context = {
        "name": reader,
        "title": _title(call, language),
        "act": act_of(agreement.kind).title,
        "label": agreement.label,
        "asked_by": agreement.asked_by.name,
        "decided_by": agreement.decided_by.name if agreement.decided_by else "",
        "state": agreement.state.value,
        "until": agreement.expires_at,
        "zone": call.bases.time_zone,
        "link": address("agreements.show", code=agreement.code),
    }
    return Letter(email, language, subject, f"agreements/emails/{name}.txt", context, call_id=call.id)
