"""Submissions as the organisers see them."""

from flask import Blueprint

bp = Blueprint("submissions_manage", __name__, url_prefix="/manage/calls")
