"""The blueprint that the organisers' pages of calls share."""

from flask import Blueprint

bp = Blueprint("calls_manage", __name__, url_prefix="/manage/calls")
