"""One act that waits for a second person: read, confirmed after signing in again, refused, taken back."""

import io
from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.accounts import services as accounts
from thinkia.accounts.models import Account
from thinkia.accounts.queries import own_account
from thinkia.agreements import services, wording
from thinkia.agreements.forms import CodeForm, PassphraseForm, RefusalForm
from thinkia.agreements.hooks import act_of, demand_same
from thinkia.agreements.models import Agreement
from thinkia.agreements.queries import agreement_by_code, seconds_of
from thinkia.domain.lifecycle import AgreementState
from thinkia.domain.reasons import Refused
from thinkia.policy import Action
from thinkia.web import passwords
from thinkia.web.attachments import attachment
from thinkia.web.buttons import pressed
from thinkia.web.devices import browser, device, here
from thinkia.web.export import MEDIA_TYPES, About, Style, Writing, write
from thinkia.web.locale import language
from thinkia.web.navigation import manage_page
from thinkia.web.pages import page
from thinkia.web.security import admit, current_actor, limiter, may, now, permit

bp = Blueprint("agreements", __name__)

MOST_LINES = 100  # between the two, on the page
ProofForm = PassphraseForm | CodeForm
few_tries = limiter.limit("100 per 15 minutes", methods=["POST"])
few_letters = limiter.limit("20 per hour", key_func=lambda: str(current_actor().account_id), methods=["POST"])


@bp.get("/agreements/<code>")
@permit(Action.AGREEMENT_SEE, load=agreement_by_code)
def show(agreement: Agreement) -> ResponseReturnValue:
    """What is asked, by whom and why, until when; for who may confirm it, the way to."""
    return _page(agreement)


@bp.get("/agreements/<code>/lines.csv")
@permit(Action.AGREEMENT_SEE, load=agreement_by_code)
def lines(agreement: Agreement) -> Response:
    """What stands between the two as a file, for acts that have many lines."""
    told = act_of(agreement.kind).told(agreement)
    if told.table is None or not _is_between(agreement):
        abort(404)
    file = io.BytesIO()
    write(file, Style.CSV, [told.table], About(told.words, now(), ""), Writing(bom=True))
    content = file.getvalue()
    return attachment([content], f"{agreement.code}.csv", MEDIA_TYPES["csv"], len(content))


@bp.post("/agreements/<code>/code")
@permit(Action.AGREEMENT_SEE, load=agreement_by_code)
@few_letters
def send_code(agreement: Agreement) -> ResponseReturnValue:
    """A code to one's own address, to sign in again with."""
    account = _own()
    accounts.ask_for_code(account.email, language(), browser(), now())
    flash(_("We have sent a code to %(email)s. It works for 10 minutes.", email=account.email), "success")
    return redirect(url_for(".show", code=agreement.code, by="code"))


@bp.post("/agreements/<code>/confirmation")
@permit(Action.AGREEMENT_SEE, load=agreement_by_code)
@few_tries
def confirm(agreement: Agreement) -> ResponseReturnValue:
    """Sign in again, then do it: at once, or not at all."""
    form = _proof()
    if not form.validate_on_submit():
        return _page(agreement, proof=form, status=422)
    _check(agreement, form)
    if form.form_errors or form.errors:
        return _page(agreement_by_code(agreement.code) or abort(404), proof=form, status=422)
    agreement = agreement_by_code(agreement.code) or abort(404)
    act = partial(services.confirm, agreement, current_actor(), now(), typed=form.typed.data or "")
    return pressed(
        act, _("Confirmed and done. Whoever asked is told."), url_for(".show", code=agreement.code)
    )


@bp.post("/agreements/<code>/refusal")
@permit(Action.AGREEMENT_SEE, load=agreement_by_code)
def refuse(agreement: Agreement) -> ResponseReturnValue:
    form = RefusalForm()
    if not form.validate_on_submit():
        return _page(agreement, refusal=form, status=422)
    act = partial(services.refuse, agreement, form.reason.data or "", current_actor(), now())
    return pressed(
        act, _("Not confirmed. Whoever asked is told your reason."), url_for(".show", code=agreement.code)
    )


@bp.post("/agreements/<code>/withdrawal")
@permit(Action.AGREEMENT_SEE, load=agreement_by_code)
def withdraw(agreement: Agreement) -> ResponseReturnValue:
    act = partial(services.withdraw, agreement, current_actor(), now())
    return pressed(act, _("Taken back. Nothing was done."), url_for(".show", code=agreement.code))


def _proof(formdata: Any = ...) -> ProofForm:
    """By passphrase, unless there is none or a code was asked for."""
    by_code = request.args.get("by") == "code" or not _own().password_hash
    given = {} if formdata is ... else {"formdata": formdata}
    return CodeForm(**given) if by_code else PassphraseForm(**given)


def _check(agreement: Agreement, form: ProofForm) -> None:
    """What is typed again comes first: with something else, nobody signs in anew for nothing."""
    try:
        demand_same(agreement, form.typed.data or "")
    except Refused as refused:
        form.refuse(refused, "typed")
        return
    try:
        _sign_in_again(form)
    except Refused as refused:
        form.refuse(refused)


def _sign_in_again(form: ProofForm) -> None:
    """Prove who sits here, and begin a new sign-in in the place of the old one."""
    account = _own()
    if isinstance(form, CodeForm):
        proved = accounts.account_of_code(browser(), form.plain, now())
        if proved is None or proved.id != account.id:
            form.digits.errors = [_("This code is not right, or works no longer. Ask for another one.")]
            return
    else:
        accounts.begin_try(account.email, here(), now())
        if not passwords.matches(account.password_hash, form.password.data or ""):
            form.password.errors = [_("This is not your passphrase.")]
            return
    accounts.sign_out(current_actor(), now())
    admit(accounts.sign_in(account, device(), now(), address=here()))


def _own() -> Account:
    return own_account(current_actor()) or abort(404)


def _is_between(agreement: Agreement) -> bool:
    """Whether the reader asked for it, decided it, or may."""
    reader, two = current_actor().account_id, (agreement.asked_by_id, agreement.decided_by_id)
    decides = may(Action.AGREEMENT_DECIDE, agreement)
    return reader not in agreement.barred and (decides or reader in two)


def _page(
    agreement: Agreement,
    *,
    proof: ProofForm | None = None,
    refusal: RefusalForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    act, standing = act_of(agreement.kind), agreement.standing(now())
    waits = standing is AgreementState.ASKED
    out = {agreement.asked_by_id, *agreement.barred}
    shown: dict[str, Any] = {
        "agreement": agreement,
        "act": act,
        "told": act.told(agreement),
        "standing": standing,
    }
    shown |= {"is_between": _is_between(agreement), "most_lines": MOST_LINES}
    shown |= {"proof": proof or _proof(None), "refusal": refusal or RefusalForm(formdata=None), "w": wording}
    shown["seconds"] = (
        [one for one in seconds_of(agreement.call) if one.account_id not in out] if waits else []
    )
    shown |= {"by_code": request.args.get("by") == "code", "has_passphrase": bool(_own().password_hash)}
    shown["call"] = agreement.call
    if may(Action.CALL_OVERSEE, agreement.call):
        return manage_page("agreements/show.html", shown.pop("call"), status=status, **shown)
    return page("agreements/show.html", status=status, **shown)
