"""SELECTs about what keeps a juror from a proposal. ``reach`` is the one place that says from which.

A conflict about a team reaches whatever that team hands in; one about an institution reaches every team
that has somebody of it at this moment. So nothing has to be written down again when a team changes.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, and_, func, or_, select, union
from sqlalchemy.orm import aliased, joinedload

from thinkia.accounts.models import Account
from thinkia.agreements.models import Agreement
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.domain.conflicts import ConflictScope, Hint, Known, hints
from thinkia.domain.lifecycle import JurorState, SubmissionState
from thinkia.jury.models import Conflict, Juror, Review
from thinkia.registration.models import Registration
from thinkia.submissions.models import Submission
from thinkia.teams.models import Member, Team


class Subject(NamedTuple):
    """What a conflict is about: a proposal or a team by its code, an institution by its name."""

    scope: ConflictScope
    name: str
    key: str = ""
    id: int | None = None


def reach(*which: ColumnElement[bool]) -> CompoundSelect[Any]:
    """(juror_id, submission_id, conflict_id) of everything that standing conflicts keep jurors from."""
    return union(
        *_ways(lambda submission: (Conflict.juror_id, submission, Conflict.id.label("conflict_id")), *which)
    )


def keeps_its_juror_out() -> ColumnElement[bool]:
    """In SQL, of a review: whether a conflict keeps its juror from its proposal."""
    ways = _ways(lambda submission: (submission,), Conflict.juror_id == Review.juror_id)
    return or_(*(Review.submission_id.in_(way.correlate(Review)) for way in ways))


def _ways(columns: Callable[[Any], tuple[Any, ...]], *which: ColumnElement[bool]) -> Iterator[Select[Any]]:
    """How a conflict reaches a proposal: itself, its team, what a member said on entering, a profile."""
    standing = (Conflict.withdrawn_at.is_(None), *which)
    yield (
        select(*columns(Conflict.submission_id.label("submission_id"))).where(
            *standing, Conflict.scope == ConflictScope.SUBMISSION
        )
    )
    yield (
        select(*columns(Submission.id))
        .select_from(Conflict)
        .join(Team, Team.code == Conflict.team_code)
        .join(Submission, Submission.team_id == Team.id)
        .where(*standing)
    )
    of_call = and_(
        Registration.call_id == Juror.call_id, Registration.institution_key == Conflict.institution_key
    )
    yield (
        select(*columns(Submission.id))
        .select_from(Conflict)
        .join(Juror, Juror.id == Conflict.juror_id)
        .join(Registration, of_call)
        .join(Member, Member.registration_id == Registration.id)
        .join(Submission, Submission.team_id == Member.team_id)
        .where(*standing)
    )
    yield (
        select(*columns(Submission.id))
        .select_from(Conflict)
        .join(Juror, Juror.id == Conflict.juror_id)
        .join(Account, Account.institution_key == Conflict.institution_key)
        .join(Member, and_(Member.account_id == Account.id, Member.call_id == Juror.call_id))
        .join(Submission, Submission.team_id == Member.team_id)
        .where(*standing)
    )


def kept_from(juror_id: int) -> Select[Any]:
    """The ids of the proposals that are out of a juror's reach."""
    found = reach(Conflict.juror_id == juror_id).subquery()
    return select(found.c.submission_id)


def kept_from_account(account_id: int | None) -> Select[Any]:
    """(juror_id, submission_id) out of the reach of one person, on whatever juries."""
    found = reach(Conflict.juror_id.in_(select(Juror.id).where(Juror.account_id == account_id))).subquery()
    return select(found.c.juror_id, found.c.submission_id)


def conflicted_pairs(call: Call) -> set[tuple[str, str]]:
    """(submission, juror) codes between which a conflict stands."""
    found = reach(_of_call(call)).subquery()
    rows = db.session.execute(
        select(Submission.code, Juror.code)
        .join(found, found.c.submission_id == Submission.id)
        .join(Juror, Juror.id == found.c.juror_id)
    )
    return {(row[0], row[1]) for row in rows}


def kept_from_proposals(juror: Juror) -> int:
    """From how many of the proposals that were handed in a juror is kept."""
    handed_in = (Submission.id.in_(kept_from(juror.id)), Submission.state == SubmissionState.SUBMITTED)
    return db.session.scalar(select(func.count()).select_from(Submission).where(*handed_in)) or 0


def conflicts_by_juror(call: Call) -> dict[int, int]:
    """Juror → conflicts that stand."""
    rows = db.session.execute(
        select(Conflict.juror_id, func.count())
        .join(Juror, Juror.id == Conflict.juror_id)
        .where(Juror.call_id == call.id, Conflict.withdrawn_at.is_(None))
        .group_by(Conflict.juror_id)
    )
    return dict(rows.tuples().all())


