"""A juror's own page: who one is for this jury. Panels are drawn from it."""

from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.domain.reasons import Refused
from thinkia.jury.forms.profile import ProfileForm, SectorWishForm
from thinkia.jury.models import Juror
from thinkia.jury.queries.panels import has_applied_plan
from thinkia.jury.queries.people import own_seat
from thinkia.jury.routes.door import asked, bp
from thinkia.jury.services import profiles
from thinkia.policy import Action
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit


@bp.route("/calls/<code>/jury/profile", methods=["GET", "POST"])
@permit(Action.JUROR_SIGN, load=own_seat)
def profile(juror: Juror) -> ResponseReturnValue:
    """Institution, languages, topics, how much at most; fixed once panels rest on it."""
    form = ProfileForm.of(juror, juror.call)
    first = juror.described_at is None
    if form.validate_on_submit():
        try:
            profiles.describe(juror, _described(form), current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
            juror = own_seat(asked()["code"], current_actor()) or abort(404)
        else:
            flash(_("Saved. Thank you."), "success")
            return redirect(url_for(".statement" if first else ".desk", code=asked()["code"]))
    return _profile_page(juror, form)


@bp.post("/calls/<code>/jury/profile/sector")
@permit(Action.JUROR_SIGN, load=own_seat)
def ask_for_sector(juror: Juror) -> ResponseReturnValue:
    """Ask the organisers to put the sector right."""
    wish = SectorWishForm().offer(juror.call.bases.jury.sectors)
    if wish.validate():
        try:
            profiles.ask_for_sector(juror, wish.sector.data, wish.why.data or "", current_actor(), now())
        except Refused as refused:
            wish.refuse(refused, "sector")
            juror = own_seat(asked()["code"], current_actor()) or abort(404)
        else:
            flash(_("The organisers read it and decide. Until then your sector stays."), "success")
            return redirect(url_for(".profile", code=asked()["code"]))
    return _profile_page(juror, ProfileForm.of(juror, juror.call), wish=wish)


def _described(form: ProfileForm) -> profiles.Profile:
    return profiles.Profile(
        institution=form.institution.data or "",
        languages=form.languages.data or [],
        topics=form.topics.data or [],
        expertise=form.own_topics,
        capacity=form.capacity.data,
    )


def _profile_page(juror: Juror, form: ProfileForm, wish: SectorWishForm | None = None) -> ResponseReturnValue:
    used = wish or form
    status = 422 if used.is_submitted() else 200
    shown: dict[str, Any] = {"juror": juror, "call": juror.call, "form": form}
    shown |= {"is_fixed": has_applied_plan(juror.call), "first": juror.described_at is None}
    shown["wish"] = wish or SectorWishForm(formdata=None).offer(juror.call.bases.jury.sectors)
    return page("jury/profile.html", status=status, **shown)
