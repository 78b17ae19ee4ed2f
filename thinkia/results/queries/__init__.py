"""Every SELECT about results, saying what it loads: orders here, the other pages' in the modules beside."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased, defer, joinedload

from thinkia.accounts.models import Account
from thinkia.agreements.models import Agreement
from thinkia.calls.call_file import bases_in_round
from thinkia.calls.models import BasesVersion, Call, Challenge
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.domain.bases import Bases
from thinkia.domain.lifecycle import COMPETED, JurorState, RankingState, ReviewState, SubmissionState
from thinkia.jury.models import BroughtIn, Juror, MarksSource, Review
from thinkia.policy import Actor, TieKind
from thinkia.policy.actor import JurorRole
from thinkia.results.models import ChairDecision, LotterySeed, PrizeDecision, Ranking
from thinkia.submissions.models import Receipt, Submission
from thinkia.teams.models import Member, Team

CURRENT = (RankingState.PROPOSED, RankingState.CONFIRMED, RankingState.PUBLISHED)
WITH_CALL = (
    joinedload(Ranking.call).joinedload(Call.version),
    joinedload(Ranking.call).joinedload(Call.host),
)


def current_ranking(call: Call) -> Ranking | None:
    """The order that stands: proposed, confirmed or published. There is one at most. With its call."""
    return db.session.scalar(_current().where(Ranking.call_id == call.id).options(*WITH_CALL))


def ranking_of(code: str) -> Ranking | None:
    """The same, by the call's code, with the call, its bases and host."""
    return db.session.scalar(
        _current().join(Call, Call.id == Ranking.call_id).where(Call.code == code).options(*WITH_CALL)
    )


def published_ranking(call: Call) -> Ranking | None:
    """The order that the public sees, with its call. ``None`` before publication, whatever stands."""
    published = select(Ranking).where(Ranking.call_id == call.id, Ranking.state == RankingState.PUBLISHED)
    return db.session.scalar(published.options(*WITH_CALL))


def ranking_by_id(ranking_id: int) -> Ranking | None:
    """An order with its call and the bases."""
    return db.session.scalar(select(Ranking).where(Ranking.id == ranking_id).options(*WITH_CALL))


def orders_so_far(call: Call) -> list[Ranking]:
    """Every order that was computed, newest first, without its text."""
    return list(
        db.session.scalars(
            select(Ranking)
            .where(Ranking.call_id == call.id)
            .options(defer(Ranking.content))
            .order_by(Ranking.number.desc())
        )
    )


def last_number(call: Call) -> int:
    """The number of the newest order of any round."""
    newest = select(func.max(Ranking.number)).where(Ranking.call_id == call.id)
    return db.session.scalar(newest, execution_options=EVERY_ROUND) or 0


def competitors(call: Call) -> Sequence[Row[Any]]:
    """(code, state, submitted_at, excluded_reason) of what was handed in, by code: withdrawn ones too."""
    return db.session.execute(
        select(Submission.code, Submission.state, Submission.submitted_at, Submission.excluded_reason)
        .where(Submission.call_id == call.id, Submission.receipt_id.is_not(None))
        .order_by(Submission.code)
    ).all()


def received_count(call: Call) -> int:
    """How many submissions have a receipt: counted apart from their states, so that the two can disagree."""
    return (
        db.session.scalar(
            select(func.count(func.distinct(Receipt.submission_id)))
            .join(Submission, Submission.id == Receipt.submission_id)
            .where(Submission.call_id == call.id)
        )
        or 0
    )


def seed_of(call: Call) -> LotterySeed | None:
    return db.session.scalar(select(LotterySeed).where(LotterySeed.call_id == call.id))


def who_recorded(seed: LotterySeed) -> tuple[str, str]:
    """The names of who typed it first and who typed it again; the first is empty where one did it alone."""
    first, second = aliased(Account), aliased(Account)
    row = db.session.execute(
        select(first.name, second.name)
        .select_from(LotterySeed)
        .join(second, second.id == LotterySeed.recorded_by_id)
        .outerjoin(Agreement, Agreement.id == LotterySeed.agreement_id)
        .outerjoin(first, first.id == Agreement.asked_by_id)
        .where(LotterySeed.id == seed.id)
    ).one()
    return row[0] or "", row[1]


def chair_decisions(call: Call) -> list[ChairDecision]:
    """What the chair decided, oldest first."""
    return list(
        db.session.scalars(
            select(ChairDecision).where(ChairDecision.call_id == call.id).order_by(ChairDecision.id)
        )
    )


def prize_decisions(call: Call) -> list[PrizeDecision]:
    """What the chair decided of prizes, oldest first: the last one of a place counts."""
    return list(
        db.session.scalars(
            select(PrizeDecision).where(PrizeDecision.call_id == call.id).order_by(PrizeDecision.id)
        )
    )


def chair_of(call: Call) -> Juror | None:
    """Who presides over the jury and accepted to."""
    return db.session.scalar(
        select(Juror).where(
            Juror.call_id == call.id, Juror.role == JurorRole.CHAIR, Juror.state == JurorState.ACCEPTED
        )
    )


class Name(NamedTuple):
    """How a submission is called: as it was handed in."""

    code: str
    title: str
    team: str
    team_code: str
    challenge: str


def titled(call: Call, codes: Sequence[str]) -> dict[str, Name]:
    """What the chair of the jury reads of these submissions, by code: the team only where names are shown."""
    return _named(call, codes, *([literal("")] * 2 if call.hides_names else [Team.name, Team.code]))