def subject_of(call: Call, scope: ConflictScope, name: str, key: str) -> Subject | None:
    """What somebody means who writes this name; ``key`` is how a name is told to be the same."""
    if scope is ConflictScope.INSTITUTION:
        return Subject(scope, name, key) if key else None
    if scope is ConflictScope.TEAM:
        same = or_(Team.code == name.upper(), Team.name_key == key)
        team = db.session.scalar(select(Team).where(Team.call_id == call.id, same).limit(1))
        return Subject(scope, team.code, id=team.id) if team else None
    submission = db.session.scalar(
        select(Submission).where(
            Submission.call_id == call.id,
            Submission.code == name.upper(),
            Submission.state == SubmissionState.SUBMITTED,
        )
    )
    return Subject(scope, submission.code, id=submission.id) if submission else None


def standing_conflict(juror: Juror, subject: Subject) -> Conflict | None:
    """The same conflict, if it stands already."""
    same = {
        ConflictScope.SUBMISSION: Conflict.submission_id == subject.id,
        ConflictScope.TEAM: Conflict.team_code == subject.name,
        ConflictScope.INSTITUTION: Conflict.institution_key == subject.key,
    }[subject.scope]
    return db.session.scalar(
        select(Conflict).where(Conflict.juror_id == juror.id, same, Conflict.withdrawn_at.is_(None))
    )


def reviews_about(juror: Juror, subject: Subject) -> list[Review]:
    """A juror's reviews of what a conflict about this would take away."""
    if subject.scope is ConflictScope.SUBMISSION:
        about = Review.submission_id == subject.id
    elif subject.scope is ConflictScope.TEAM:
        about = Submission.team_id == subject.id
    else:
        about = Submission.team_id.in_(_teams_with(juror.call_id, subject.key))
    return list(
        db.session.scalars(
            select(Review)
            .join(Submission, Submission.id == Review.submission_id)
            .where(Review.juror_id == juror.id, about)
            .options(joinedload(Review.submission))
            .order_by(Review.id)
        )
    )


def reviews_out_of_reach(call: Call, states: Sequence[Any]) -> dict[Review, str]:
    """Reviews in these states whose juror a conflict keeps from the proposal, with its reason."""
    found = reach(_of_call(call)).subquery()
    rows = db.session.execute(
        select(Review, Conflict.reason)
        .join(found, and_(found.c.juror_id == Review.juror_id, found.c.submission_id == Review.submission_id))
        .join(Conflict, Conflict.id == found.c.conflict_id)
        .where(Review.call_id == call.id, Review.state.in_(states))
        .order_by(Review.id, Conflict.id)
    )
    return {row[0]: row[1] for row in rows}


def accounts_kept_from(review_codes: Sequence[str]) -> Sequence[Row[Any]]:
    """(review, account) of whom each review is, and of the jurors whom a conflict keeps from its proposal.

    Of reviews of every round: what is over is no more theirs to see.
    """
    own = (
        select(Review.code, Juror.account_id)
        .join(Juror, Juror.id == Review.juror_id)
        .where(Review.code.in_(review_codes))
    )
    calls = select(Review.call_id).where(Review.code.in_(review_codes))
    found = reach(Conflict.juror_id.in_(select(Juror.id).where(Juror.call_id.in_(calls)))).subquery()
    kept_out = (
        select(Review.code, Juror.account_id)
        .join(found, found.c.submission_id == Review.submission_id)
        .join(Juror, Juror.id == found.c.juror_id)
        .where(Review.code.in_(review_codes))
    )
    return db.session.execute(union(own, kept_out), execution_options=EVERY_ROUND).all()


def accounts_with_a_conflict(submission_codes: Sequence[str]) -> Sequence[Row[Any]]:
    """(proposal, account) of the jurors whom a conflict keeps from it."""
    calls = select(Submission.call_id).where(Submission.code.in_(submission_codes))
    found = reach(Conflict.juror_id.in_(select(Juror.id).where(Juror.call_id.in_(calls)))).subquery()
    statement = (
        select(Submission.code, Juror.account_id)
        .join(found, found.c.submission_id == Submission.id)
        .join(Juror, Juror.id == found.c.juror_id)
        .where(Submission.code.in_(submission_codes), Juror.account_id.is_not(None))
    )
    return db.session.execute(statement).all()


def proposal_subject(submission: Submission) -> Subject:
    """A proposal, as what a conflict is about."""
    return Subject(ConflictScope.SUBMISSION, submission.code, id=submission.id)


def team_subject(submission: Submission) -> Subject:
    """The team that handed a proposal in, as what a conflict is about."""
    team = db.session.scalars(select(Team).where(Team.id == submission.team_id)).one()
    return Subject(ConflictScope.TEAM, team.code, id=team.id)


