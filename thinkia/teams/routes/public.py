"""Teams as their members and those who look for one see them."""

from flask import Blueprint

bp = Blueprint("teams", __name__)
