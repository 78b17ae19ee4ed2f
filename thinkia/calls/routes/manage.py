"""Calls as their organisers see them."""

from flask import Blueprint

bp = Blueprint("calls_manage", __name__, url_prefix="/manage/calls")
