"""A new call: from a shipped template, from a call of the same host, or from a call file."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls import queries, services
from thinkia.calls.call_file import CallFileErrors, bases_of, sentence, shipped_codes, shipped_text
from thinkia.calls.forms.acts import StartForm, UploadForm
from thinkia.calls.routes.managing.door import bp
from thinkia.domain.bases import Bases, Partner
from thinkia.domain.reasons import Refused
from thinkia.domain.reuse import reused
from thinkia.domain.text import Bilingual
from thinkia.organisations.models import Host
from thinkia.organisations.queries import host_by_code, hosts_of
from thinkia.policy import Action
from thinkia.web.locale import language
from thinkia.web.pages import page, plain
from thinkia.web.security import current_actor, may, now, permit

AHEAD = timedelta(days=14)


@bp.get("/new")
@permit(Action.HOSTS_SEE)
def new() -> ResponseReturnValue:
    hosts = [host for host in hosts_of(current_actor()) if may(Action.HOST_OPEN_CALL, host)]
    if len(hosts) == 1:
        return redirect(url_for(".start", code=hosts[0].code))
    return page("calls/manage/hosts.html", hosts=hosts)


@bp.route("/new/<code>", methods=["GET", "POST"])
@permit(Action.HOST_OPEN_CALL, load=host_by_code)
def start(host: Host) -> ResponseReturnValue:
    form = StartForm()
    form.start.choices = _choices(host)
    if form.validate_on_submit():
        try:
            call = services.create_call(_begun(form, host), host, actor=current_actor(), now=now())
        except (Refused, CallFileErrors) as refused:
            _tell(form, refused)
        else:
            flash(_("The call is a draft. Only your host's people see it."), "success")
            return redirect(url_for(".edit", code=call.code))
    return _page(host, form, UploadForm(formdata=None))


@bp.post("/new/<code>/file")
@permit(Action.HOST_OPEN_CALL, load=host_by_code)
def upload(host: Host) -> ResponseReturnValue:
    form, errors = UploadForm(), list[tuple[None, str]]()
    if form.validate():
        text = form.file.data.read()
        try:
            call = services.create_from_file(text, host, actor=current_actor(), now=now())
        except CallFileErrors as refused:
            errors = [(None, error.in_language(language())) for error in refused.errors]
        except Refused as refused:
            form.refuse(refused, "file")
        else:
            flash(_("The call is a draft. Only your host's people see it."), "success")
            return redirect(url_for(".edit", code=call.code))
    blank = StartForm(formdata=None)
    blank.start.choices = _choices(host_by_code(host.code) or host)
    return _page(host, blank, form, errors=errors)


def _page(host: Host, form: StartForm, upload_form: UploadForm, **more: Any) -> ResponseReturnValue:
    broken = form.errors or form.form_errors or upload_form.errors or more.get("errors")
    upload_form.csrf_token.id = "upload-token"  # two forms on a page, each id once
    known = host_by_code(host.code) or host  # a refusal rolled back what was loaded
    return page(
        "calls/manage/new.html",
        status=422 if broken else 200,
        host=known,
        form=form,
        upload_form=upload_form,
        **more,
    )


def _choices(host: Host) -> list[tuple[str, str]]:
    return [(key, title) for key, title, _bases in _starts(host)]


def _starts(host: Host) -> Iterator[tuple[str, str, Bases]]:
    """What a call may be started from: the shipped templates, then the host's own calls."""
    for code in shipped_codes():
        bases = bases_of(shipped_text(code))
        yield f"template:{code}", _("Template: %(title)s", title=plain(bases.title)), bases
    for call in queries.calls_of_host(host):
        yield f"call:{call.code}", _("Copy of: %(title)s", title=plain(call.bases.title)), call.announced


def _begun(form: StartForm, host: Host) -> Bases:
    chosen = next(bases for key, _title, bases in _starts(host) if key == form.start.data)
    return reused(
        chosen,
        form.code.data,
        Bilingual(form.title_es.data or "", form.title_en.data or ""),
        (now() + AHEAD).date(),
        host=Partner(host.name, host.sector),
        contact=host.contact_email,
    )


def _tell(form: StartForm, refused: Refused | CallFileErrors) -> None:
    if isinstance(refused, Refused):
        form.refuse(refused, "code")
    else:
        found = (
            sentence(one) if one.path == ("code",) else one.in_language(language()) for one in refused.errors
        )
        form.code.errors = [*form.code.errors, *found]
