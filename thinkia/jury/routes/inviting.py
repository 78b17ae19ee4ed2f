"""Inviting people: one, or a list that is looked over before anything is sent."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.calls.wording.evaluators import group_titles
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury import guest_lists
from thinkia.jury.forms.inviting import GuestForm, ListForm, SendForm, sectors_offered
from thinkia.jury.guest_lists import GuestList, sentences
from thinkia.jury.models import Suggestion
from thinkia.jury.queries.people import suggestion_by_code
from thinkia.jury.routes.counts import jury_count
from thinkia.jury.routes.door import asked
from thinkia.jury.routes.door import manage as bp
from thinkia.jury.services import invitations, many_invitations
from thinkia.jury.services.many_invitations import Checked
from thinkia.jury.wording import JUROR_STATES, ROLES
from thinkia.policy import Action
from thinkia.policy.actor import JurorRole
from thinkia.web.attachments import attachment
from thinkia.web.export import MEDIA_TYPES
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit
from thinkia.web.sheets import Sheet, Unreadable

FIELDS = {
    Reason.JUROR_KNOWN: "email",
    Reason.JUROR_IS_APPLICANT: "email",
    Reason.JUROR_ORGANISES: "email",
    Reason.CHAIR_TAKEN: "role",
    Reason.NO_GROUP: "evaluators",
    Reason.GROUP_FIXED: "evaluators",
}
USUAL_LANGUAGE = "es"  # of a row that names none
SHOWN_FAULTS = 50  # in the summary on top; the table shows all


@bp.route("/invite", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=call_by_code)
def invite(call: Call) -> ResponseReturnValue:
    """Offer a seat to somebody."""
    form = GuestForm().offer(call.bases.jury)
    suggestion = suggestion_by_code(call.code, request.args.get("suggestion", ""))
    if not form.is_submitted():
        form.preset(request.args, suggestion)
    if form.validate_on_submit():
        try:
            juror = invitations.invite(call, form.guest, current_actor(), now())
        except Refused as refused:
            form.refuse(refused, FIELDS.get(refused.reason))
            call = call_by_code(asked()["code"]) or abort(404)
        else:
            if suggestion is not None:
                invitations.settle_suggestion(suggestion, current_actor(), now())
            flash(_("Invitation sent to %(name)s.", name=juror.name), "success")
            return redirect(url_for(".index", code=asked()["code"]))
    status = 422 if form.is_submitted() else 200
    many = {"sector": form.sector.data or None}
    if "evaluators" in form:
        many["group"] = form.evaluators.data or None
    shown = {"form": form, "count": jury_count(call, now()), "many": many}
    return manage_page("jury/manage/invite.html", call, status=status, **shown)


@bp.post("/suggestions/<suggestion>/settlement")
@permit(Action.JURY_MANAGE, load=suggestion_by_code)
def set_aside(suggestion: Suggestion) -> ResponseReturnValue:
    """Not this person."""
    code = suggestion.call.code
    invitations.settle_suggestion(suggestion, current_actor(), now())
    flash(_("Set aside."), "success")
    return redirect(url_for(".index", code=code))


@bp.route("/invite/list", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=call_by_code)
def invite_list(call: Call) -> ResponseReturnValue:
    """Lines or a file; then each row as it will be, with everything that is wrong. Nothing is sent here."""
    form = ListForm().offer(call.bases.jury)
    if not form.is_submitted():
        form.sector.data = request.args.get("sector", "")
        if "evaluators" in form:
            form.evaluators.data = request.args.get("group", "")
        return _list_page(call, form)
    if not form.validate():
        return _list_page(call, form, status=422)
    usual = Usual(form.sector.data or "", form.evaluators.data or "" if "evaluators" in form else "")
    try:
        found = _read(call, form.sheet, usual)
    except Unreadable as problem:
        form.refuse_list(sentences.unreadable(problem))
        return _list_page(call, form, status=422)
    return _check_page(call, found, usual)


@bp.post("/invite/list/sending")
@permit(Action.JURY_MANAGE, load=call_by_code)
def send_list(call: Call) -> ResponseReturnValue:
    """Invite everybody of a list that was looked over: in one transaction, once."""
    form = SendForm()
    usual = Usual(form.usual_sector.data or "", form.usual_group.data or "")
    try:
        found = _read(call, form.sheet, usual)
    except Unreadable:
        return redirect(url_for(".invite_list", code=call.code))
    if not form.validate():
        return _check_page(call, found, usual)
    try:
        count = many_invitations.invite_everybody(call, found.entries, current_actor(), now())
    except Refused:
        return _check_page(call_by_code(asked()["code"]) or abort(404), found, usual)
    if count:
        told = ngettext("Invitation sent to %(num)d person.", "Invitations sent to %(num)d people.", count)
        flash(told, "success")
    else:
        flash(_("Everybody on the list is invited already, so nothing was sent."), "info")
    return redirect(url_for(".index", code=asked()["code"]))


@bp.get("/invite/sample.xlsx")
@permit(Action.JURY_MANAGE, load=call_by_code)
def sample_sheet(call: Call) -> Response:
    """An empty sheet with the headings, and lists to choose from."""
    groups = group_titles(call.bases.jury)
    headings = [str(title) for name, title in sentences.HEADINGS.items() if groups or name != "evaluators"]
    choices = {
        2: [name for _code, name in sectors_offered(call.bases.jury.sectors)],
        4: [_("Spanish"), _("English")],
        5: [str(ROLES[role]) for role in JurorRole],
        **({8: list(groups.values())} if groups else {}),
    }
    content = guest_lists.sample(
        (_("Jurors"), _("Example")),
        headings,
        choices,
        [(*sentences.sample_row(), *list(groups.values())[:1])],
    )
    name = _("jurors")
    return attachment([content], f"{name}-{call.code}.xlsx", MEDIA_TYPES["xlsx"], len(content))


class Usual(NamedTuple):
    """What holds for the rows of a list that do not say it."""

    sector: str
    group: str


def _read(call: Call, sheet: Sheet, usual: Usual) -> GuestList:
    jury = call.bases.jury
    sectors = [code for code, _name in sectors_offered(jury.sectors)]
    known = guest_lists.Known(
        sectors,
        groups={
            name: code
            for code, group in jury.groups.items()
            for name in (code, group.title.es, group.title.en)
            if name
        },
        language=USUAL_LANGUAGE,
        sector=usual.sector if usual.sector in sectors else "",
        evaluators=usual.group if usual.group in jury.groups else "",
    )
    return guest_lists.read(sheet, known)


def _list_page(call: Call, form: ListForm, *, status: int = 200) -> ResponseReturnValue:
    count = jury_count(call, now())
    return manage_page("jury/manage/invite_list.html", call, form=form, count=count, status=status)


def _check_page(call: Call, found: GuestList, usual: Usual) -> ResponseReturnValue:
    """Each row as it will be. What is wrong can be put right in the lines below, and is looked over again."""
    rows = many_invitations.look_over(call, found.entries, now())
    faults = _faults(rows)
    lines = guest_lists.as_text(found.entries, sentences.HEADINGS)
    preset = {"lines": lines, "sector": usual.sector, "evaluators": usual.group}
    form = ListForm(formdata=None, **preset).offer(call.bases.jury)
    shown: dict[str, Any] = {"rows": rows, "faults": faults, "form": form, "found": found}
    shown |= {"invited": [row for row in rows if row.is_invited], "told": faults[:SHOWN_FAULTS]}
    shown |= {"known": [row for row in rows if row.juror and not row.is_invited and row.is_sound]}
    shown |= {"lines": lines, "usual": usual, "groups": group_titles(call.bases.jury)}
    shown |= {"headings": sentences.HEADINGS, "roles": ROLES, "states": JUROR_STATES}
    shown |= {"sentence_of": sentences.fault}
    return manage_page("jury/manage/invite_check.html", call, status=422 if faults else 200, **shown)


def _faults(rows: Sequence[Checked]) -> list[Mapping[str, Any]]:
    """Everything that is wrong, row by row."""
    return [
        {"row": row.entry.number, "who": row.entry.guest.email or row.entry.guest.name, "what": fault}
        for row in rows
        if not row.is_sound
        for fault in row.entry.faults
    ]
