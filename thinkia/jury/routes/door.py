"""Where the addresses of jurors and of organisers are gathered."""

from typing import Any

from flask import Blueprint, request

bp = Blueprint("jury", __name__)
manage = Blueprint("jury_manage", __name__, url_prefix="/manage/calls/<code>/jury")


def asked() -> dict[str, Any]:
    """The parts of the address that was asked for: what is loaded again after a refusal."""
    return dict(request.view_args or {})
