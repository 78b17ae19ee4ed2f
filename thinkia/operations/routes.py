"""``/health``: one line for a monitor that calls somebody when it does not say "ok"."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from thinkia.db.transaction import end_reading
from thinkia.operations import queries
from thinkia.operations.installation import ROOM, free_space
from thinkia.operations.invariants import PATIENCE
from thinkia.web.security import now, public

bp = Blueprint("operations", __name__)


MINUTES = int(PATIENCE.total_seconds()) // 60


@bp.get("/health")
@public("a monitor asks whether everything runs; it learns no names and no numbers of people")
def health() -> ResponseReturnValue:
    try:
        answer = _answer(now())
    except SQLAlchemyError:
        end_reading()
        answer = {"status": "down", "database": "does not answer"}
    response = jsonify(answer)
    response.status_code = 200 if answer["status"] == "ok" else 503
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(moment: datetime) -> dict[str, Any]:
    work, mail = _minutes(queries.oldest_due(moment), moment), _minutes(queries.oldest_unsent(), moment)
    delivered = _minutes(queries.last_delivery() or datetime.min.replace(tzinfo=UTC), moment)
    is_stuck = work >= MINUTES or (mail >= MINUTES and delivered >= MINUTES)
    free = free_space(current_app.config["SETTINGS"], current_app.extensions["storage"])
    is_full = min(free.values()) < ROOM
    return {
        "status": "degraded" if is_stuck or is_full else "ok",
        "database": "answers",
        "disk": "almost full" if is_full else "ok",
        "oldest_task_minutes": work,
        "oldest_letter_minutes": mail,
    }


def _minutes(since: datetime | None, moment: datetime) -> int:
    return max(0, int((moment - since).total_seconds()) // 60) if since else 0
