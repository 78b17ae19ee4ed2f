"""Results as the public and the teams see them."""

from flask import Blueprint

bp = Blueprint("results", __name__)
