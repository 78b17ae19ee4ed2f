"""The front page, each person's desk, help and the notices."""

from flask import Blueprint

bp = Blueprint("home", __name__)
