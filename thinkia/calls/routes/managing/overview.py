"""The calls of one's hosts, the cockpit of each, its preview and its file."""

from flask import make_response, url_for
from flask.typing import ResponseReturnValue

from thinkia.calls import hooks, queries
from thinkia.calls.call_file import bases_of
from thinkia.calls.models import Call
from thinkia.calls.routes.cockpit import cockpit as cockpit_of
from thinkia.calls.routes.managing.door import bp
from thinkia.calls.routes.sheet import sheet
from thinkia.calls.wording import STATES
from thinkia.calls.wording.dates import status
from thinkia.organisations.queries import hosts_of
from thinkia.policy import Action
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.pages import page
from thinkia.web.security import current_actor, may, now, permit


@bp.get("")
@permit(Action.HOSTS_SEE)
def index() -> ResponseReturnValue:
    calls = listing(queries.calls_of_staff(current_actor()), page_number(), per_page=20)
    rows = [(call, status(call, call.bases, now())) for call in calls.rows]
    hosts = hosts_of(current_actor())
    return page(
        "calls/manage/index.html",
        calls=calls,
        rows=rows,
        hosts=hosts,
        can_start=any(may(Action.HOST_OPEN_CALL, host) for host in hosts),
        states=STATES,
        page_address=_page_address,
    )


def _page_address(number: int) -> str:
    return url_for(".index", page=number)


@bp.get("/<code>")
@permit(Action.CALL_OVERSEE, load=queries.call_by_code)
def cockpit(call: Call) -> ResponseReturnValue:
    parts = hooks.cockpit_parts(call, now())
    return manage_page("calls/manage/cockpit.html", call, cockpit=cockpit_of(call, parts, now()))


@bp.get("/<code>/preview")
@permit(Action.CALL_OVERSEE, load=queries.call_by_code)
def preview(call: Call) -> ResponseReturnValue:
    version = queries.version_to_edit(call)
    bases = bases_of(version.content) if version else call.announced
    of_call = sheet(call, bases, now())
    return page("calls/show.html", call=call, sheet=of_call, versions=[], button=None, draft=True)


@bp.get("/<code>/file.yaml")
@permit(Action.CALL_OVERSEE, load=queries.call_by_code)
def download(call: Call) -> ResponseReturnValue:
    version = queries.version_to_edit(call)
    response = make_response(version.content if version else "")
    response.headers["Content-Type"] = "application/yaml; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{call.code}.yaml"'
    return response
