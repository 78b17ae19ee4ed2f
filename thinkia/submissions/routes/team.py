"""Submissions as their team sees them."""

from flask import Blueprint

bp = Blueprint("submissions", __name__)
