"""The hosts somebody works for, and their staff."""

from flask import Blueprint

bp = Blueprint("organisations", __name__, url_prefix="/manage")
