"""Progress, order, publication and exports as the organisers and the chair see them."""

from flask import Blueprint

bp = Blueprint("results_manage", __name__, url_prefix="/manage/calls")
