"""The plan as a CSV file: out, to be changed in a spreadsheet, and in again, to be looked over."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.calls.wording.evaluators import group_titles
from thinkia.domain.assignment import Violation
from thinkia.domain.lifecycle import PlanState
from thinkia.domain.reasons import Refused
from thinkia.jury.forms.plan_sheet import PlanSheetForm
from thinkia.jury.plan_sheet import COLUMNS, NotAPlanError, Wrong
from thinkia.jury.queries.panels import open_plan, pairs_standing, submissions_to_read
from thinkia.jury.queries.people import jurors_of
from thinkia.jury.routes.door import asked
from thinkia.jury.routes.door import manage as bp
from thinkia.jury.services import plan_import
from thinkia.jury.wording.panels import broken_words
from thinkia.jury.wording.plan_files import fault_sentence
from thinkia.policy import Action
from thinkia.web.attachments import attachment
from thinkia.web.export import MEDIA_TYPES, About, Column, Style, Table, Value, Writing, write
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit

SHOWN = 100  # things to put right; a sheet that has more is a different file


@bp.get("/panels/plan.csv")
@permit(Action.JURY_SEE, load=call_by_code)
def plan_file(call: Call) -> Response:
    """The plan that waits, or the panels as they stand: a row a reading, names and titles for the reader."""
    plan = open_plan(call)
    waits = plan is not None and plan.state is PlanState.PROPOSED
    pairs = plan.seats if plan is not None and waits else pairs_standing(call)
    titles = {row.code: row.title for row in submissions_to_read(call)}
    jurors = {juror.code: juror for juror in jurors_of(call)}
    grouped = bool(call.bases.jury.groups)

    def rows() -> Iterator[Sequence[Value]]:
        for pair in sorted(pairs):
            juror = jurors.get(pair.juror)
            told = (titles.get(pair.submission, ""), juror.name if juror else "")
            group = (juror.evaluators if juror else "",) if grouped else ()
            yield pair.submission, pair.juror, pair.sector, *told, *group

    file = io.BytesIO()
    columns = (*COLUMNS, "group") if grouped else COLUMNS
    table = Table("panels", tuple(map(Column, columns)), rows)
    write(file, Style.CSV, [table], About(_("Panels"), now(), ""), Writing(bom=True))
    part = f"-{plan.number}" if plan is not None and waits else ""
    name, content = _("panels"), file.getvalue()
    return attachment([content], f"{name}-{call.code}{part}.csv", MEDIA_TYPES["csv"], len(content))


@bp.route("/panels/import", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=call_by_code)
def import_plan(call: Call) -> ResponseReturnValue:
    """A sheet becomes a proposed plan; or everything that is wrong with it, by row."""
    form, wrong = PlanSheetForm(), list[str]()
    if form.validate_on_submit():
        try:
            plan = plan_import.bring_in(call, form.content, current_actor(), now())
        except (Refused, NotAPlanError) as problem:
            call = call_by_code(asked()["code"]) or abort(404)
            wrong = _refused(form, problem, call)
        else:
            told = ngettext(
                "%(num)d review was brought in as a plan. Look it over: nobody has been told anything.",
                "%(num)d reviews were brought in as a plan. Look it over: nobody has been told anything.",
                len(plan.pairs),
            )
            flash(told, "success")
            return redirect(url_for(".panels", code=asked()["code"]))
    status, waits = 422 if form.is_submitted() else 200, open_plan(call)
    shown: dict[str, Any] = {"form": form, "wrong": wrong[:SHOWN], "more": max(0, len(wrong) - SHOWN)}
    return manage_page("jury/manage/import_plan.html", call, status=status, waits=waits, **shown)


def _refused(form: PlanSheetForm, problem: Refused | NotAPlanError, call: Call) -> list[str]:
    if isinstance(problem, Refused):
        form.refuse(problem, "file")
        return []
    names, groups = {juror.code: juror.name for juror in jurors_of(call)}, group_titles(call.bases.jury)
    return [_sentence(each, names, groups) for each in problem.wrong]


def _sentence(wrong: Wrong, names: Mapping[str, str], groups: Mapping[str, str]) -> str:
    """As in "Row 12: Ana Cango has a conflict with this proposal."."""
    what = wrong.what
    if isinstance(what, Violation):
        told = broken_words(what, names, groups)
        told = f"{what.submission}: {told}" if what.submission else told
    else:
        told = fault_sentence(what.kind, what.params)
    return _("Row %(row)s: %(what)s", row=wrong.row, what=told) if wrong.row else told
