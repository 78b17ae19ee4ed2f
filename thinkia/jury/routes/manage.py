"""A jury as its organisers see it: who sits, who was invited, what keeps whom from what."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.accounts.wording import LANGUAGES
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.calls.wording.evaluators import group_titles
from thinkia.jury.forms import CapacityForm, ReasonForm
from thinkia.jury.forms.profile import SeatForm
from thinkia.jury.models import Juror, sending
from thinkia.jury.queries.access import uses_of
from thinkia.jury.queries.conflicts import conflicts_by_juror, conflicts_of
from thinkia.jury.queries.letters import letters_to
from thinkia.jury.queries.panels import count_to_read, loads_by_juror
from thinkia.jury.queries.people import juror_by_code, jurors_of, standing_chair, suggestions_waiting
from thinkia.jury.queries.reviews import unfinished_counts
from thinkia.jury.routes import (
    ballots,
    inviting,
    letters,
    mark_sheet,
    overseeing,
    panel,
    panels,
    paper,
    plan_sheet,
    readings,
    register,
)
from thinkia.jury.routes.board import jury_board
from thinkia.jury.routes.door import asked
from thinkia.jury.routes.door import manage as bp
from thinkia.jury.services import invitations, profiles
from thinkia.jury.wording import JUROR_STATES, ROLES
from thinkia.jury.wording.conflicts import told
from thinkia.jury.wording.letters import PROOFS, SENDINGS, SENT_KINDS
from thinkia.policy import Action
from thinkia.web.buttons import pressed
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit

__all__ = [
    "ballots",
    "bp",
    "inviting",
    "letters",
    "mark_sheet",
    "overseeing",
    "panel",
    "panels",
    "paper",
    "plan_sheet",
    "readings",
    "register",
]


@bp.get("")
@permit(Action.JURY_SEE, load=call_by_code)
def index(call: Call) -> ResponseReturnValue:
    """Jurors by sector with state and load, and a live count against the quotas."""
    jurors, loads = jurors_of(call), loads_by_juror(call)
    board = jury_board(call.bases.jury, jurors, loads, count_to_read(call))
    shown: dict[str, Any] = {
        "suggestions": suggestions_waiting(call),
        "board": board,
        "conflicts": conflicts_by_juror(call),
        "states": JUROR_STATES,
        "groups": group_titles(call.bases.jury),
    }
    return manage_page("jury/manage/index.html", call, roles=ROLES, left=unfinished_counts(call), **shown)


@bp.get("/<juror>")
@permit(Action.JURY_SEE, load=juror_by_code)
def juror(juror: Juror) -> ResponseReturnValue:
    """One seat: its state, its load, its register of conflicts."""
    return _juror_page(juror, CapacityForm(capacity=juror.capacity))


@bp.post("/<juror>/invitation")
@permit(Action.JURY_MANAGE, load=juror_by_code)
def resend(juror: Juror) -> ResponseReturnValue:
    return _act(
        partial(invitations.resend, juror, current_actor(), now()), _("A new invitation is on its way.")
    )


@bp.post("/<juror>/chair")
@permit(Action.JURY_MANAGE, load=juror_by_code)
def name_chair(juror: Juror) -> ResponseReturnValue:
    done = _("%(name)s chairs the jury now. We wrote to say so.", name=juror.name)
    return _act(partial(invitations.name_chair, juror, current_actor(), now()), done)


@bp.post("/<juror>/capacity")
@permit(Action.JURY_MANAGE, load=juror_by_code)
def capacity(juror: Juror) -> ResponseReturnValue:
    form = CapacityForm()
    if not form.validate_on_submit():
        return _juror_page(juror, form, status=422)
    most = form.capacity.data
    return _act(partial(invitations.set_capacity, juror, most, current_actor(), now()), _("Saved."))


@bp.post("/<juror>/sector")
@permit(Action.JURY_MANAGE, load=juror_by_code)
def sector(juror: Juror) -> ResponseReturnValue:
    """Decide for which sector somebody sits; leaving it as it is answers a wish too."""
    form = SeatForm().offer_seats(juror.call.bases.jury)
    if not form.validate():
        return _juror_page(juror, CapacityForm(formdata=None, capacity=juror.capacity), status=422)
    group = form.evaluators.data if "evaluators" in form else None
    more: dict[str, Any] = {"others": form.others.data or (), "evaluators": group}
    return _act(
        partial(profiles.set_seat, juror, form.sector.data, current_actor(), now(), **more), _("Saved.")
    )


@bp.route("/<juror>/revocation", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=juror_by_code)
def revoke(juror: Juror) -> ResponseReturnValue:
    """Take a seat back, with the reason: a page of its own, because it ends work under way."""
    form = ReasonForm()
    if form.validate_on_submit():
        return _act(
            partial(invitations.revoke, juror, form.reason.data, current_actor(), now()),
            _("The seat was taken back. Its unfinished proposals are free for others."),
        )
    left = unfinished_counts(juror.call).get(juror.id, 0)
    status = 422 if form.is_submitted() else 200
    return manage_page(
        "jury/manage/revoke.html", juror.call, juror=juror, form=form, left=left, status=status
    )


def _juror_page(juror: Juror, form: CapacityForm, *, status: int = 200) -> ResponseReturnValue:
    load = loads_by_juror(juror.call).get(juror.id, 0)
    left = unfinished_counts(juror.call).get(juror.id, 0)
    shown: dict[str, Any] = {"juror": juror, "load": load, "left": left, "conflicts": conflicts_of(juror)}
    preset = SeatForm(
        formdata=None,
        sector=juror.sector_wish or juror.sector,
        others=juror.other_sectors,
        evaluators=juror.evaluators,
    )
    shown |= {"uses": uses_of(juror), "proofs": PROOFS}
    shown |= {
        "letters": letters_to(juror),
        "sent_kinds": SENT_KINDS,
        "sendings": SENDINGS,
        "sending": sending,
    }
    shown |= {"sector_form": preset.offer_seats(juror.call.bases.jury), "languages": LANGUAGES}
    shown |= {"form": form, "state": JUROR_STATES[juror.state], "role": ROLES[juror.role]}
    shown |= {"told": told, "groups": group_titles(juror.call.bases.jury)}
    shown |= {"chaired": standing_chair(juror.call) is not None}
    return manage_page("jury/manage/juror.html", juror.call, status=status, **shown)


def _act(use_case: Callable[[], object], done: str) -> ResponseReturnValue:
    """One button of a juror's page."""
    return pressed(use_case, done, url_for(".juror", code=asked()["code"], juror=asked()["juror"]))
