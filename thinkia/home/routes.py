"""The front page, each person's desk, help and the notices."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from thinkia.accounts.queries import own_account
from thinkia.agreements.hooks import act_of
from thinkia.agreements.queries import waiting_for
from thinkia.calls.models import Call
from thinkia.calls.queries import calls_under_way, calls_with_results, open_calls
from thinkia.calls.wording.dates import status
from thinkia.calls.wording.numbers import money
from thinkia.calls.wording.people import who_in_short
from thinkia.certificates.queries import certificates_of
from thinkia.certificates.wording import KINDS
from thinkia.domain.sectors import SECTORS
from thinkia.home.queries import (
    applications_of,
    calls_to_run,
    invitations_to,
    requests_to_decide,
    seats_of,
    seats_offered_to,
)
from thinkia.home.wording import Seat, application, deadline, headline
from thinkia.policy import Action, Actor, TieKind
from thinkia.web.listing import listing
from thinkia.web.locale import sector_name
from thinkia.web.pages import page, plain
from thinkia.web.security import current_actor, may, now, permit, public

bp = Blueprint("home", __name__)

OPEN_SHOWN, OTHERS_SHOWN = 20, 6


@bp.get("/")
@public("the front page")
def index() -> ResponseReturnValue:
    open_now = listing(open_calls(now()), 1, per_page=OPEN_SHOWN)
    return page(
        "home/index.html",
        open_now=[(call, status(call, call.bases, now()), _in_short(call)) for call in open_now.rows],
        open_total=open_now.total,
        under_way=_with_status(listing(calls_under_way(now()), 1, per_page=OTHERS_SHOWN).rows),
        decided=listing(calls_with_results(), 1, per_page=OTHERS_SHOWN).rows,
        sector_names={code: sector_name(code) for code in SECTORS},
    )


@bp.get("/help")
@public("help is for everybody")
def help_page() -> ResponseReturnValue:
    return page("home/help.html")


@bp.get("/accessibility")
@public("a statement that the law asks for")
def accessibility() -> ResponseReturnValue:
    return page("home/accessibility.html")


@bp.get("/privacy")
@public("a notice that the law asks for")
def privacy() -> ResponseReturnValue:
    return page("home/privacy.html")


@bp.get("/desk")
@permit(Action.DESK_SEE)
def desk() -> ResponseReturnValue:
    actor = current_actor()
    account = own_account(actor)
    applications = [application(row[0], row[1], row[2], now()) for row in applications_of(actor)]
    seats = sorted((Seat(*row) for row in seats_of(actor)), key=lambda seat: seat.left == 0)
    found = invitations_to(account.email, now()) if account else ()
    invitations = [one for one in found if may(Action.INVITATION_READ, one)]
    offered = seats_offered_to(account.email, now()) if account else ()
    return page(
        "home/desk.html",
        headline=headline(applications, seats, invitations, offered),
        applications=applications,
        seats=seats,
        invitations=invitations,
        offered=offered,
        requests=requests_to_decide(actor),
        certificates=certificates_of(actor),
        certificate_kinds=KINDS,
        to_confirm=waiting_for(actor, now()) if _may_be_second(actor) else (),
        act_of=act_of,
        calls=_with_status(call for call in calls_to_run(actor) if may(Action.CALL_OVERSEE, call)),
        deadline=deadline,
    )


def _may_be_second(actor: Actor) -> bool:
    """Somebody whom acts of two persons can concern at all: a citizen's desk need not ask."""
    return any(actor.places(kind) for kind in (TieKind.STAFF, TieKind.JUROR, TieKind.SECOND))


def _with_status(calls: Any) -> list[tuple[Call, Any]]:
    return [(call, status(call, call.bases, now())) for call in calls]


def _in_short(call: Call) -> dict[str, str]:
    """Who can apply and what there is to win, each on a line."""
    best = call.bases.prizes[0] if call.bases.prizes else None
    amount = money(best.amount, best.currency) if best and best.amount is not None else ""
    title = plain(best.title) if best else ""
    return {"who": who_in_short(call.bases), "gain": " · ".join(part for part in (amount, title) if part)}
