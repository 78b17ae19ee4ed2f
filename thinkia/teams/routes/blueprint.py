"""Where the addresses of teams hang, so that several modules can add to them, and what buttons share."""

from flask import Blueprint, abort

from thinkia.teams.models import Team
from thinkia.teams.queries import team_by_code
from thinkia.web.security import current_actor, limiter

bp = Blueprint("teams", __name__)


def _reader() -> str:
    return f"account:{current_actor().account_id}"


letters = limiter.shared_limit("60 per hour", scope="team letters", key_func=_reader, methods=["POST"])
"""What writes to other people: enough for a person, little for a machine."""


def again(team: Team) -> Team:
    """The team as it is after a refusal, which undid what was read too."""
    return team_by_code(team.code) or abort(404)
