"""Teams and registrations as the organisers see them: names and provinces, no addresses."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.territory import PROVINCES
from thinkia.policy import Action
from thinkia.teams.models import Team
from thinkia.teams.queries import numbers_of, people_by_province, people_of_call, teams_of_call
from thinkia.teams.routes.sheet import findings_of
from thinkia.teams.wording import finding_words
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import permit

bp = Blueprint("teams_manage", __name__, url_prefix="/manage/calls")


@bp.get("/<code>/people")
@permit(Action.CALL_OVERSEE, load=call_by_code)
def index(call: Call) -> ResponseReturnValue:
    """Everybody registered, or every team; a word searches the names of teams."""
    words = request.args.get("q", "").strip()[:80]
    who = "teams" if request.args.get("who") == "teams" else "people"
    rows = teams_of_call(call, words) if who == "teams" else people_of_call(call, words)
    found = listing(rows, page_number())
    asked: dict[str, Any] = {"code": call.code, "who": who, "q": words or None}
    return manage_page(
        "teams/manage.html",
        call,
        found=found,
        teams=[_row(call, team) for team in found.rows] if who == "teams" else [],
        who=who,
        words=words,
        numbers=numbers_of(call),
        provinces=people_by_province(call),
        province_names=PROVINCES,
        address=lambda number: url_for(".index", page=number, **asked),
    )


def _row(call: Call, team: Team) -> dict[str, Any]:
    """A team with how many it has and what it lacks."""
    found = findings_of(team, call.bases.team)
    return {
        "team": team,
        "size": found[0].count,
        "missing": [finding_words(each).text for each in found if not each.is_met],
    }
