"""Marks that jurors gave elsewhere come in with a sheet: the template, and all that is wrong at once."""

import io
from typing import Any

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.agreements.models import ref_in_round
from thinkia.agreements.queries import waiting_about
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.reasons import Refused
from thinkia.jury.forms.mark_sheet import MarkSheetForm
from thinkia.jury.mark_sheet import Brought, read_sheet, template, wrong_words
from thinkia.jury.queries.sheets import Place, sheet_rows, why_no_sheet
from thinkia.jury.routes.door import manage as bp
from thinkia.jury.services import sheets as services
from thinkia.policy import Action
from thinkia.web.attachments import attachment
from thinkia.web.errors import sentence
from thinkia.web.export import MEDIA_TYPES, About, Style, Writing, write
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit
from thinkia.web.sheets import Unreadable, unreadable

SHOWN = 100  # things to put right; a sheet that has more is a different file


@bp.get("/marks/template.<any(csv,xlsx):ending>")
@permit(Action.JURY_MANAGE, load=call_by_code)
def marks_template(call: Call, ending: str) -> Response:
    """A row for each review that is empty still, a column for each criterion."""
    file, about = io.BytesIO(), About(_("Marks"), now(), "")
    write(file, Style(ending), [template(call.bases.rubric, sheet_rows(call))], about, Writing(bom=True))
    content, name = file.getvalue(), _("marks")
    return attachment([content], f"{name}-{call.code}.{ending}", MEDIA_TYPES[ending], len(content))


@bp.route("/marks", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=call_by_code)
def import_marks(call: Call) -> ResponseReturnValue:
    """A sheet becomes one request that somebody else confirms; or all that is wrong with it, by row."""
    form, wrong = MarkSheetForm(), list[str]()
    if form.validate_on_submit():
        try:
            found = read_sheet(form.content, call.bases.rubric, sheet_rows(call))
            wrong = [wrong_words(one) for one in found.wrong]
            if not wrong:
                return _asked(call, found, form)
        except Unreadable as problem:
            form.file.errors = [unreadable(problem)]
        except Refused as refused:
            form.refuse(refused)
            call = call_by_code(call.code) or abort(404)
    why, ref = why_no_sheet(call, current_actor().account_id, now()), ref_in_round(call, f"sheet:{call.id}")
    shown: dict[str, Any] = {"form": form, "wrong": wrong[:SHOWN], "more": max(0, len(wrong) - SHOWN)}
    shown |= {
        "hindered": sentence(Refused(why)) if why else "",
        "waits": waiting_about([ref], now()).get(ref),
    }
    shown |= {"empty": sum(row.place is Place.EMPTY for row in sheet_rows(call))}
    status = 422 if form.is_submitted() else 200
    return manage_page("jury/manage/import_marks.html", call, status=status, **shown)


def _asked(call: Call, found: Brought, form: MarkSheetForm) -> ResponseReturnValue:
    waits = services.ask_to_bring_in(call, found.ballots, form.reason.data or "", current_actor(), now())
    flash(_("Asked. It waits for a second person; we have written to those who may confirm."), "success")
    return redirect(url_for("agreements.show", code=waits.code))
