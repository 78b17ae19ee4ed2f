"""Every SELECT about appeals."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from thinkia.accounts.models import Account
from thinkia.agreements.models import Agreement
from thinkia.appeals.models import Appeal
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.appeals import Outcome
from thinkia.jury.models import Juror, Review
from thinkia.results.models import Ranking
from thinkia.submissions.models import Submission
from thinkia.teams.models import Member, Team

WHOLE = (
    joinedload(Appeal.call).joinedload(Call.version),
    joinedload(Appeal.call).joinedload(Call.host),
    joinedload(Appeal.submission),
    joinedload(Appeal.ranking).defer(Ranking.content),
)


def appeal_by_number(number: str) -> Appeal | None:
    """An appeal with its call, the bases, host, submission and the version of the result."""
    return db.session.scalar(select(Appeal).where(Appeal.number == number).options(*WHOLE))


def appeal_in_call(code: str, number: str) -> Appeal | None:
    """The same, if it is of the call of that code."""
    found = appeal_by_number(number)
    return found if found is not None and found.call.code == code else None


def appeals_of(call: Call) -> Select[tuple[Appeal]]:
    """Those without an answer first, each with its submission."""
    return (
        select(Appeal)
        .join(Submission, Submission.id == Appeal.submission_id)
        .options(contains_eager(Appeal.submission))
        .where(Appeal.call_id == call.id)
        .order_by(Appeal.outcome.is_not(None), Appeal.received_at, Appeal.id)
    )


def appeals_about(submission: Submission) -> list[Appeal]:
    """What its team asked so far, oldest first."""
    statement = select(Appeal).where(Appeal.submission_id == submission.id).order_by(Appeal.id)
    return list(db.session.scalars(statement))


def counts(call: Call) -> dict[Outcome | None, int]:
    """How many were answered how; ``None``: not yet."""
    rows = db.session.execute(
        select(Appeal.outcome, func.count()).where(Appeal.call_id == call.id).group_by(Appeal.outcome)
    )
    return dict(rows.tuples().all())


def last_published(call: Call) -> Ranking | None:
    """The newest version of the result that was ever public, without its text."""
    return db.session.scalar(
        select(Ranking)
        .where(Ranking.call_id == call.id, Ranking.published_at.is_not(None))
        .options(defer(Ranking.content))
        .order_by(Ranking.number.desc())
        .limit(1)
    )


def members_of(appeal: Appeal) -> list[Account]:
    """Who is told of the answer."""
    statement = (
        select(Account)
        .join(Member, Member.account_id == Account.id)
        .join(Team, Team.id == Member.team_id)
        .where(Team.id == appeal.submission.team_id)
        .order_by(Account.id)
    )
    return list(db.session.scalars(statement))


def whom_it_concerns(agreements: Sequence[Agreement]) -> list[tuple[int, int]]:
    """(request, account) of the team's members, and of jurors with a review of what an appeal is about."""
    of = {one.label: one.id for one in agreements}
    about = select(Appeal.number, Appeal.submission_id).where(Appeal.number.in_(of)).subquery()
    members = (
        select(about.c.number, Member.account_id)
        .join(Submission, Submission.id == about.c.submission_id)
        .join(Member, Member.team_id == Submission.team_id)
    )
    jurors = (
        select(about.c.number, Juror.account_id)
        .join(Review, Review.submission_id == about.c.submission_id)
        .join(Juror, Juror.id == Review.juror_id)
        .where(Juror.account_id.is_not(None))
    )
    return [(of[number], account) for number, account in db.session.execute(members.union(jurors))]
