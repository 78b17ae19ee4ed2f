"""A call's register of acts that two persons decide."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from thinkia.agreements import wording
from thinkia.agreements.hooks import act_of
from thinkia.agreements.queries import agreements_of, seconds_of
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.policy import Action
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import permit

bp = Blueprint("agreements_manage", __name__, url_prefix="/manage/calls")


@bp.get("/<code>/agreements")
@permit(Action.CALL_OVERSEE, load=call_by_code)
def index(call: Call) -> ResponseReturnValue:
    """Everything that was asked for, the newest first, with both names; and who may be second here."""
    return manage_page(
        "agreements/index.html",
        call,
        found=listing(agreements_of(call), page_number()),
        page_address=lambda number: url_for(".index", code=call.code, page=number),
        seconds=seconds_of(call),
        act_of=act_of,
        w=wording,
    )
