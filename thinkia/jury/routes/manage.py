"""Jurors, conflicts and panels as the organisers see them."""

from flask import Blueprint

bp = Blueprint("jury_manage", __name__, url_prefix="/manage/calls")