def named(call: Call, codes: Sequence[str]) -> dict[str, Name]:
    """The names of these submissions, by code."""
    return _named(call, codes, Team.name, Team.code)


def _named(call: Call, codes: Sequence[str], team: Any, team_code: Any) -> dict[str, Name]:
    rows = db.session.execute(
        select(
            Submission.code,
            Submission.title,
            team.label("team"),
            team_code.label("team_code"),
            Challenge.code.label("challenge"),
            Receipt.content,
        )
        .join(Team, Team.id == Submission.team_id)
        .join(Challenge, Challenge.id == Submission.challenge_id)
        .join(Receipt, Receipt.id == Submission.receipt_id)
        .where(Submission.call_id == call.id, Submission.code.in_(codes))
    )
    return {
        row.code: Name(row.code, handed_in_title(row), row.team, row.team_code, row.challenge) for row in rows
    }


def handed_in_title(row: Row[Any]) -> str:
    """The title that counts: the receipt's, whatever the team wrote afterwards."""
    title: str = json.loads(row.content).get("title") or row.title
    return title


def people_to_tell(call: Call) -> Select[Any]:
    """(account_id, email, language) of the members of teams that competed and of the jury, once each."""
    members = (
        select(Member.account_id)
        .join(Submission, Submission.team_id == Member.team_id)
        .where(Submission.call_id == call.id, Submission.state.in_(COMPETED))
    )
    jurors = select(Juror.account_id).where(Juror.call_id == call.id, Juror.state == JurorState.ACCEPTED)
    return (
        select(Account.id.label("account_id"), Account.email, Account.language)
        .where(Account.id.in_(members) | Account.id.in_(jurors))
        .order_by(Account.id)
    )


def count_to_tell(call: Call) -> int:
    return (
        db.session.scalar(select(func.count()).select_from(people_to_tell(call).order_by(None).subquery()))
        or 0
    )


def submissions_by_state(call: Call) -> dict[SubmissionState, int]:
    """How many of the submissions that were handed in stand where."""
    rows = db.session.execute(
        select(Submission.state, func.count())
        .where(Submission.call_id == call.id, Submission.receipt_id.is_not(None))
        .group_by(Submission.state)
    )
    return dict(rows.tuples().all())


def reviews_by_state(call: Call) -> dict[ReviewState, int]:
    """How many reviews of what is in the competition stand where, recused ones too."""
    rows = db.session.execute(
        select(Review.state, func.count())
        .join(Submission, Submission.id == Review.submission_id)
        .where(Review.call_id == call.id, Submission.state == SubmissionState.SUBMITTED)
        .group_by(Review.state)
    )
    return dict(rows.tuples().all())


def brought_in(call: Call) -> BroughtIn:
    """How many final reviews of what is in the competition two people entered for their jurors."""
    rows = db.session.execute(
        select(Review.source, func.count())
        .join(Submission, Submission.id == Review.submission_id)
        .where(
            Review.call_id == call.id,
            Review.state == ReviewState.FINAL,
            Submission.state == SubmissionState.SUBMITTED,
        )
        .group_by(Review.source)
    )
    counts = dict(rows.tuples().all())
    return BroughtIn(counts.get(MarksSource.PAPER, 0), counts.get(MarksSource.IMPORTED, 0))


def count_of_small_panels(call: Call) -> int:
    """How many proposals in the competition have fewer reviews than the rules ask for.

    Excused and recused ones are none.
    """
    reads = and_(
        Review.submission_id == Submission.id,
        Review.state.not_in((ReviewState.EXCUSED, ReviewState.RECUSED)),
    )
    lacks = (
        func.count(case((Juror.evaluators == group, Review.id)) if group else Review.id) < part.size
        for group, part in call.bases.jury.parts.items()
    )
    small = (
        select(Submission.id)
        .outerjoin(Review, reads)
        .outerjoin(Juror, Juror.id == Review.juror_id)
        .where(Submission.call_id == call.id, Submission.state == SubmissionState.SUBMITTED)
        .group_by(Submission.id)
        .having(or_(*lacks))
    )
    return db.session.scalar(select(func.count()).select_from(small.subquery())) or 0


def marks_wait_for(call: Call) -> int:
    """How many open reviews keep the marks of a call from its organisers; none once the result is public."""
    if call.results_published_at is not None:
        return 0
    reviews = reviews_by_state(call)
    return reviews.get(ReviewState.ASSIGNED, 0) + reviews.get(ReviewState.STARTED, 0)


def round_of(call: Call, ranking: Ranking) -> int:
    """The number of the round that an order is of, from 0."""
    return call.round if ranking.closed_round is None else ranking.closed_round


def version_of(ranking: Ranking) -> BasesVersion:
    """The bases that an order was computed by."""
    return db.session.get_one(BasesVersion, ranking.bases_version_id)


def bases_of_ranking(ranking: Ranking) -> Bases:
    """The same, as the rules of its round. With its call."""
    return bases_in_round(version_of(ranking).content, round_of(ranking.call, ranking))


def own_submissions(call: Call, actor: Actor) -> list[Submission]:
    """What the reader's teams handed in to a call. No query for who is in no team."""
    teams = actor.places(TieKind.MEMBER)
    if not teams:
        return []
    statement = select(Submission).where(
        Submission.call_id == call.id, Submission.team_id.in_(teams), Submission.receipt_id.is_not(None)
    )
    return list(db.session.scalars(statement.order_by(Submission.code)))


def _current() -> Select[tuple[Ranking]]:
    return select(Ranking).where(Ranking.state.in_(CURRENT)).order_by(Ranking.number.desc()).limit(1)
