"""Ballots on paper: which there are, one juror's as a PDF, everybody's as an archive made meanwhile."""

from typing import Any

from flask import abort, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.jury.ballots import ballots
from thinkia.jury.models import Juror
from thinkia.jury.queries.paper import ballots_of, last_print, to_print
from thinkia.jury.queries.people import juror_by_code
from thinkia.jury.routes.door import manage as bp
from thinkia.jury.services import ballots as services
from thinkia.outside.outbox import OutboxTask, TaskState
from thinkia.outside.storage import Storage
from thinkia.policy import Action
from thinkia.web.attachments import attachment
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit


@bp.get("/ballots")
@permit(Action.JURY_MANAGE, load=call_by_code)
def ballots_page(call: Call) -> ResponseReturnValue:
    """Who has ballots to print, and the archive of all of them."""
    return manage_page(
        "jury/manage/ballots.html",
        call,
        found=listing(to_print(call), page_number()),
        kept_days=services.KEPT.days,
        page_address=lambda at: url_for(".ballots_page", code=call.code, page=at),
        **_printing(call),
    )


@bp.post("/ballots")
@permit(Action.JURY_MANAGE, load=call_by_code)
def print_ballots(call: Call) -> ResponseReturnValue:
    services.print_all(call, current_actor(), now())
    return redirect(url_for(".ballots_page", code=call.code))


@bp.get("/ballots/progress")
@permit(Action.JURY_MANAGE, load=call_by_code)
def ballots_progress(call: Call) -> ResponseReturnValue:
    """How far the archive is; the page asks again until it is there."""
    return page("jury/manage/_printing.html", call=call, kept_days=services.KEPT.days, **_printing(call))


@bp.get("/ballots/archive")
@permit(Action.JURY_MANAGE, load=call_by_code)
def ballots_archive(call: Call) -> ResponseReturnValue:
    kept = _archive(last_print(call.id))
    if kept is None:
        abort(404)
    name = _("ballots")
    chunks = _storage().chunks(kept["sha256"])
    return attachment(chunks, f"{name}-{call.code}.zip", "application/zip", kept["size"])


@bp.post("/<juror>/ballots")
@permit(Action.JURY_MANAGE, load=juror_by_code)
def juror_ballots(juror: Juror) -> ResponseReturnValue:
    """One juror's, at once."""
    reviews = ballots_of(juror)
    if not reviews:
        flash(_("This person has no review without marks, so there is no ballot to print."), "error")
        return redirect(url_for(".ballots_page", code=juror.call.code))
    made = ballots(juror, reviews, now())
    services.note_print(juror, len(reviews), current_actor(), now())
    name = _("ballots")
    return attachment([made], f"{name}-{juror.name}.pdf", "application/pdf", len(made))


def _printing(call: Call) -> dict[str, Any]:
    """How the archive stands: asked for, failed, or there."""
    last = last_print(call.id)
    working = last is not None and last.state in {TaskState.WAITING, TaskState.RUNNING}
    return {
        "printing": last if working else None,
        "failed": last is not None and last.state is TaskState.FAILED,
        "archive": _archive(last),
        "printed_at": last.created_at if last else None,
    }


def _archive(last: OutboxTask | None) -> dict[str, Any] | None:
    if last is None or last.state is not TaskState.DONE or not last.outcome:
        return None
    return last.outcome if _storage().holds(last.outcome["sha256"]) else None


def _storage() -> Storage:
    found: Storage = current_app.extensions["storage"]
    return found
