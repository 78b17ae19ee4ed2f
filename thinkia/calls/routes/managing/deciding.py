"""Publishing, changing in public, giving a change up, cancelling: always a button, never a visit."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls import queries, services
from thinkia.calls.call_file import CallFileErrors, bases_of, sentence
from thinkia.calls.forms.acts import CancelForm, PublishForm
from thinkia.calls.models import BasesVersion, Call
from thinkia.calls.routes.managing.door import bp
from thinkia.calls.routes.sheet import sheet
from thinkia.calls.wording.changes import path_words, shortening_sentence, told_differences
from thinkia.calls.wording.sections import SECTION_TITLES, section_of
from thinkia.domain.bases import Bases
from thinkia.domain.bases_check import Problem, advice, publishing_problems
from thinkia.domain.changes import shortenings, shows_names
from thinkia.domain.lifecycle import CallState
from thinkia.domain.reasons import Reason, Refused
from thinkia.policy import Action
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@bp.route("/<code>/publish", methods=["GET", "POST"])
@permit(Action.CALL_PUBLISH, load=queries.call_by_code)
def publish(call: Call) -> ResponseReturnValue:
    draft = queries.draft_version(call)
    form = PublishForm(data={"seen": draft.sha256 if draft else ""})
    if form.validate_on_submit() and _agreed(call, draft, form):
        try:
            services.publish(
                call, actor=current_actor(), now=now(), reason=form.reason.data or "", seen=form.seen.data
            )
        except Refused as refused:
            form.refuse(refused, "reason" if refused.reason == Reason.REASON_NEEDED else None)
        except CallFileErrors:
            form.refuse(Refused(Reason.NOT_READY))
        else:
            flash(_("The rules are published and in force."), "success")
            return redirect(url_for(".cockpit", code=call.code))
    return _publish_page(call, form)


@bp.post("/<code>/change/discard")
@permit(Action.CALL_EDIT, load=queries.call_by_code)
def discard(call: Call) -> ResponseReturnValue:
    services.discard_change(call, actor=current_actor(), now=now())
    flash(_("The change is discarded. The rules in force stay."), "success")
    return redirect(url_for(".edit", code=call.code))


@bp.route("/<code>/cancel", methods=["GET", "POST"])
@permit(Action.CALL_CANCEL, load=queries.call_by_code)
def cancel(call: Call) -> ResponseReturnValue:
    form = CancelForm()
    if form.validate_on_submit():
        try:
            services.cancel(call, form.reason.data or "", actor=current_actor(), now=now())
        except Refused as refused:
            form.refuse(refused, "reason")
        else:
            flash(_("The call is cancelled. Those who take part are told by e-mail."), "success")
            return redirect(url_for(".cockpit", code=call.code))
    again = queries.call_by_code(call.code) or call
    return manage_page("calls/manage/cancel.html", again, form=form, status=422 if form.errors else 200)


def _agreed(call: Call, draft: BasesVersion | None, form: PublishForm) -> bool:
    """Whoever takes away announced time, or that names are not shown, says that he knows it."""
    if draft is None or call.state == CallState.DRAFT:
        return True
    before, after = call.announced, bases_of(draft.content)
    if shortenings(before, after, now()) and not form.shorter.data:
        form.shorter.errors = [_("Tick this to go on: somebody may have planned on the announced date.")]
    if shows_names(before, after) and not form.names.data:
        form.names.errors = [_("Tick this to go on: people applied because they were told otherwise.")]
    return not (form.shorter.errors or form.names.errors)


def _publish_page(call: Call, form: PublishForm) -> ResponseReturnValue:
    again = queries.call_by_code(call.code) or call
    draft = queries.draft_version(again)
    bases = bases_of(draft.content) if draft else again.announced
    change = again.state != CallState.DRAFT
    before = again.announced if change else bases
    form.seen.data = draft.sha256 if draft else ""
    return manage_page(
        "calls/manage/publish.html",
        again,
        form=form,
        draft=draft,
        change=change,
        sheet=sheet(again, bases, now()),
        missing=[_told(again, bases, one) for one in publishing_problems(bases)],
        advice=[_told(again, bases, one) for one in advice(bases)],
        differences=told_differences(before, bases),
        shortenings=[shortening_sentence(one, bases.time_zone) for one in shortenings(before, bases, now())],
        shows_names=shows_names(before, bases),
        over=bases.calendar.submission.closes <= now(),
        status=422 if form.errors or form.form_errors else 200,
    )


def _told(call: Call, bases: Bases, problem: Problem) -> dict[str, Any]:
    """What to do, where it stands, and the page on which one does it."""
    part = section_of(problem.path)
    endpoint = ".file" if part == "file" else ".section"
    values: dict[str, Any] = {} if part == "file" else {"part": part}
    return {
        "sentence": sentence(problem),
        "where": path_words(problem.path, bases),
        "link": SECTION_TITLES[part],
        "href": url_for(endpoint, code=call.code, **values),
    }
