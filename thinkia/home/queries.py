"""What the desks read: each part in one query, however many rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, select, tuple_
from sqlalchemy.orm import joinedload

from thinkia.calls.models import Call
from thinkia.calls.queries import WITH_BASES
from thinkia.db import db
from thinkia.domain.lifecycle import (
    InvitationState,
    JurorState,
    RankingState,
    RequestState,
    ReviewState,
    SubmissionState,
)
from thinkia.jury.models import Juror, Review
from thinkia.jury.queries.conflicts import kept_from_account
from thinkia.policy import Actor, TieKind
from thinkia.policy.actor import JurorRole, MemberRole
from thinkia.registration.models import Registration
from thinkia.results.models import Ranking
from thinkia.submissions.models import Submission
from thinkia.teams.models import Invitation, JoinRequest, Member, Team

LIMIT = 50


def applications_of(actor: Actor) -> Sequence[Row[Any]]:
    """(Call, Team | None, Submission | None) for every call that the actor entered, newest first."""
    of_call = and_(Member.call_id == Registration.call_id, Member.account_id == Registration.account_id)
    return db.session.execute(
        select(Call, Team, Submission)
        .join(Registration, Registration.call_id == Call.id)
        .outerjoin(Member, of_call)
        .outerjoin(Team, Team.id == Member.team_id)
        .outerjoin(Submission, Submission.team_id == Team.id)
        .where(Registration.account_id == actor.account_id, Registration.withdrawn_at.is_(None))
        .options(*WITH_BASES)
        .order_by(Registration.registered_at.desc(), Call.id, Submission.id)
        .limit(LIMIT)
    ).all()


def invitations_to(email: str, now: datetime) -> Sequence[Invitation]:
    """Open invitations to teams, with team, call and bases."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.email == email, Invitation.state == InvitationState.OPEN, Invitation.expires_at > now
        )
        .options(joinedload(Invitation.team).joinedload(Team.call).joinedload(Call.version))
        .order_by(Invitation.created_at.desc())
        .limit(LIMIT)
    ).all()


def seats_offered_to(email: str, now: datetime) -> Sequence[Juror]:
    """Invitations to juries that wait for an answer, with call and bases."""
    return db.session.scalars(
        select(Juror)
        .where(Juror.email == email, Juror.state == JurorState.INVITED, Juror.expires_at > now)
        .options(joinedload(Juror.call).joinedload(Call.version))
        .order_by(Juror.invited_at.desc())
        .limit(LIMIT)
    ).all()


def requests_to_decide(actor: Actor) -> Sequence[Row[Any]]:
    """(Team, how many) for the teams that the actor represents and that people ask to join."""
    return db.session.execute(
        select(Team, func.count(JoinRequest.id))
        .join(Member, and_(Member.team_id == Team.id, Member.role == MemberRole.REPRESENTATIVE))
        .join(JoinRequest, and_(JoinRequest.team_id == Team.id, JoinRequest.state == RequestState.OPEN))
        .where(Member.account_id == actor.account_id)
        .group_by(Team.id)
        .order_by(Team.id)
    ).all()


def seats_of(actor: Actor) -> Sequence[Row[Any]]:
    """(Juror, Call, left to finish, finished, an order to confirm) for every jury that the actor sits on.

    What is out of the competition is nobody's to read.
    """
    unfinished = func.count(Review.id).filter(Review.state.in_((ReviewState.ASSIGNED, ReviewState.STARTED)))
    finished = func.count(Review.id).filter(Review.state == ReviewState.FINAL)
    out = kept_from_account(actor.account_id)
    counts = (
        select(Review.juror_id, unfinished.label("unfinished"), finished.label("finished"))
        .join(Submission, Submission.id == Review.submission_id)
        .where(
            Submission.state == SubmissionState.SUBMITTED,
            tuple_(Review.juror_id, Review.submission_id).not_in(out),
        )
        .group_by(Review.juror_id)
        .subquery()
    )
    proposed = select(Ranking.id).where(
        Ranking.call_id == Juror.call_id, Ranking.state == RankingState.PROPOSED
    )
    decides = and_(Juror.role == JurorRole.CHAIR, proposed.exists())
    return db.session.execute(
        select(
            Juror,
            Call,
            func.coalesce(counts.c.unfinished, 0),
            func.coalesce(counts.c.finished, 0),
            decides,
        )
        .join(Call, Call.id == Juror.call_id)
        .outerjoin(counts, counts.c.juror_id == Juror.id)
        .where(Juror.account_id == actor.account_id, Juror.state == JurorState.ACCEPTED)
        .options(*WITH_BASES)
        .order_by(Juror.id.desc())
        .limit(LIMIT)
    ).all()


def calls_to_run(actor: Actor) -> Sequence[Call]:
    """The newest calls of the actor's hosts, with host and bases."""
    return db.session.scalars(
        select(Call)
        .where(Call.host_id.in_(actor.places(TieKind.STAFF)))
        .options(*WITH_BASES)
        .order_by(Call.created_at.desc(), Call.id.desc())
        .limit(10)
    ).all()
