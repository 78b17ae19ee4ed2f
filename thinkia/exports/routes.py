"""Exports from the organiser's page, and the log of what left the platform."""

import json

from flask import Blueprint, Response, abort, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.exports import services
from thinkia.exports.exporting import left_of, make
from thinkia.exports.forms import AskedForm, ExportForm
from thinkia.exports.models import Export, Group, Wanted
from thinkia.exports.prizes import prizes_of
from thinkia.exports.queries import export_in_call, exports_so_far, own_exports, rows_of
from thinkia.exports.services import KEPT
from thinkia.exports.tables import NAMES, PRESETS
from thinkia.exports.wording import asking
from thinkia.exports.wording.tables import TABLES
from thinkia.outside.mail import address
from thinkia.outside.storage import Storage
from thinkia.policy import Action
from thinkia.results.queries import marks_wait_for
from thinkia.web.attachments import attachment
from thinkia.web.export import MEDIA_TYPES, Style, Writing
from thinkia.web.listing import listing, page_number
from thinkia.web.locale import language
from thinkia.web.navigation import manage_page
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit

LOGGED = 20
MOST_AT_ONCE = 5_000  # rows that are made while one waits

bp = Blueprint("exports", __name__)


@bp.route("/manage/calls/<code>/exports", methods=["GET", "POST"])
@permit(Action.CALL_EXPORT, load=call_by_code)
def index(call: Call) -> ResponseReturnValue:
    """The form and the log; asked by POST, the file."""
    form, left = ExportForm(), marks_wait_for(call)
    form.preset.choices = [SelectChoice(name, asking.PRESETS[name]) for name in PRESETS]
    form.tables.choices = [SelectChoice(name, TABLES[name]) for name in NAMES]
    if form.validate_on_submit():
        wanted = _wanted(form, with_marks=not left)
        if wanted.has_files or rows_of(call, wanted.tables) > MOST_AT_ONCE:
            return _ask(call, wanted)
        return _export(call, wanted)
    return manage_page(
        "exports/exports.html",
        call,
        status=422 if form.is_submitted() else 200,
        form=form,
        groups=tuple(Group),
        group_words=asking.GROUPS,
        left=left,
        prized=prizes_of(call, language(), address) is not None,
        own=own_exports(call, current_actor(), now() - KEPT),
        now=now(),
        found=listing(exports_so_far(call), page_number(), per_page=LOGGED),
        page_address=lambda number: url_for(".index", code=call.code, page=number),
    )


@bp.get("/manage/calls/<code>/exports/<export>")
@permit(Action.EXPORT_SEE, load=export_in_call)
def take(export: Export) -> Response:
    """The file, for whom it was made, while it is kept."""
    storage: Storage = current_app.extensions["storage"]
    if not export.is_kept(now()) or not storage.holds(export.sha256 or ""):
        abort(404)
    name = export.name or ""
    kind = MEDIA_TYPES[name.rpartition(".")[2]]
    response = attachment(storage.chunks(export.sha256 or ""), name, kind, export.size)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/manage/calls/<code>/exports/<export>/progress")
@permit(Action.EXPORT_SEE, load=export_in_call)
def progress(export: Export) -> ResponseReturnValue:
    """How far it is: the part of the page that asks for itself."""
    return page("exports/_own.html", call=export.call, each=export, now=now())


@bp.get("/calls/<code>/results/prizes.json")
@permit(Action.RESULTS_SEE, load=call_by_code)
def prizes(call: Call) -> Response:
    """Prizes as 360Giving JSON, for anybody; not there where the bases let none be public."""
    found = prizes_of(call, language(), address)
    if found is None:
        abort(404)
    return Response(f"{json.dumps(found, ensure_ascii=False, indent=2)}\n", mimetype="application/json")


def _ask(call: Call, wanted: Wanted) -> ResponseReturnValue:
    services.ask(call, wanted, language(), current_actor(), now())
    flash(_("It is being made. You can leave this page: the file waits here for you."), "success")
    return redirect(url_for(".index", code=call.code, _anchor="own"))


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
