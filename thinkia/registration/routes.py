"""Entering a call and leaving it."""

from flask import Blueprint

bp = Blueprint("registration", __name__)
