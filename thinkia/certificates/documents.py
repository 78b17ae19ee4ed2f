"""The sheet itself, as PDF and as a picture, in either language."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from thinkia.calls.models import Call
from thinkia.certificates.models import Certificate
from thinkia.certificates.wording import KINDS, did, lines
from thinkia.domain.certificates import CertificateKind
from thinkia.outside.documents import pdf, picture, qr_drawing
from thinkia.outside.mail import address
from thinkia.web.locale import day
from thinkia.web.pages import plain

TEMPLATE = "certificates/templates/certificate.typ"
SAMPLE_CODE = "0" * 20


def document(certificate: Certificate, language: str) -> bytes:
    """The sheet as tagged PDF. The same certificate gives the same bytes."""
    return pdf(TEMPLATE, _data(certificate, language), language, certificate.issued_at)


def sample(call: Call, now: datetime, language: str) -> bytes:
    """How one of this call will look, with a made-up person: as PDF."""
    return pdf(TEMPLATE, _data(_made_up(call, now, language), language), language, now)


def sample_picture(call: Call, now: datetime, language: str) -> bytes:
    """The same to be looked at."""
    data = _data(_made_up(call, now, language), language)
    return _picture(language, tuple((key, tuple(v) if isinstance(v, list) else v) for key, v in data.items()))


@lru_cache(maxsize=16)
def _picture(language: str, data: tuple[tuple[str, Any], ...]) -> bytes:
    return picture(TEMPLATE, dict(data), language, dots=60)


def _made_up(call: Call, now: datetime, language: str) -> Certificate:
    with force_locale(language):
        work = {"title": _("Title of the proposal"), "team": _("Name of the team")}
        return Certificate(
            code=SAMPLE_CODE,
            call=call,
            kind=CertificateKind.PARTICIPATION,
            number=0,
            name=_("Name of the person"),
            details={"works": [work]},
            issued_at=now,
        )


def _data(certificate: Certificate, language: str) -> dict[str, Any]:
    call = certificate.call
    where = address("certificates.show", code=certificate.code)
    with force_locale(language):
        kind = str(KINDS[certificate.kind])
        return {
            "title": f"{kind}: {certificate.name}",
            "kind": kind,
            "certifies": _("%(host)s certifies that", host=call.host.name),
            "name": certificate.name,
            "did": did(certificate.kind, certificate.details),
            "call": plain(call.bases.title),
            "lines": lines(certificate.kind, certificate.details),
            "issued": _("Issued on %(date)s", date=day(certificate.issued_at, call.bases.time_zone)),
            "number": _("Certificate no. %(number)s", number=certificate.printed_number),
            "confirms": _("This page, which the QR code opens, says whether it is valid:"),
            "address": where,
            "qr": qr_drawing(where),
            "qr_words": _(
                "QR code of the page that confirms certificate %(number)s", number=certificate.printed_number
            ),
        }
