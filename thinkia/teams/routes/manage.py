"""Teams and registrations as the organisers see them."""

from flask import Blueprint

bp = Blueprint("teams_manage", __name__, url_prefix="/manage/calls")
