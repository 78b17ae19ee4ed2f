"""The juror's desk and the scoring page."""

from flask import Blueprint

bp = Blueprint("jury", __name__)
