"""From the link of a letter to the juror's desk: a button, and in a new browser a code."""

import hashlib
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.domain.lifecycle import JurorState
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.forms.access import EnterForm
from thinkia.jury.models import Juror, KnownBrowser
from thinkia.jury.queries.access import browser_of, browsers_of, juror_by_access, link_by_token, uses_of
from thinkia.jury.queries.people import juror_by_code, own_seat
from thinkia.jury.routes.door import asked, bp, manage
from thinkia.jury.services import access
from thinkia.jury.services.access import KNOWN_FOR
from thinkia.jury.wording.letters import PROOFS
from thinkia.policy import Action
from thinkia.web.buttons import pressed
from thinkia.web.devices import browser, device, remember, remembered
from thinkia.web.pages import page
from thinkia.web.security import admit, current_actor, limiter, now, permit


def _link() -> str:
    return hashlib.sha256(asked()["token"].encode()).hexdigest()


few_codes = limiter.limit("10 per hour", key_func=_link, methods=["POST"])
some_codes_from_here = limiter.limit("60 per hour", methods=["POST"])
tries_from_here = limiter.limit("100 per 15 minutes", methods=["POST"])


@bp.get("/jury-access/<token>")
@permit(Action.INVITATION_SEE, load=juror_by_access)
def enter(juror: Juror) -> ResponseReturnValue:
    """Whose desk it is and what one button does. Looking changes nothing: scanners look too."""
    return _enter_page(juror)


@bp.post("/jury-access/<token>")
@permit(Action.INVITATION_SEE, load=juror_by_access)
@few_codes
@some_codes_from_here
def go_in(juror: Juror) -> ResponseReturnValue:
    """To the desk, in a browser that is known; else a code goes to the juror's address."""
    token, code, standing = asked()["token"], juror.call.code, _standing(juror)
    try:
        if standing == "mine":
            return redirect(url_for(".desk", code=code))
        if standing == "known":
            return _let_in(access.enter_known(juror, token, remembered(), device(), now()), code)
        if standing == "new":
            access.send_code(juror, token, browser(), now())
            return redirect(url_for(".enter_code", token=token))
    except Refused:
        juror = juror_by_access(token) or juror
    return _enter_page(juror, status=409)


@bp.route("/jury-access/<token>/code", methods=["GET", "POST"])
@permit(Action.INVITATION_SEE, load=juror_by_access)
@tries_from_here
def enter_code(juror: Juror) -> ResponseReturnValue:
    """Six digits, and in. From then on the link alone is enough in this browser."""
    form, token, code = EnterForm(), asked()["token"], juror.call.code
    if _standing(juror) != "new":
        return redirect(url_for(".enter", token=token))
    if form.validate_on_submit():
        entered = access.enter_by_code(juror, token, form.digits, browser(), remembered(), device(), now())
        if entered is not None:
            return _let_in(entered, code)
        form.refuse(Refused(Reason.WRONG_CODE), "code")
        juror = juror_by_access(token) or juror
    status = 422 if form.is_submitted() else 200
    return page(
        "jury/enter_code.html", status=status, juror=juror, form=form, token=token, to=_masked(juror.email)
    )


@bp.get("/calls/<code>/jury/access")
@permit(Action.JUROR_SEE, load=own_seat)
def own_access(juror: Juror) -> ResponseReturnValue:
    """One's own way in: where it was used, which browsers are known, and ending all of it."""
    known = browsers_of(juror, now() - KNOWN_FOR)
    shown: dict[str, Any] = {"uses": uses_of(juror), "known": known, "proofs": PROOFS}
    return page("jury/access.html", juror=juror, call=juror.call, **shown)


@bp.post("/calls/<code>/jury/access")
@permit(Action.JUROR_SEE, load=own_seat)
def renew_own_access(juror: Juror) -> ResponseReturnValue:
    code = juror.call.code
    access.send_new_link(juror, current_actor(), now())
    flash(_("A new link is on its way. The earlier ones no longer work."), "success")
    return redirect(url_for(".own_access", code=code))


@bp.post("/calls/<code>/jury/access/<int:browser>/end")
@permit(Action.JUROR_SEE, load=browser_of)
def forget_browser(row: KnownBrowser) -> ResponseReturnValue:
    access.forget(row, current_actor(), now())
    flash(_("That browser will be asked for a code."), "success")
    return redirect(url_for(".own_access", code=asked()["code"]))


@manage.post("/<juror>/access")
@permit(Action.JURY_MANAGE, load=juror_by_code)
def renew_access(juror: Juror) -> ResponseReturnValue:
    """The organisers send a new link, when one was forwarded or lost."""
    then = url_for("jury_manage.juror", code=asked()["code"], juror=asked()["juror"])
    said = _("A new link is on its way. The earlier ones no longer work.")
    return pressed(lambda: access.send_new_link(juror, current_actor(), now()), said, then)


def _let_in(entered: access.Entered, code: str) -> Response:
    admit(entered.token)
    return remember(redirect(url_for(".desk", code=code)), entered.browser)  # type: ignore[arg-type]


def _standing(juror: Juror) -> str:
    """How the reader stands to this link: what the page offers."""
    link = link_by_token(asked()["token"])
    if juror.state is not JurorState.ACCEPTED or link is None or link.ended_at is not None:
        return "gone"
    if current_actor().account_id == juror.account_id:
        return "mine"
    if not current_actor().is_anonymous:
        return "other_account"
    return "known" if access.is_known(juror, remembered(), now()) else "new"


def _enter_page(juror: Juror, *, status: int = 200) -> ResponseReturnValue:
    shown: dict[str, Any] = {
        "juror": juror,
        "call": juror.call,
        "standing": _standing(juror),
        "to": _masked(juror.email),
    }
    return page("jury/enter.html", status=status, token=asked()["token"], back=request.path, **shown)


def _masked(email: str) -> str:
    """As in "a***@example.org": enough for its owner, little for whoever got the link from somebody."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}***@{host}"
