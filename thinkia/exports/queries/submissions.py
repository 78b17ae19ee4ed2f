"""SELECTs of the tables of proposals, and of the order of those that were handed in."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Select, select

from thinkia.calls.models import BasesVersion, Call, Challenge
from thinkia.db import db
from thinkia.submissions.models import Receipt, Submission
from thinkia.teams.models import Team


def submission_names(call: Call) -> Select[Any]:
    """(code, title, challenge, team, team_name, submitted_at, content) of what was handed in."""
    return (
        select(
            Submission.code,
            Submission.title,
            Challenge.code.label("challenge"),
            Team.code.label("team"),
            Team.name.label("team_name"),
            Submission.submitted_at,
            Receipt.content,
        )
        .join(Challenge, Challenge.id == Submission.challenge_id)
        .join(Team, Team.id == Submission.team_id)
        .join(Receipt, Receipt.id == Submission.receipt_id)
        .where(Submission.call_id == call.id)
    )


def submission_rows(call: Call) -> Select[Any]:
    """What was handed in, with the receipt that counts. Drafts are their teams' own."""
    more = (
        Submission.state,
        Receipt.number,
        Receipt.content_sha256,
        Submission.excluded_at,
        Submission.excluded_reason,
    )
    return submission_names(call).add_columns(*more).order_by(Submission.code)


def published_contents(call: Call) -> list[str]:
    """The texts of every version of the bases, the newest first: questions may have come and gone."""
    return list(
        db.session.scalars(
            select(BasesVersion.content)
            .where(BasesVersion.call_id == call.id, BasesVersion.published_at.is_not(None))
            .order_by(BasesVersion.number.desc())
        )
    )


def prized(call: Call, codes: Collection[str]) -> Sequence[Row[Any]]:
    """(code, title, team, team_name) of these proposals."""
    return db.session.execute(submission_names(call).where(Submission.code.in_(codes))).all()
