"""Exports from the organiser's page, and the log of what left the platform."""

from flask import Blueprint, Response, current_app, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.exports import services
from thinkia.exports.exporting import Wanted, left_of, make
from thinkia.exports.forms import AskedForm, ExportForm
from thinkia.exports.models import Group
from thinkia.exports.queries import exports_so_far
from thinkia.exports.tables import NAMES, PRESETS
from thinkia.exports.wording import asking
from thinkia.exports.wording.tables import TABLES
from thinkia.policy import Action
from thinkia.results.queries import marks_wait_for
from thinkia.web.export import Style, Writing
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
    form.preset.choices = [SelectChoice(name, asking.PRESETS[name]) for name in PRESETS]
    form.tables.choices = [SelectChoice(name, TABLES[name]) for name in NAMES]
    if form.validate_on_submit():
        return _export(call, _wanted(form, with_marks=not left))
    return manage_page(
        "exports/exports.html",
        call,
        status=422 if form.is_submitted() else 200,
        form=form,
        groups=tuple(Group),
        group_words=asking.GROUPS,
        left=left,
        found=listing(exports_so_far(call), page_number(), per_page=LOGGED),
        page_address=lambda number: url_for(".index", code=call.code, page=number),
    )


def _wanted(form: AskedForm, *, with_marks: bool) -> Wanted:
    """What was asked for. Columns about persons go out only with the purpose that was written."""
    return Wanted(
        style=Style(form.style.data),
        tables=form.tables.data or PRESETS[form.preset.data],
        purposes=form.purposes,
        with_marks=with_marks,
        writing=Writing(bom=bool(form.bom.data), semicolons=bool(form.semicolons.data)),
    )


def _export(call: Call, wanted: Wanted) -> Response:
    made = make(call, wanted, now(), current_app.extensions["storage"])
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
