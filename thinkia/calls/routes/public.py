"""Calls as the public sees them."""

from flask import Blueprint

bp = Blueprint("calls", __name__)
