"""Exports from the organiser's page, and the log of what left the platform."""

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.reasons import Reason, Refused
from thinkia.exports import services
from thinkia.exports.exporting import Wanted, left_of, make
from thinkia.exports.forms import ExportForm
from thinkia.exports.queries import exports_so_far
from thinkia.exports.tables import NAMES
from thinkia.exports.wording import TABLES
from thinkia.policy import Action
from thinkia.results.queries import marks_wait_for
from thinkia.web.export import Style
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit

LOGGED = 20

bp = Blueprint("exports", __name__)


@bp.route("/manage/calls/<code>/exports", methods=["GET", "POST"])
@permit(Action.CALL_EXPORT, load=call_by_code)
def index(call: Call) -> ResponseReturnValue:
    """The form and the log; asked by POST, the file."""
    form, left = ExportForm(), marks_wait_for(call)
    form.tables.choices = [SelectChoice(name, TABLES[name]) for name in NAMES]
    if form.validate_on_submit():
        try:
            return _export(call, _wanted(form, with_marks=not left))
        except Refused as refused:
            form.refuse(refused, "purpose")
    return manage_page(
        "exports/exports.html",
        call,
        status=422 if form.is_submitted() else 200,
        form=form,
        left=left,
        found=listing(exports_so_far(call), page_number(), per_page=LOGGED),
        page_address=lambda number: url_for(".index", code=call.code, page=number),
    )


def _wanted(form: ExportForm, *, with_marks: bool) -> Wanted:
    """What was asked for. Addresses go out only with the purpose that was written."""
    purpose = (form.purpose.data or "").strip()
    if form.with_emails.data and not purpose:
        raise Refused(Reason.PURPOSE_NEEDED)
    return Wanted(
        style=Style(form.style.data),
        tables=form.tables.data or (),
        with_emails=bool(form.with_emails.data),
        with_marks=with_marks,
        bom=bool(form.bom.data),
        purpose=purpose if form.with_emails.data else "",
    )


def _export(call: Call, wanted: Wanted) -> Response:
    made = make(call, wanted, now())
    try:
        services.note_export(call, left_of(made, wanted), current_actor(), now())
    except BaseException:
        made.file.close()
        raise
    headers = {
        "Content-Disposition": f"attachment; filename={made.name}",
        "Content-Length": str(made.size),
        "Cache-Control": "no-store",
    }
    return Response(made.chunks(), headers=headers, content_type=made.media_type)
