"""Signing in by passphrase or by a code, and out."""

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.accounts import queries, services
from thinkia.accounts.forms import CodeForm, EmailForm, SignInForm
from thinkia.accounts.models import Account
from thinkia.accounts.routes.door import (
    bp,
    browser,
    enter,
    few_letters,
    here,
    onward,
    sent_page,
    some_letters_from_here,
    tries_from_here,
)
from thinkia.domain.reasons import Reason, Refused
from thinkia.web import passwords
from thinkia.web.devices import device
from thinkia.web.kept import comes_alone, kept_text
from thinkia.web.locale import language
from thinkia.web.pages import page
from thinkia.web.security import current_actor, dismiss, local_path, now, public


@bp.route("/sign-in", methods=["GET", "POST"])
@public("the way in")
@tries_from_here
def sign_in() -> ResponseReturnValue:
    if not current_actor().is_anonymous:
        return redirect(onward())
    form = SignInForm()
    filled_in = form.is_submitted() and not comes_alone()
    status = 422 if filled_in else 200
    if filled_in and form.validate():
        try:
            return _let_in(_proved(form.email.data, form.password.data), form.password.data)
        except Refused as refused:
            form.refuse(refused)
            status = 429 if refused.reason is Reason.TOO_MANY_TRIES else 422
    return page("accounts/sign_in.html", form=form, status=status, next=_next(), kept=kept_text())


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public("the way in without a passphrase")
@few_letters
@some_letters_from_here
def sign_in_code() -> ResponseReturnValue:
    form = EmailForm()
    filled_in = form.is_submitted() and not comes_alone()
    if filled_in and form.validate():
        services.ask_for_code(form.email.data, language(), browser(), now())
        session["sent_to"] = form.email.data
        if kept_text():
            return sent_page("accounts/enter_code.html", form=CodeForm(formdata=None))
        return redirect(url_for(".enter_code", next=_next()))
    shown = {"form": form, "next": _next(), "kept": kept_text()}
    return page("accounts/code.html", status=422 if filled_in else 200, **shown)


@bp.route("/sign-in/code/enter", methods=["GET", "POST"])
@public("the way in without a passphrase")
@tries_from_here
def enter_code() -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        account = services.account_of_code(browser(), form.digits, now())
        if account is not None:
            return enter(services.start_sign_in(account, device(), now()))
        form.refuse(Refused(Reason.WRONG_CODE), "code")
    return sent_page("accounts/enter_code.html", form=form, status=422 if form.is_submitted() else 200)


@bp.post("/sign-out")
@public("leaving harms nobody")
def sign_out() -> ResponseReturnValue:
    services.sign_out(current_actor(), now())
    dismiss()
    flash(_("You have signed out."), "success")
    return redirect(url_for(".sign_in"))


def _proved(email: str, password: str) -> Account:
    """Whose passphrase this is. The answer, and the work, are the same for an unknown address."""
    services.begin_try(email, here(), now())
    account = queries.account_by_email(email)
    if not passwords.matches(account.password_hash if account else None, password) or account is None:
        raise Refused(Reason.WRONG_PASSWORD)
    return account


def _let_in(account: Account, password: str) -> ResponseReturnValue:
    """In, or to the letter that proves the address first."""
    if account.verified_at is None:
        services.remind_to_verify(account, browser(), now())
        session["sent_to"], session["next"] = account.email, _next()
        return redirect(url_for(".signed_up"))
    renewed = passwords.renewed(account.password_hash or "", password)
    return enter(services.sign_in(account, device(), now(), address=here(), renewed_hash=renewed))


def _next() -> str | None:
    return local_path(request.args.get("next"))
