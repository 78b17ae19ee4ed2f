"""One's own account: who one is, passphrase, consents, devices."""

from typing import Any

from flask import abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_timedelta, refresh
from flask_babel import gettext as _

from thinkia.accounts import queries, services
from thinkia.accounts.forms import PasswordForm, ProfileForm
from thinkia.accounts.models import CONSENT_TEXT, Account, Purpose, SignIn
from thinkia.accounts.routes.door import bp, here, tries_from_here
from thinkia.accounts.wording import PURPOSE_HINTS, PURPOSES
from thinkia.domain.reasons import Reason, Refused
from thinkia.policy import Action
from thinkia.policy.lifetimes import lifetime
from thinkia.web import passwords
from thinkia.web.devices import device
from thinkia.web.pages import page
from thinkia.web.security import admit, current_actor, now, permit


@bp.route("/account", methods=["GET", "POST"])
@permit(Action.ACCOUNT_EDIT, load=queries.own_account)
def profile(account: Account) -> ResponseReturnValue:
    form = ProfileForm(obj=account, place=account.canton or account.province or "")
    if form.validate_on_submit():
        services.update_profile(account, _described(form), current_actor(), now())
        session["lang"] = form.language.data
        refresh()
        flash(_("Your details are saved."), "success")
        return redirect(url_for(".profile"))
    born = format_date(account.birth_date, "long") if account.birth_date else ""
    return _page("accounts/profile.html", form=form, account=account, born=born)


@bp.route("/account/password", methods=["GET", "POST"])
@permit(Action.ACCOUNT_EDIT, load=queries.own_account)
@tries_from_here
def password(account: Account) -> ResponseReturnValue:
    form = PasswordForm()
    if account.password_hash and form.validate_on_submit():
        try:
            hashed = _changed(account, form)
            admit(services.change_password(account, hashed, device(), now()))
        except Refused as refused:
            chosen = refused.reason is Reason.COMMON_PASSWORD
            form.refuse(refused, "new_password" if chosen else "password")
        else:
            flash(_("Your passphrase is changed. The other devices are signed out."), "success")
            return redirect(url_for(".password"))
    return _page("accounts/password.html", form=form, account=account)


@bp.get("/account/consents")
@permit(Action.ACCOUNT_SEE, load=queries.own_account)
def consents(account: Account) -> ResponseReturnValue:
    return _page(
        "accounts/consents.html",
        standing=queries.standing_consents(account.id),
        purposes=PURPOSES,
        hints=PURPOSE_HINTS,
        version=CONSENT_TEXT,
    )


@bp.post("/account/consents/<purpose>")
@permit(Action.ACCOUNT_EDIT, load=queries.own_account)
def decide_consent(account: Account, purpose: str) -> ResponseReturnValue:
    if purpose not in set(Purpose):
        abort(404)
    decide = services.agree if request.form.get("answer") == "yes" else services.withdraw
    decide(account, Purpose(purpose), current_actor(), now())
    flash(_("Your decision is kept."), "success")
    return redirect(url_for(".consents"))


@bp.get("/account/sign-ins")
@permit(Action.ACCOUNT_SEE, load=queries.own_account)
def sign_ins(account: Account) -> ResponseReturnValue:
    actor = current_actor()
    lasts = lifetime(actor)
    rows = queries.sign_ins_of(account.id, now() - lasts.whole)
    idle, whole = format_timedelta(lasts.idle), format_timedelta(lasts.whole)
    return _page("accounts/sign_ins.html", rows=rows, actor=actor, idle=idle, whole=whole)


@bp.post("/account/sign-ins/<code>/revocation")
@permit(Action.ACCOUNT_EDIT, load=queries.own_sign_in)
def sign_out_device(row: SignIn) -> ResponseReturnValue:
    services.sign_out_device(row, now())
    flash(_("That device is signed out."), "success")
    return redirect(url_for(".sign_ins"))


@bp.post("/account/sign-ins/revocation")
@permit(Action.ACCOUNT_EDIT, load=queries.own_account)
def sign_out_elsewhere(account: Account) -> ResponseReturnValue:
    services.sign_out_everywhere(account.id, now(), but=current_actor().sign_in_id)
    flash(_("The other devices are signed out."), "success")
    return redirect(url_for(".sign_ins"))


def _changed(account: Account, form: PasswordForm) -> str:
    """The hash of the new passphrase, once the old one was right."""
    services.begin_try(account.email, here(), now())
    if not passwords.matches(account.password_hash, form.password.data):
        raise Refused(Reason.WRONG_PASSWORD)
    return passwords.chosen(form.new_password.data, about=(account.name, account.email))


def _described(form: ProfileForm) -> services.Profile:
    return services.Profile(
        name=form.name.data,
        birth_date=form.birth_date.data,
        sector=form.sector.data or None,
        institution=form.institution.data or "",
        place=form.place.data or "",
        skills=form.skills.data or "",
        languages=tuple(form.languages.data or ()),
        language=form.language.data,
    )


def _page(template: str, **context: Any) -> ResponseReturnValue:
    """A page of one's own account, with the way to the others."""
    parts = (
        (_("About me"), ".profile"),
        (_("Passphrase"), ".password"),
        (_("Consents"), ".consents"),
        (_("Devices"), ".sign_ins"),
    )
    subnav = [
        (label, url_for(endpoint), request.endpoint == f"accounts{endpoint}") for label, endpoint in parts
    ]
    form = context.get("form")
    status = 422 if form is not None and form.is_submitted() else 200
    return page(template, status=status, subnav=subnav, subnav_title=_("My account"), **context)