def register_of(call: Call, *, standing: bool = False) -> Select[Any]:
    """(Conflict, name of the team) of every line of a call's register, the newest first, with its people."""
    lines = (
        select(Conflict, Team.name.label("team"))
        .join(Juror, Juror.id == Conflict.juror_id)
        .outerjoin(Team, Team.code == Conflict.team_code)
        .where(Juror.call_id == call.id)
        .options(*_WITH_PEOPLE)
        .order_by(Conflict.declared_at.desc(), Conflict.id.desc())
    )
    return lines.where(Conflict.withdrawn_at.is_(None)) if standing else lines


def conflicts_of(juror: Juror) -> Sequence[Row[Any]]:
    """(Conflict, name of the team) of a juror's lines, the newest first."""
    return db.session.execute(
        select(Conflict, Team.name.label("team"))
        .outerjoin(Team, Team.code == Conflict.team_code)
        .where(Conflict.juror_id == juror.id)
        .options(*_WITH_PEOPLE)
        .order_by(Conflict.declared_at.desc(), Conflict.id.desc())
    ).all()


def conflict_of(code: str, juror: str, conflict: int) -> Conflict | None:
    """One line of the register, with the juror, the call and its bases."""
    return db.session.scalar(
        select(Conflict)
        .join(Juror, Juror.id == Conflict.juror_id)
        .join(Call, Call.id == Juror.call_id)
        .where(Call.code == code, Juror.code == juror, Conflict.id == conflict)
        .options(
            joinedload(Conflict.juror).joinedload(Juror.call).joinedload(Call.version),
            joinedload(Conflict.submission),
        )
    )


def hints_of(call: Call, juror: Juror | None = None) -> dict[tuple[int, int], list[Hint]]:
    """(juror id, team id) → what joins the two, as the platform sees it: three SELECTs, however many."""
    return hints(_known_jurors(call, juror), _known_members(call), _former_teams(call, juror))


def proposals_by_team(call: Call) -> Sequence[Row[Any]]:
    """(team_id, team, code, title) of what was handed in, by code."""
    return db.session.execute(
        select(Team.id.label("team_id"), Team.name.label("team"), Submission.code, Submission.title)
        .join(Team, Team.id == Submission.team_id)
        .where(Submission.call_id == call.id, Submission.state == SubmissionState.SUBMITTED)
        .order_by(Submission.code)
    ).all()


def _of_call(call: Call) -> ColumnElement[bool]:
    return Conflict.juror_id.in_(select(Juror.id).where(Juror.call_id == call.id))


def _teams_with(call_id: int, key: str) -> Select[Any]:
    """Teams that have somebody of an institution, by what was said on entering or in the profile."""
    return (
        select(Member.team_id)
        .join(Registration, Registration.id == Member.registration_id)
        .join(Account, Account.id == Member.account_id)
        .where(
            Member.call_id == call_id,
            or_(Registration.institution_key == key, Account.institution_key == key),
        )
    )


def _known_jurors(call: Call, juror: Juror | None) -> Iterator[Known]:
    rows = db.session.execute(
        select(Juror.id, Juror.institution, Juror.email, Account.institution)
        .outerjoin(Account, Account.id == Juror.account_id)
        .where(Juror.call_id == call.id, Juror.state.in_((JurorState.INVITED, JurorState.ACCEPTED)))
        .where(Juror.id == juror.id if juror else Juror.id.is_not(None))
    )
    for juror_id, seat, email, own in rows:
        yield Known(juror_id, (seat, own or ""), email)


def _known_members(call: Call) -> Iterator[tuple[int, Known]]:
    rows = db.session.execute(
        select(Member.team_id, Member.account_id, Account.email, Account.institution, Registration.attributes)
        .join(Account, Account.id == Member.account_id)
        .join(Registration, Registration.id == Member.registration_id)
        .where(Member.call_id == call.id)
        .order_by(Member.joined_at, Member.id)
    )
    for team_id, account_id, email, profile, attributes in rows:
        said = (attributes or {}).get("institution", "")
        yield team_id, Known(account_id, (said, profile), email)


def _former_teams(call: Call, juror: Juror | None) -> list[tuple[int, int]]:
    """(juror id, account) of people who sat with a juror in one team of an earlier call."""
    own, other = aliased(Member), aliased(Member)
    rows = db.session.execute(
        select(Juror.id, other.account_id)
        .join(own, and_(own.account_id == Juror.account_id, own.call_id != Juror.call_id))
        .join(other, and_(other.team_id == own.team_id, other.account_id != own.account_id))
        .where(Juror.call_id == call.id, Juror.id == juror.id if juror else Juror.id.is_not(None))
        .distinct()
        .order_by(Juror.id, other.account_id)
    )
    return [(juror_id, account_id) for juror_id, account_id in rows]


_WITH_PEOPLE = (
    joinedload(Conflict.juror),
    joinedload(Conflict.submission),
    joinedload(Conflict.declared_by),
    joinedload(Conflict.withdrawn_by),
    joinedload(Conflict.agreement).joinedload(Agreement.decided_by),
)
