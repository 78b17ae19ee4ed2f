"""Choosing a new passphrase with a link sent by e-mail."""

from flask import redirect, session, url_for
from flask.typing import ResponseReturnValue

from thinkia.accounts import queries, services
from thinkia.accounts.forms import EmailForm, NewcomerForm, ResetForm
from thinkia.accounts.models import TokenPurpose
from thinkia.accounts.routes.door import bp, enter, few_letters, gone_page, sent_page, some_letters_from_here
from thinkia.domain.reasons import Refused
from thinkia.web import passwords
from thinkia.web.devices import device
from thinkia.web.locale import language
from thinkia.web.pages import page
from thinkia.web.security import now, public


@bp.route("/reset", methods=["GET", "POST"])
@public("for who forgot the passphrase")
@few_letters
@some_letters_from_here
def reset() -> ResponseReturnValue:
    form = EmailForm()
    if form.validate_on_submit():
        services.ask_for_reset(form.email.data, language(), now())
        session["sent_to"] = form.email.data
        return redirect(url_for(".reset_sent"))
    return page("accounts/reset.html", form=form, status=422 if form.is_submitted() else 200)


@bp.get("/reset/sent")
@public("says that a letter is on its way")
def reset_sent() -> ResponseReturnValue:
    return sent_page("accounts/reset_sent.html")


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public("whoever holds the letter")
def reset_with_link(token: str) -> ResponseReturnValue:
    link = queries.link_of_letter(TokenPurpose.RESET, token, now())
    if link is None:
        return gone_page()
    account = link.account
    form = ResetForm() if account.verified_at else NewcomerForm(name=account.name)
    if form.validate_on_submit():
        name = account.name if account.verified_at else form.name.data
        try:
            hashed = passwords.chosen(form.password.data, about=(name, account.email))
            return enter(services.reset_password(link, hashed, device(), now(), name=name))
        except Refused as refused:
            form.refuse(refused, "password")
    return page(
        "accounts/reset_with_link.html",
        form=form,
        account=account,
        status=422 if form.is_submitted() else 200,
    )
