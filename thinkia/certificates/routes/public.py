"""The page that confirms a certificate to anybody, and the sheet for whom it is about."""

from flask import Blueprint, abort, current_app
from flask.typing import ResponseReturnValue

from thinkia.certificates import queries
from thinkia.certificates.models import Certificate
from thinkia.certificates.wording import KINDS, did
from thinkia.domain.file_names import clean_name
from thinkia.outside.storage import Storage
from thinkia.policy import Action
from thinkia.web.attachments import attachment
from thinkia.web.pages import page
from thinkia.web.security import permit

bp = Blueprint("certificates", __name__)


@bp.get("/certificates/<code>")
@permit(Action.CERTIFICATE_SEE, load=queries.certificate_by_code)
def show(certificate: Certificate) -> ResponseReturnValue:
    """Whose it is, what it says, and whether it is valid. Where the QR leads."""
    return page(
        "certificates/show.html",
        certificate=certificate,
        kind=KINDS[certificate.kind],
        did=did(certificate.kind, certificate.details),
    )


@bp.get("/certificates/<code>/document/<language>")
@permit(Action.CERTIFICATE_OPEN, load=queries.certificate_with_files)
def document(certificate: Certificate, language: str) -> ResponseReturnValue:
    storage: Storage = current_app.extensions["storage"]
    kept = certificate.sha256(language)
    if kept is None or not storage.holds(kept):
        abort(404)
    name = clean_name(f"{certificate.printed_number} {certificate.name}.pdf")
    return attachment(storage.chunks(kept), name, "application/pdf")
