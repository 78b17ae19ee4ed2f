"""The hosts somebody works for, and their staff."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.domain.reasons import Refused
from thinkia.organisations import queries, services
from thinkia.organisations.forms import NamedForm, RemovalForm, RoleForm, SecondsForm, StaffForm
from thinkia.organisations.models import Host, Staff
from thinkia.organisations.wording import ROLE_HINTS, ROLES
from thinkia.policy import Action
from thinkia.policy.actor import StaffRole
from thinkia.web.errors import sentence
from thinkia.web.locale import language
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit

bp = Blueprint("organisations", __name__, url_prefix="/manage")


@bp.get("/hosts")
@permit(Action.HOSTS_SEE)
def index() -> ResponseReturnValue:
    return page("organisations/index.html", hosts=queries.hosts_of(current_actor()))


@bp.get("/hosts/<code>")
@permit(Action.HOST_SEE, load=queries.host_by_code)
def show(host: Host) -> ResponseReturnValue:
    return _show(host, StaffForm())


@bp.post("/hosts/<code>/staff")
@permit(Action.HOST_STAFF, load=queries.host_by_code)
def add_staff(host: Host) -> ResponseReturnValue:
    form = StaffForm()
    if not form.validate_on_submit():
        return _show(host, form, status=422)
    wanted = services.NewStaff(email=form.email.data, role=StaffRole(form.role.data), language=language())
    try:
        services.add_staff(host, wanted, current_actor(), now())
    except Refused as refused:
        form.refuse(refused, "email")
        return _show(host, form, status=422)
    flash(_("We have written to %(email)s.", email=wanted.email), "success")
    return redirect(url_for(".show", code=host.code))


@bp.post("/hosts/<code>/staff/role")
@permit(Action.HOST_STAFF, load=queries.host_by_code)
def change_role(host: Host) -> ResponseReturnValue:
    form = RoleForm()
    if not form.validate_on_submit():
        abort(400)
    staff, role = _member(host, form.email.data), StaffRole(form.role.data)
    try:
        services.change_role(host, staff, role, current_actor(), now())
        flash(_("The role is changed. The person has to sign in again."), "success")
    except Refused as refused:
        flash(sentence(refused), "error")
    return redirect(url_for(".show", code=host.code))


@bp.post("/hosts/<code>/staff/removal")
@permit(Action.HOST_STAFF, load=queries.host_by_code)
def remove_staff(host: Host) -> ResponseReturnValue:
    form = RemovalForm()
    if not form.validate_on_submit():
        abort(400)
    try:
        services.remove_staff(host, _member(host, form.email.data), current_actor(), now())
        flash(_("The person is no longer part of the staff."), "success")
    except Refused as refused:
        flash(sentence(refused), "error")
    return redirect(url_for(".show", code=host.code))


@bp.post("/hosts/<code>/seconds")
@permit(Action.HOST_STAFF, load=queries.host_by_code)
def set_seconds(host: Host) -> ResponseReturnValue:
    """Which roles may be second."""
    form = SecondsForm()
    kinds = services.SecondKinds(form.by_staff.data, form.by_chair.data, form.by_secretary.data)
    if not form.validate_on_submit():
        abort(400)
    try:
        services.set_seconds(host, kinds, current_actor(), now())
    except Refused as refused:
        form.refuse(refused)
        return _show(host, StaffForm(formdata=None), seconds=form, status=422)
    flash(_("Saved."), "success")
    return redirect(url_for(".show", code=host.code))


@bp.post("/hosts/<code>/seconds/people")
@permit(Action.HOST_STAFF, load=queries.host_by_code)
def name_second(host: Host) -> ResponseReturnValue:
    """Somebody of another host, by name."""
    form = NamedForm()
    if not form.validate_on_submit():
        return _show(host, StaffForm(formdata=None), named=form, status=422)
    try:
        services.name_second(host, form.second.data, current_actor(), now())
    except Refused as refused:
        form.refuse(refused, "second")
        return _show(host, StaffForm(formdata=None), named=form, status=422)
    flash(_("We have written to %(email)s.", email=form.second.data), "success")
    return redirect(url_for(".show", code=host.code))


@bp.post("/hosts/<code>/seconds/removal")
@permit(Action.HOST_STAFF, load=queries.host_by_code)
def remove_second(host: Host) -> ResponseReturnValue:
    form = NamedForm()
    if not form.validate_on_submit():
        abort(400)
    second = queries.second_by_email(host, form.second.data) or abort(404)
    try:
        services.remove_second(host, second, current_actor(), now())
        flash(_("That person can confirm no more."), "success")
    except Refused as refused:
        flash(sentence(refused), "error")
    return redirect(url_for(".show", code=host.code))


def _member(host: Host, email: str) -> Staff:
    return queries.staff_by_email(host, email) or abort(404)


def _show(
    host: Host,
    form: StaffForm,
    *,
    seconds: SecondsForm | None = None,
    named: NamedForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    kinds = {
        "by_staff": host.second_by_staff,
        "by_chair": host.second_by_chair,
        "by_secretary": host.second_by_secretary,
    }
    return page(
        "organisations/show.html",
        status=status,
        host=host,
        form=form,
        staff=queries.staff_of(host),
        roles=ROLES,
        hints=ROLE_HINTS,
        seconds=seconds or SecondsForm(formdata=None, data=kinds),
        named=named or NamedForm(formdata=None),
        people=queries.seconds_named(host),
    )
