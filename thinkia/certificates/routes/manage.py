"""Certificates as the organisers see them: who gets one, making them, how far they are, taking one back."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.certificates import queries, services
from thinkia.certificates.documents import sample, sample_picture
from thinkia.certificates.forms import RevocationForm
from thinkia.certificates.models import Certificate
from thinkia.certificates.wording import KINDS, WHO
from thinkia.domain.certificates import missing, unfounded
from thinkia.domain.file_names import clean_name
from thinkia.domain.reasons import Refused
from thinkia.domain.text import LANGUAGES
from thinkia.outside.storage import Storage
from thinkia.policy import Action
from thinkia.web.archives import streamed_zip
from thinkia.web.attachments import attachment
from thinkia.web.errors import sentence
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit

bp = Blueprint("certificates_manage", __name__, url_prefix="/manage/calls/<code>/certificates")


@bp.get("")
@permit(Action.CERTIFICATES_SEE, load=call_by_code)
def index(call: Call) -> ResponseReturnValue:
    """Who will get one, how it looks, and those that there are."""
    due, standing = queries.due(call), queries.standing(call)
    wanted, have = Counter(one.kind for one in due), Counter(one.kind for one in standing)
    return manage_page(
        "certificates/manage.html",
        call,
        rows=[(KINDS[kind], WHO[kind], wanted[kind], have[kind]) for kind in WHO],
        new=len(missing(due, standing)),
        unfounded=len(unfounded(due, standing)),
        found=listing(queries.certificates(call), page_number()),
        kinds=KINDS,
        languages=LANGUAGES,
        page_address=lambda at: url_for(".index", code=call.code, page=at),
        **_drawing(call),
    )


@bp.post("")
@permit(Action.CERTIFICATES_MANAGE, load=call_by_code)
def make(call: Call) -> ResponseReturnValue:
    try:
        services.make(call, current_actor(), now())
    except Refused as refused:
        flash(sentence(refused), "error")
    return redirect(url_for(".index", code=call.code))


@bp.get("/progress")
@permit(Action.CERTIFICATES_SEE, load=call_by_code)
def progress(call: Call) -> ResponseReturnValue:
    """How many are drawn; the page asks again until all are."""
    return page("certificates/_drawing.html", call=call, **_drawing(call))


@bp.get("/sample/<language>")
@permit(Action.CERTIFICATES_SEE, load=call_by_code)
def sample_document(call: Call, language: str) -> ResponseReturnValue:
    """How one will look, to print it."""
    content = sample(call, now(), _known(language))
    return attachment([content], _("certificate") + ".pdf", "application/pdf", len(content))


@bp.get("/sample/<language>/picture")
@permit(Action.CERTIFICATES_SEE, load=call_by_code)
def sample_image(call: Call, language: str) -> ResponseReturnValue:
    """The same as a picture, for the page."""
    return Response(sample_picture(call, now(), _known(language)), mimetype="image/png")


@bp.post("/archive")
@permit(Action.CERTIFICATES_MANAGE, load=call_by_code)
def archive(call: Call) -> ResponseReturnValue:
    """All of them, a folder for each language, sent while it is put together."""
    found = queries.drawn(call)
    if not found:
        abort(404)
    services.note_download(call, len(found), current_actor(), now())
    storage: Storage = current_app.extensions["storage"]
    name = _("certificates")
    return attachment(
        streamed_zip(_entries(found, storage), now()), f"{name}-{call.code}.zip", "application/zip"
    )


@bp.route("/<certificate>/revocation", methods=["GET", "POST"])
@permit(Action.CERTIFICATE_REVOKE, load=queries.certificate_in_call)
def revoke(certificate: Certificate) -> ResponseReturnValue:
    call, form = certificate.call, RevocationForm()
    if form.validate_on_submit():
        services.revoke(certificate, form.reason.data, current_actor(), now())
        flash(_("The certificate is no longer valid. Its owner has been written to."), "success")
        return redirect(url_for(".index", code=call.code))
    status = 422 if form.is_submitted() else 200
    return manage_page(
        "certificates/revoke.html", call, certificate=certificate, form=form, kinds=KINDS, status=status
    )


@bp.route("/revocation", methods=["GET", "POST"])
@permit(Action.CERTIFICATES_MANAGE, load=call_by_code)
def revoke_unfounded(call: Call) -> ResponseReturnValue:
    """After a corrected result: those that say something else than it does."""
    form = RevocationForm()
    if form.validate_on_submit():
        count = services.revoke_unfounded(call, form.reason.data, current_actor(), now())
        done = ngettext(
            "%(num)d certificate is no longer valid.", "%(num)d certificates are no longer valid.", count
        )
        flash(done, "success")
        return redirect(url_for(".index", code=call.code))
    found = unfounded(queries.due(call), queries.standing(call))
    status = 422 if form.is_submitted() else 200
    return manage_page(
        "certificates/revoke.html", call, certificates=found, form=form, kinds=KINDS, status=status
    )


def _drawing(call: Call) -> dict[str, Any]:
    drawn, of = queries.drawn_of_all(call)
    return {"drawn": drawn, "of": of, "failed": drawn < of and bool(queries.failed_draws(call))}


def _known(language: str) -> str:
    if language not in LANGUAGES:
        abort(404)
    return language


def _entries(found: Any, storage: Storage) -> Iterator[tuple[str, Iterator[bytes]]]:
    for certificate in found:
        name = clean_name(f"{certificate.printed_number} {certificate.name}.pdf")
        for language in LANGUAGES:
            kept = certificate.sha256(language)
            if storage.holds(kept):
                yield f"{language}/{name}", storage.chunks(kept)
