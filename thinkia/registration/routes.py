"""Entering a call, correcting what one said, and leaving it."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.eligibility import day_in, obstacles
from thinkia.domain.lifecycle import CallState
from thinkia.domain.reasons import Reason, Refused
from thinkia.policy import Action
from thinkia.registration import services
from thinkia.registration.forms import RegistrationForm, corrections
from thinkia.registration.models import Registration
from thinkia.registration.queries import applicant, keeps_out, own_registration, own_registration_in
from thinkia.registration.wording import answers, home_of, purposes
from thinkia.web.errors import sentence
from thinkia.web.forms import Form
from thinkia.web.pages import page
from thinkia.web.security import current_actor, local_path, now, permit

bp = Blueprint("registration", __name__)

CAN_BE_GIVEN = frozenset({Reason.BIRTH_DATE_NEEDED, Reason.PROVINCE_NEEDED})
FIELDS = {
    Reason.BIRTH_DATE_NEEDED: "born",
    Reason.TOO_YOUNG_FOR_CALL: "born",
    Reason.TOO_OLD_FOR_CALL: "born",
    Reason.PROVINCE_NEEDED: "province",
    Reason.OTHER_TERRITORY: "province",
}


def closed(call: Call) -> ResponseReturnValue:
    """Nobody enters now: since when or from when, and what one can do meanwhile."""
    opens = call.calendar.registration.opens
    return page(
        "registration/closed.html",
        status=403,
        call=call,
        is_early=call.state == CallState.PUBLISHED and now() < opens,
        is_late=call.state == CallState.PUBLISHED and now() >= opens,
    )


@bp.route("/calls/<code>/registration", methods=["GET", "POST"])
@permit(Action.CALL_REGISTER, load=call_by_code, otherwise=closed)
def new(call: Call) -> ResponseReturnValue:
    """The form; for who is in already, what was said and what comes next."""
    actor, account = current_actor(), applicant(current_actor())
    registration = own_registration(call, actor)
    if registration is not None:
        said = answers(call.bases.team, registration)
        return page("registration/show.html", call=call, registration=registration, said=said)
    form = RegistrationForm(call, account)
    if form.validate_on_submit():
        try:
            services.enter(call, form.entry, actor, now())
        except Refused as refused:
            form.refuse(refused, _field(form, refused))
            call = call_by_code(call.code) or call
        else:
            flash(_("You are registered. We wrote to you by e-mail."), "success")
            onwards = local_path(request.args.get("next")) or url_for(".new", code=call.code)
            return redirect(onwards)
    shown: dict[str, Any] = {"call": call, "form": form, "purposes": purposes(call.bases.team)}
    shown |= {"account": account, "home": home_of(account), **_against(call, account)}
    return page("registration/new.html", status=_status(form), **shown)


@bp.route("/calls/<code>/registration/details", methods=["GET", "POST"])
@permit(Action.CALL_EDIT_ENTRY, load=own_registration_in)
def edit(registration: Registration) -> ResponseReturnValue:
    """Correct what was said when entering."""
    call = registration.call
    form = corrections(registration)
    if form.validate_on_submit():
        services.correct(registration, form.entry, current_actor(), now())
        flash(_("What you said was changed."), "success")
        return redirect(url_for(".new", code=call.code))
    shown: dict[str, Any] = {"call": call, "form": form, "purposes": purposes(call.bases.team)}
    return page("registration/edit.html", status=_status(form), **shown)


@bp.route("/calls/<code>/registration/withdrawal", methods=["GET", "POST"])
@permit(Action.CALL_WITHDRAW, load=own_registration_in)
def withdraw(registration: Registration) -> ResponseReturnValue:
    """Say what withdrawing means, then do it."""
    call, form = registration.call, Form()
    if form.validate_on_submit():
        try:
            services.withdraw(registration, current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
            call = call_by_code(call.code) or call
        else:
            flash(_("You withdrew from this call. What you said for it was erased."), "success")
            return redirect(url_for("calls.show", code=call.code))
    return page("registration/withdraw.html", status=_status(form), call=call, form=form)


def _against(call: Call, account: Account) -> dict[str, Any]:
    """What keeps this person out and cannot be changed here, in words; and where it can be, if anywhere."""
    bases = call.bases
    found = obstacles(
        bases.eligibility,
        born=account.birth_date,
        province=account.province,
        day=day_in(bases.time_zone, now()),
    )
    of_person = [Refused(one.reason, **one.details) for one in found if one.reason not in CAN_BE_GIVEN]
    standing = keeps_out(call, account, current_actor())
    against = [*([Refused(standing)] if standing else []), *of_person]
    return {
        "against": [sentence(each) for each in against],
        "about_person": bool(of_person),
        "about_consent": standing is Reason.CONSENT_TAKEN_BACK,
    }


def _field(form: Form, refused: Refused) -> str | None:
    """The field that a refusal is about, where the form has it."""
    name = FIELDS.get(refused.reason, "")
    return name if name in form else None


def _status(form: Form) -> int:
    return 422 if form.is_submitted() else 200
