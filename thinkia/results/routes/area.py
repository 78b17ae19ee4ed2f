"""The blueprint of the organisers' and the chair's pages."""

from flask import Blueprint

bp = Blueprint("results_manage", __name__)
