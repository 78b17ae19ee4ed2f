"""What a juror would like to read, page by page. Saved as it is chosen, or by the button."""

from typing import Any

from flask import flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.domain.bids import Liking
from thinkia.domain.reasons import Refused
from thinkia.jury.forms.bids import NOTHING, likings_sent
from thinkia.jury.models import Juror
from thinkia.jury.queries.bids import bidding_seat, own_bids, proposals_to_bid_for, takes_bids
from thinkia.jury.routes.door import asked, bp
from thinkia.jury.services import bids
from thinkia.policy import Action
from thinkia.web.errors import sentence
from thinkia.web.forms import Form
from thinkia.web.listing import Listing, listing, page_number
from thinkia.web.locale import hours
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit

PER_PAGE = 20


@bp.route("/calls/<code>/jury/preferences", methods=["GET", "POST"])
@permit(Action.JUROR_SIGN, load=bidding_seat)
def preferences(juror: Juror) -> ResponseReturnValue:
    """Each proposal by its title and challenge: gladly, rather not, or nothing said."""
    if juror.statement_at is None:
        return redirect(url_for(".statement", code=juror.call.code))
    rows, form, problem = _rows(juror), Form(), ""
    if form.validate_on_submit():
        try:
            bids.bid(
                juror, likings_sent([row.code for row in rows.rows], request.form), current_actor(), now()
            )
        except Refused as refused:
            problem = sentence(refused)
            juror, rows = bidding_seat(asked()["code"], current_actor()) or juror, _rows(juror)
        else:
            return _saved(juror, rows)
    return _preferences_page(juror, rows, form, problem)


def _rows(juror: Juror) -> Listing:
    return listing(proposals_to_bid_for(juror), page_number(), per_page=PER_PAGE)


def _saved(juror: Juror, rows: Listing) -> ResponseReturnValue:
    """In passing, when it was; by the button, on to the next page, or to the list of what is to be read."""
    if "HX-Request" in request.headers:
        answer = make_response("", 204)
        answer.headers["X-Saved-At"] = hours(now(), juror.call.bases.time_zone)
        return answer
    flash(_("Saved. Thank you."), "success")
    if rows.number < rows.pages:
        return redirect(url_for(".preferences", code=juror.call.code, page=rows.number + 1))
    return redirect(url_for(".desk", code=juror.call.code))


def _preferences_page(juror: Juror, rows: Listing, form: Form, problem: str) -> ResponseReturnValue:
    shown: dict[str, Any] = {"juror": juror, "call": juror.call, "listing": rows, "form": form}
    shown |= {"open": takes_bids(juror, now()), "said": own_bids(juror), "problem": problem}
    shown |= {"Liking": Liking, "nothing": NOTHING}
    shown["page_address"] = lambda at: url_for(".preferences", code=juror.call.code, page=at)
    return page("jury/preferences.html", status=409 if problem else 200, **shown)
