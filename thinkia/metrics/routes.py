"""The organisers' pages of metrics: what is measured, its values, and a sheet of them."""

import io
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.agreements.queries import waiting_about
from thinkia.calls.models import Call
from thinkia.domain.measuring import Metric, metrics_of
from thinkia.domain.reasons import Refused
from thinkia.metrics import queries, services, wording
from thinkia.metrics.forms import ReasonForm, SheetForm, TypedValues
from thinkia.metrics.queries import call_measuring, why_not
from thinkia.metrics.sheet import read_sheet, template, wrong_words
from thinkia.policy import Action
from thinkia.web.attachments import attachment
from thinkia.web.errors import sentence
from thinkia.web.export import MEDIA_TYPES, About, Style, Writing, write
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit
from thinkia.web.sheets import Unreadable, unreadable

bp = Blueprint("metrics_manage", __name__, url_prefix="/manage/calls/<code>/results/metrics")
SHOWN = 100  # things to put right; a sheet that has more is a different file
NAMED = 12  # proposals without a value, by code


@bp.get("")
@permit(Action.RESULTS_OVERSEE, load=call_measuring)
def index(call: Call) -> ResponseReturnValue:
    """Every metric of the rules: what it counts for, and how many proposals have a value."""
    every, known, codes = (
        metrics_of(call.bases.ranking_rules),
        queries.values_of(call),
        queries.competing(call),
    )
    without = {one.code: [code for code in codes if code not in known[one.code]] for one in every}
    return manage_page(
        "metrics/index.html",
        call,
        metrics=every,
        total=len(codes),
        without=without,
        named=NAMED,
        waits=waiting_about([queries.ref_of_metric(call, one.code) for one in every], now()),
        ref=queries.ref_of_metric,
        w=wording,
    )


@bp.get("/<metric>")
@permit(Action.RESULTS_OVERSEE, load=call_measuring)
def values(call: Call, metric: str) -> ResponseReturnValue:
    """What stands beside each proposal, to be typed over."""
    return _values(call, _metric(call, metric), ReasonForm(formdata=None))


@bp.post("/<metric>")
@permit(Action.RESULTS_PROPOSE, load=call_measuring)
def enter(call: Call, metric: str) -> ResponseReturnValue:
    """Ask that what was typed counts. Somebody else confirms it first."""
    known, form = _metric(call, metric), ReasonForm()
    typed = TypedValues(known, list(queries.competing(call)), request.form)
    if not form.validate_on_submit() or typed.faults:
        return _values(call, known, form, typed)
    try:
        return _asked(call, known, typed.values, form)
    except Refused as refused:
        form.refuse(refused)
        return _values(_again(call), known, form, typed)


@bp.route("/<metric>/sheet", methods=["GET", "POST"])
@permit(Action.RESULTS_PROPOSE, load=call_measuring)
def sheet(call: Call, metric: str) -> ResponseReturnValue:
    """A sheet of values becomes one request; or everything that is wrong with it, by row."""
    known, form, wrong = _metric(call, metric), SheetForm(), list[str]()
    if form.validate_on_submit():
        try:
            found = read_sheet(form.content, known, queries.competing(call))
            wrong = [wrong_words(one, known) for one in found.wrong]
            if not wrong:
                return _asked(call, known, found.values, form)
        except Unreadable as problem:
            form.file.errors = [unreadable(problem)]
        except Refused as refused:
            form.refuse(refused)
            call = _again(call)
    shown: dict[str, Any] = {"form": form, "wrong": wrong[:SHOWN], "more": max(0, len(wrong) - SHOWN)}
    status = 422 if form.is_submitted() else 200
    return manage_page("metrics/sheet.html", call, status=status, **_about(call, known), **shown)


@bp.get("/<metric>/template.<any(csv,xlsx):ending>")
@permit(Action.RESULTS_OVERSEE, load=call_measuring)
def template_file(call: Call, metric: str, ending: str) -> Response:
    """The sheet to fill in, with what stands."""
    known = _metric(call, metric)
    rows = queries.every_value(call, known.code)
    file = io.BytesIO()
    about = About(wording.metric_title(known), now(), " ".join(wording.use_words(known, call.bases)))
    write(file, Style(ending), [template(known, rows)], about, Writing(bom=True))
    content = file.getvalue()
    return attachment([content], f"{known.code}-{call.code}.{ending}", MEDIA_TYPES[ending], len(content))


def _metric(call: Call, code: str) -> Metric:
    return queries.metric_in_call(call, code) or abort(404)


def _again(call: Call) -> Call:
    """After a refusal the session begins anew."""
    return call_measuring(call.code) or abort(404)


def _asked(call: Call, metric: Metric, found: Mapping[str, Any], form: ReasonForm) -> ResponseReturnValue:
    waits = services.ask_to_enter(call, metric.code, found, form.reason.data or "", current_actor(), now())
    flash(_("Asked. It waits for a second person; we have written to those who may confirm."), "success")
    return redirect(url_for("agreements.show", code=waits.code))


def _about(call: Call, metric: Metric) -> dict[str, Any]:
    """What both pages of a metric show: how it counts, what waits, and what keeps the reader from it."""
    why, ref = why_not(call, current_actor().account_id), queries.ref_of_metric(call, metric.code)
    return {
        "metric": metric,
        "uses": wording.use_words(metric, call.bases),
        "waits": waiting_about([ref], now()).get(ref),
        "hindered": sentence(Refused(why)) if why else "",
        "w": wording,
    }


def _values(
    call: Call, metric: Metric, form: ReasonForm, typed: TypedValues | None = None
) -> ResponseReturnValue:
    found = listing(queries.value_rows(call, metric.code), page_number())
    codes = [row.code for row in found.rows]
    faults = wording.value_faults(typed.faults, metric, typed.typed) if typed else {}
    return manage_page(
        "metrics/values.html",
        call,
        status=422 if typed else 200,
        form=form,
        found=found,
        typed=typed.typed if typed else {},
        faults=faults,
        former=queries.former_values(call, metric.code, codes),
        page_address=lambda number: url_for(".values", code=call.code, metric=metric.code, page=number),
        **_about(call, metric),
    )
