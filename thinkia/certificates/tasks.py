"""Sheets are drawn some at a time, each kept as soon as it is there: whoever goes on draws only the rest."""

from io import BytesIO
from typing import Any

from flask import current_app

from thinkia import clock
from thinkia.certificates import services
from thinkia.certificates.documents import document
from thinkia.certificates.models import Certificate
from thinkia.certificates.queries import DRAW, to_draw
from thinkia.domain.text import LANGUAGES
from thinkia.outside.outbox import task
from thinkia.outside.storage import Storage, digest


@task(DRAW)
def draw(call_id: int, first: int, last: int) -> dict[str, Any]:
    """Draw those of these numbers that are not there yet, in both languages."""
    waiting = to_draw(call_id, first, last)
    for certificate in waiting:
        services.keep(certificate, _files(certificate), clock.now())
    return {"drawn": len(waiting)}


def _files(certificate: Certificate) -> dict[str, str]:
    storage: Storage = current_app.extensions["storage"]
    kept = {}
    for language in LANGUAGES:
        sheet = BytesIO(document(certificate, language))
        kept[language], _size = digest(sheet)
        storage.put(sheet, kept[language])
    return kept
