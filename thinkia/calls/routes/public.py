"""Calls as the public sees them."""

from datetime import timedelta

from flask import Blueprint, Response, abort, make_response, url_for
from flask.typing import ResponseReturnValue

from thinkia.calls import hooks, queries
from thinkia.calls.call_file import bases_of
from thinkia.calls.models import BasesVersion, Call
from thinkia.calls.routes.calendar import calendar_of
from thinkia.calls.routes.sheet import button_for_reader, sheet, structured
from thinkia.calls.wording.changes import told_differences
from thinkia.calls.wording.dates import status
from thinkia.domain.lifecycle import CallState
from thinkia.policy import Action
from thinkia.web.listing import listing, page_number
from thinkia.web.locale import language
from thinkia.web.pages import page
from thinkia.web.security import now, permit, public

bp = Blueprint("calls", __name__)

RECENT = timedelta(days=14)  # for so long a change of the rules stands at the head of the page


@bp.get("/calls")
@public("the list of what anybody may know")
def index() -> ResponseReturnValue:
    calls = listing(queries.public_calls(), page_number(), per_page=20)
    rows = [(call, status(call, call.bases, now())) for call in calls.rows]
    return page("calls/index.html", calls=calls, rows=rows, page_address=_page_address)


@bp.get("/calls/<code>")
@permit(Action.CALL_SEE, load=queries.call_by_code)
def show(call: Call) -> ResponseReturnValue:
    of_call = sheet(call, call.announced, now())
    versions = queries.published_versions(call)
    return page(
        "calls/show.html",
        call=call,
        sheet=of_call,
        versions=versions,
        recent=_changed_lately(versions),
        button=button_for_reader(call, of_call.status.phase),
        structured=structured(call, call.announced, language()),
        rounds_so_far=hooks.sentences_of(call),
        draft=call.state == CallState.DRAFT,
    )


@bp.get("/calls/<code>.ics")
@permit(Action.CALL_SEE, load=queries.call_by_code)
def calendar_file(call: Call) -> Response:
    return _attachment(calendar_of(call, now()), "text/calendar; charset=utf-8", f"{call.code}.ics")


@bp.get("/calls/<code>/bases/<int:number>")
@permit(Action.CALL_SEE, load=queries.published_version)
def bases(version: BasesVersion) -> ResponseReturnValue:
    before = queries.version_before(version)
    rules = bases_of(version.content)
    changes = told_differences(bases_of(before.content), rules) if before else []
    of_version = sheet(version.call, rules, now())
    return page(
        "calls/bases.html",
        call=version.call,
        version=version,
        before=before,
        changes=changes,
        sheet=of_version,
    )


@bp.get("/calls/<code>/bases/<int:number>.yaml")
@permit(Action.CALL_SEE, load=queries.published_version)
def bases_file(version: BasesVersion) -> Response:
    name = f"{version.call.code}-v{version.number}.yaml"
    return _attachment(version.content.encode(), "application/yaml; charset=utf-8", name)


def _changed_lately(versions: list[BasesVersion]) -> bool:
    newest = versions[0].published_at if len(versions) > 1 else None
    return newest is not None and now() - newest < RECENT


def _page_address(number: int) -> str:
    return url_for(".index", page=number)


def _attachment(content: bytes, mimetype: str, name: str) -> Response:
    if not content:
        abort(404)
    response = make_response(content)
    response.headers["Content-Type"] = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
