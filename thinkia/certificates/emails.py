"""Letters to those who have a certificate. They lead to one's own space: no file goes by mail."""

from typing import Any

from flask_babel import lazy_gettext as _l

from thinkia.certificates.models import Certificate
from thinkia.outside.mail import Letter, address


def ready(certificate: Certificate) -> Letter:
    """It can be downloaded."""
    title = _title(certificate)
    return _letter(certificate, "ready", _l("%(call)s: your certificate", call=title))


def revoked(certificate: Certificate) -> Letter:
    """It is valid no more, and why."""
    title = _title(certificate)
    subject = _l("%(call)s: your certificate is no longer valid", call=title)
    return _letter(certificate, "revoked", subject)


def _title(certificate: Certificate) -> str:
    return certificate.call.bases.title.in_language(certificate.account.language)[0]


def _letter(certificate: Certificate, name: str, subject: Any) -> Letter:
    person, call = certificate.account, certificate.call
    context = {
        "name": person.name,
        "title": _title(certificate),
        "host": call.host.name,
        "number": certificate.printed_number,
        "reason": certificate.revoked_reason,
        "contact": call.bases.contact_email,
        "link": address("home.desk"),
    }
    template = f"certificates/emails/{name}.txt"
    return Letter(person.email, person.language, subject, template, context, call_id=call.id)
