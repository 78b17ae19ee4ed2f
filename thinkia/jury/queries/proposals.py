"""What the people of a jury may know of its proposals before they read them.

In a call whose jury reads without names (``Call.hides_names``) nothing here loads one: neither a team's
name, nor an institution, nor what joins a juror and a team, which would tell both.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, literal, select

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.conflicts import Hint
from thinkia.domain.lifecycle import SubmissionState
from thinkia.jury.models import Juror
from thinkia.jury.queries.conflicts import hints_of, kept_from
from thinkia.registration.models import Registration
from thinkia.submissions.models import Submission
from thinkia.teams.models import Member, Team


def statement_list(juror: Juror) -> Sequence[Row[Any]]:
    """(code, title, challenge_id, team, team_id) of every proposal handed in but those that conflicts took
    away. The team is empty where names are hidden.
    """
    team = literal("") if juror.call.hides_names else Team.name
    return db.session.execute(
        select(
            Submission.code,
            Submission.title,
            Submission.challenge_id,
            team.label("team"),
            Submission.team_id,
        )
        .join(Team, Team.id == Submission.team_id)
        .where(
            Submission.call_id == juror.call_id,
            Submission.state == SubmissionState.SUBMITTED,
            Submission.id.not_in(kept_from(juror.id)),
        )
        .order_by(Submission.code)
    ).all()


def hints_to(juror: Juror) -> Mapping[int, list[Hint]]:
    """Team → what joins it and this juror; nothing where names are hidden."""
    if juror.call.hides_names:
        return {}
    return {team: found for (_seat, team), found in hints_of(juror.call, juror).items()}


def institutions_of_teams(call: Call) -> dict[int, list[str]]:
    """Team → institutions of its members, where the bases ask for them; nothing where names are hidden."""
    if call.hides_names:
        return {}
    rows = db.session.execute(
        select(Member.team_id, Registration.attributes)
        .join(Registration, Registration.id == Member.registration_id)
        .where(Member.call_id == call.id)
        .order_by(Member.joined_at, Member.id)
    )
    found: dict[int, list[str]] = {}
    for team_id, attributes in rows:
        name = (attributes or {}).get("institution", "")
        if name and name not in found.setdefault(team_id, []):
            found[team_id].append(name)
    return found
