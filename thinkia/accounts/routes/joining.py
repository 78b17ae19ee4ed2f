"""Signing up, and proving the address."""

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from thinkia.accounts import queries, services
from thinkia.accounts.forms import ConfirmForm, PressForm, SignUpForm
from thinkia.accounts.models import TokenPurpose
from thinkia.accounts.routes.door import (
    asked_for,
    bp,
    browser,
    enter,
    few_letters,
    gone_page,
    onward,
    sent_page,
    some_letters_from_here,
)
from thinkia.domain.reasons import Reason, Refused
from thinkia.web import passwords
from thinkia.web.devices import device
from thinkia.web.locale import language
from thinkia.web.pages import page
from thinkia.web.security import current_actor, local_path, now, public


@bp.route("/sign-up", methods=["GET", "POST"])
@public("anybody may ask for an account")
@few_letters
@some_letters_from_here
def sign_up() -> ResponseReturnValue:
    if not current_actor().is_anonymous:
        return redirect(onward())
    form = SignUpForm(language=language())
    if not form.validate_on_submit():
        return page("accounts/sign_up.html", form=form, status=422 if form.is_submitted() else 200)
    try:
        if not form.website.data:
            services.sign_up(_wanted(form), browser(), now())
    except Refused as refused:
        form.refuse(refused, "birth_date" if refused.reason is Reason.TOO_YOUNG else "password")
        return page("accounts/sign_up.html", form=form, status=422)
    session["sent_to"], session["next"] = form.email.data, local_path(request.args.get("next"))
    return redirect(url_for(".signed_up"))


@bp.get("/sign-up/sent")
@public("says that a letter is on its way")
def signed_up() -> ResponseReturnValue:
    return sent_page("accounts/signed_up.html")


@bp.route("/verify/<token>", methods=["GET", "POST"])
@public("whoever holds the letter")
def verify(token: str) -> ResponseReturnValue:
    link = queries.link_of_letter(TokenPurpose.VERIFY, token, now())
    if link is None:
        return gone_page(signs_in=True)
    is_same = asked_for(link)
    form = PressForm() if is_same else ConfirmForm()
    if form.validate_on_submit():
        if is_same or passwords.matches(link.account.password_hash, form.password.data):
            account = services.verify(link, now())
            return enter(services.start_sign_in(account, device(), now()))
        services.note_wrong_answer(link)
        form.refuse(Refused(Reason.WRONG_PASSWORD), "password")
    return page(
        "accounts/verify.html", form=form, is_same=is_same, status=422 if form.is_submitted() else 200
    )


def _wanted(form: SignUpForm) -> services.NewAccount:
    """What was typed, with the passphrase hashed: this takes its time for known addresses too."""
    return services.NewAccount(
        email=form.email.data,
        name=form.name.data,
        password_hash=passwords.chosen(form.password.data, about=(form.name.data, form.email.data)),
        birth_date=form.birth_date.data,
        language=form.language.data,
        purposes=form.purposes,
    )
