"""The rules of a call, part by part and as a whole file. Two people's work never overwrites itself."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls import queries, services
from thinkia.calls.call_file import CallFileErrors, bases_of, read_bases
from thinkia.calls.forms.acts import FileForm
from thinkia.calls.forms.section import Section
from thinkia.calls.forms.sections import SECTIONS
from thinkia.calls.models import BasesVersion, Call
from thinkia.calls.routes.managing.door import bp
from thinkia.calls.routes.sheet import sheet
from thinkia.calls.wording.changes import told_differences
from thinkia.calls.wording.sections import SECTION_HINTS, SECTION_TITLES, section_of
from thinkia.domain.bases import Bases
from thinkia.domain.bases_check import problems, publishing_problems
from thinkia.domain.reasons import Reason, Refused
from thinkia.policy import Action
from thinkia.web.locale import language
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@bp.get("/<code>/rules")
@permit(Action.CALL_OVERSEE, load=queries.call_by_code)
def edit(call: Call) -> ResponseReturnValue:
    version, bases = _to_edit(call)
    found = [section_of(one.path) for one in publishing_problems(bases)]
    return manage_page(
        "calls/manage/edit.html",
        call,
        version=version,
        titles=SECTION_TITLES,
        hints=SECTION_HINTS,
        found=found,
        change=version.published_at is None and call.published_at is not None,
    )


@bp.route("/<code>/rules/<part>", methods=["GET", "POST"])
@permit(Action.CALL_EDIT, load=queries.call_by_code)
def section(call: Call, part: str) -> ResponseReturnValue:
    if part not in SECTIONS:
        abort(404)
    version, bases = _to_edit(call)
    form, differences = _form(part, bases, version), []
    if form.validate_on_submit():
        changed = form.changed(bases)
        found = problems(changed)
        form.place(found)
        if not found:
            try:
                services.save_draft(call, changed, actor=current_actor(), now=now(), seen=form.seen.data)
            except Refused as refused:
                differences = _stale(call, form, refused, form.changed)
            else:
                flash(_("Saved."), "success")
                return redirect(url_for(".edit", code=call.code))
    return _section_page(call, part, form, differences)


@bp.route("/<code>/file", methods=["GET", "POST"])
@permit(Action.CALL_EDIT, load=queries.call_by_code)
def file(call: Call) -> ResponseReturnValue:
    version, _bases = _to_edit(call)
    form, errors = FileForm(data={"text": version.content, "seen": version.sha256}), list[tuple[str, str]]()
    differences: list[Any] = []
    if form.validate_on_submit():
        text = form.file.data.read() if form.file.data else (form.text.data or "").encode()
        try:
            typed = read_bases(text)
            services.save_draft(call, typed, actor=current_actor(), now=now(), seen=form.seen.data)
        except CallFileErrors as refused:
            errors = [("text", error.in_language(language())) for error in refused.errors]
            form.text.data = text.decode(errors="replace")
        except Refused as refused:
            form.text.data = text.decode(errors="replace")
            differences = _stale(call, form, refused, lambda _saved: typed)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".edit", code=call.code))
    again = queries.call_by_code(call.code) or call
    return manage_page(
        "calls/manage/file.html",
        again,
        form=form,
        errors=errors,
        differences=differences,
        status=422 if request.method == "POST" else 200,
    )


def _to_edit(call: Call) -> tuple[BasesVersion, Bases]:
    version = queries.version_to_edit(call)
    if version is None:
        abort(404)
    return version, bases_of(version.content)


def _form(part: str, bases: Bases, version: BasesVersion) -> Section:
    kind = SECTIONS[part]
    form = kind(data={**kind.data_of(bases), "seen": version.sha256})
    form.offer(bases)
    return form


def _stale(call: Call, form: Any, refused: Refused, typed: Callable[[Bases], Bases]) -> list[Any]:
    """Say it on the form; where somebody else saved, show what differs and let a second save decide."""
    form.refuse(refused)
    again = queries.call_by_code(call.code)
    if refused.reason != Reason.STALE_DRAFT or again is None:
        return []
    version, saved = _to_edit(again)
    form.seen.data = version.sha256
    return told_differences(saved, typed(saved))


def _section_page(call: Call, part: str, form: Section, differences: list[Any]) -> ResponseReturnValue:
    again = queries.call_by_code(call.code) or call
    _version, bases = _to_edit(again)
    return manage_page(
        f"calls/manage/sections/{part}.html",
        again,
        form=form,
        bases=bases,
        title=SECTION_TITLES[part],
        lead=SECTION_HINTS[part],
        beside=sheet(again, bases, now()).beside,
        differences=differences,
        status=422 if request.method == "POST" else 200,
    )
