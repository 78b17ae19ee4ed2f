"""SELECTs about plans: what one is made from, the one that is open, who sits where now."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from thinkia.calls.models import Call, Challenge
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.domain import assignment
from thinkia.domain.assignment import JurorSlot, Pair, PanelRequest, Problem
from thinkia.domain.bids import Liking, levels
from thinkia.domain.lifecycle import JurorState, PlanState, ReviewState, SubmissionState
from thinkia.domain.panel_rules import rule_of, rules_of_groups
from thinkia.jury.models import Bid, Juror, Plan, Review
from thinkia.jury.queries.conflicts import conflicted_pairs
from thinkia.policy.actor import JurorRole
from thinkia.submissions.models import Receipt, Submission

SEATED = (ReviewState.ASSIGNED, ReviewState.STARTED, ReviewState.FINAL)
BEGUN = (ReviewState.STARTED, ReviewState.FINAL)
CLOSED = (ReviewState.EXCUSED, ReviewState.RECUSED)
OPEN_PLAN = (PlanState.COMPUTING, PlanState.PROPOSED)
WITH_CALL = (
    joinedload(Plan.call).joinedload(Call.version),
    joinedload(Plan.call).joinedload(Call.host),
)


def problem_of(call: Call, seed: int) -> Problem:
    """Everything that panels depend on, as it is now: four SELECTs, however large the call; one more with
    bids, and one with languages.

    Who reads: those who accepted, signed the statement and have a vote. Pairs that stand are pinned, so
    that a second plan fills vacant seats and moves nobody; a pair that ended is not made again, nor in a
    later round if its juror could not judge. Nobody sits beside somebody of the same institution. That a
    team is of a juror's institution is for people to judge. Whoever named challenges of the call in his or
    her profile suits their proposals better; so does, where the bases take bids, whoever would like to read
    one rather than others. Where they name the question that says a proposal's language, nobody reads one
    in a language that is not among his or hers. Where evaluators come in groups, who is in none of them
    does not read.
    """
    challenges, languages = _challenges(call), _languages(call)
    reviews = _reviews_that_bind(call)
    standing = [Pair(*row[:3]) for row in reviews if row.state in SEATED]
    readers = list(_readers(call, standing))
    known = {slot.juror for slot, _ in readers}
    jury = call.bases.jury
    problem = Problem(
        rule=rule_of(jury),
        submissions=tuple(PanelRequest(code, language=languages.get(code, "")) for code in challenges),
        jurors=tuple(slot for slot, _ in readers),
        affinities=_affinities(challenges, readers, _bids(call)),
        conflicts=frozenset(conflicted_pairs(call) - {(pair.submission, pair.juror) for pair in standing}),
        bans=frozenset((row[0], row[1]) for row in reviews if row.state in CLOSED),
        pins=tuple(pair for pair in standing if pair.juror in known),
        seed=seed,
        groups=rules_of_groups(jury),
    )
    return problem.levelled()


def open_plan(call: Call) -> Plan | None:
    """The plan that waits for a decision, or is being computed. With its task."""
    return db.session.scalar(
        select(Plan)
        .where(Plan.call_id == call.id, Plan.state.in_(OPEN_PLAN))
        .options(joinedload(Plan.outbox))
    )


def plan_of(code: str) -> Plan | None:
    """The open plan of a call, with the call, its bases and host."""
    return db.session.scalar(
        select(Plan)
        .join(Call, Call.id == Plan.call_id)
        .where(Call.code == code, Plan.state.in_(OPEN_PLAN))
        .options(*WITH_CALL, joinedload(Plan.outbox))
    )


def plan_by_id(plan_id: int) -> Plan | None:
    """A plan with its call and the bases."""
    return db.session.scalar(
        select(Plan).where(Plan.id == plan_id).options(joinedload(Plan.call).joinedload(Call.version))
    )


def applied_plans(call: Call) -> Sequence[Plan]:
    """The plans that panels in force come from, the last one first."""
    applied = select(Plan).where(Plan.call_id == call.id, Plan.state == PlanState.APPLIED)
    return db.session.scalars(applied.order_by(Plan.number.desc())).all()


def last_plan_number(call: Call) -> int:
    """The number of the newest plan of any round."""
    newest = select(func.max(Plan.number)).where(Plan.call_id == call.id)
    return db.session.scalar(newest, execution_options=EVERY_ROUND) or 0


def has_applied_plan(call: Call) -> bool:
    return db.session.scalar(_an_applied_plan(call)) is not None


def ever_drew_panels(call: Call) -> bool:
    """Whether a plan was applied, in any round."""
    return db.session.scalar(_an_applied_plan(call), execution_options=EVERY_ROUND) is not None


def has_plan(call: Call) -> bool:
    """Whether panels are proposed, on their way, or applied."""
    drawn = (*OPEN_PLAN, PlanState.APPLIED)
    plan = select(Plan.id).where(Plan.call_id == call.id, Plan.state.in_(drawn)).limit(1)
    return db.session.scalar(plan) is not None


def pairs_standing(call: Call) -> list[Pair]:
    """Who reads what now."""
    return _pairs(call, SEATED)


def pairs_begun(call: Call) -> list[Pair]:
    """Who has begun to mark what: nobody takes that out of their hands."""
    return _pairs(call, BEGUN)


def reviews_standing(call: Call) -> dict[tuple[str, str], Review]:
    """(submission, juror) codes → the review, of all that stand; held until the end."""
    rows = db.session.execute(
        select(Submission.code, Juror.code, Review)
        .join(Submission, Submission.id == Review.submission_id)
        .join(Juror, Juror.id == Review.juror_id)
        .where(Review.call_id == call.id, Review.state.in_(SEATED))
        .with_for_update(of=Review)
        .execution_options(populate_existing=True)
    )
    return {(submission, juror): review for submission, juror, review in rows}


def pairs_lost(call: Call) -> list[Pair]:
    """Who read what until a conflict, an excuse or a seat taken back ended it."""
    return _pairs(call, CLOSED)


def submissions_to_read(call: Call) -> Sequence[Row[Any]]:
    """(code, id, title, receipt_id) of what was handed in, by code."""
    columns = (Submission.code, Submission.id, Submission.title, Submission.receipt_id)
    return db.session.execute(_submitted(call, *columns).order_by(Submission.code)).all()


def vacant_abstentions(call: Call) -> Sequence[Row[Any]]:
    """(juror, submission, reason, at) of whom left a proposal that still lacks somebody, by proposal.

    A panel that has been filled again, or that was never to be larger, is not told.
    """
    lacks = [_lacks_somebody(code, part.size) for code, part in call.bases.jury.parts.items()]
    return db.session.execute(
        select(
            Juror.name.label("juror"),
            Submission.code.label("submission"),
            Review.closed_reason.label("reason"),
            Review.closed_at.label("at"),
        )
        .join(Juror, Juror.id == Review.juror_id)
        .join(Submission, Submission.id == Review.submission_id)
        .where(
            Review.call_id == call.id,
            Review.is_abstention,
            Submission.state == SubmissionState.SUBMITTED,
            or_(*lacks),
        )
        .order_by(Submission.code, Review.closed_at)
    ).all()


def groups_of_jurors(call: Call) -> dict[str, str]:
    """Juror → group of evaluators, of everybody who ever had a seat; nothing where there are no groups."""
    if not call.bases.jury.groups:
        return {}
    rows = db.session.execute(select(Juror.code, Juror.evaluators).where(Juror.call_id == call.id))
    return dict(rows.tuples().all())


def _lacks_somebody(group: str, size: int) -> ColumnElement[bool]:
    """Whether fewer than ``size`` read the proposal of a review; of a group, if the juror is of it."""
    reads, beside = aliased(Review), aliased(Juror)
    seated = (
        select(func.count(reads.id))
        .join(beside, beside.id == reads.juror_id)
        .where(reads.submission_id == Review.submission_id, reads.state.in_(SEATED))
    )
    if not group:
        return seated.scalar_subquery() < size
    of_it = seated.where(beside.evaluators == group).scalar_subquery()
    return and_(Juror.evaluators == group, of_it < size)


def count_unread(call: Call) -> int:
    """How many proposals in the competition nobody has been given to read."""
    given = select(Review.id).where(Review.submission_id == Submission.id, Review.state.in_(SEATED))
    return db.session.scalar(_submitted(call, func.count()).where(~given.exists())) or 0


def count_to_read(call: Call) -> int:
    """How many proposals the jury has to read."""
    return db.session.scalar(_submitted(call, func.count())) or 0


def reviews_of_pairs(call: Call) -> set[tuple[int, int]]:
    """(juror, submission) ids of every review there ever was."""
    rows = db.session.execute(select(Review.juror_id, Review.submission_id).where(Review.call_id == call.id))
    return {(juror_id, submission_id) for juror_id, submission_id in rows}


def last_positions(call: Call) -> dict[int, int]:
    """Juror → the place of his or her last proposal."""
    rows = db.session.execute(
        select(Review.juror_id, func.max(Review.position))
        .where(Review.call_id == call.id)
        .group_by(Review.juror_id)
    )
    return dict(rows.tuples().all())


def loads_by_juror(call: Call, states: Collection[ReviewState] = SEATED) -> dict[int, int]:
    """Juror → how many proposals he or she reads."""
    rows = db.session.execute(
        select(Review.juror_id, func.count())
        .join(Submission, Submission.id == Review.submission_id)
        .where(
            Review.call_id == call.id, Review.state.in_(states), Submission.state == SubmissionState.SUBMITTED
        )
        .group_by(Review.juror_id)
    )
    return dict(rows.tuples().all())


def _an_applied_plan(call: Call) -> Select[tuple[int]]:
    return select(Plan.id).where(Plan.call_id == call.id, Plan.state == PlanState.APPLIED).limit(1)


def _pairs(call: Call, states: Collection[ReviewState]) -> list[Pair]:
    rows = db.session.execute(
        select(Submission.code, Juror.code, Review.sector)
        .join(Submission, Submission.id == Review.submission_id)
        .join(Juror, Juror.id == Review.juror_id)
        .where(
            Review.call_id == call.id,
            Review.state.in_(states),
            Submission.state == SubmissionState.SUBMITTED,
        )
    )
    return [Pair(*row) for row in rows]


def _submitted(call: Call, *columns: Any) -> Any:
    return select(*columns).where(
        Submission.call_id == call.id, Submission.state == SubmissionState.SUBMITTED
    )


def _challenges(call: Call) -> dict[str, str]:
    """The challenge that each proposal answers, by their codes."""
    rows = db.session.execute(
        _submitted(call, Submission.code, Challenge.code)
        .join(Challenge, Challenge.id == Submission.challenge_id)
        .order_by(Submission.code)
    )
    return dict(rows.tuples().all())


def _languages(call: Call) -> dict[str, str]:
    """The language of each proposal, as its receipt answers the question that the bases name for it."""
    question = call.bases.jury.language_question
    if not question:
        return {}
    rows = db.session.execute(
        _submitted(call, Submission.code, Receipt.content).join(Receipt, Receipt.id == Submission.receipt_id)
    )
    answers = {code: json.loads(content).get("answers", {}).get(question) for code, content in rows}
    return {code: answer for code, answer in answers.items() if isinstance(answer, str)}


def _affinities(
    challenges: Mapping[str, str],
    readers: Sequence[tuple[JurorSlot, Sequence[str]]],
    said: Mapping[str, Mapping[str, Liking]],
) -> Mapping[tuple[str, str], Decimal]:
    """How well each juror suits each proposal; nothing while nobody has named a challenge or bid."""
    named = {slot.juror: topics for slot, topics in readers}
    bids = levels(said, challenges)
    if not any(named.values()) and not bids:
        return {}
    return assignment.affinity(({code: (challenge,) for code, challenge in challenges.items()}, named), bids)


def _bids(call: Call) -> Mapping[str, Mapping[str, Liking]]:
    """By juror and proposal, what jurors would like to read, where the bases take that into account."""
    if not call.bases.jury.bids:
        return {}
    rows = db.session.execute(
        select(Juror.code, Submission.code, Bid.liking)
        .join(Bid, Bid.juror_id == Juror.id)
        .join(Submission, Submission.id == Bid.submission_id)
        .where(Juror.call_id == call.id)
    )
    said: dict[str, dict[str, Liking]] = {}
    for juror, submission, liking in rows:
        said.setdefault(juror, {})[submission] = liking
    return said


def _reviews_that_bind(call: Call) -> Sequence[Row[Any]]:
    """(submission, juror, sector, state) of this round, and of whoever could not judge in an earlier one."""
    return db.session.execute(
        select(Submission.code, Juror.code, Review.sector, Review.state)
        .join(Submission, Submission.id == Review.submission_id)
        .join(Juror, Juror.id == Review.juror_id)
        .where(
            Review.call_id == call.id,
            Submission.state == SubmissionState.SUBMITTED,
            or_(Review.closed_round.is_(None), Review.is_abstention),
        ),
        execution_options=EVERY_ROUND,
    ).all()


def _readers(call: Call, standing: Collection[Pair]) -> Iterator[tuple[JurorSlot, Sequence[str]]]:
    """Who may read, with the challenges named; and who left, with what was finished and no room for more."""
    kept: dict[str, int] = {}
    for pair in standing:
        kept[pair.juror] = kept.get(pair.juror, 0) + 1
    asked, groups = bool(call.bases.jury.language_question), call.bases.jury.groups
    rows = db.session.scalars(select(Juror).where(Juror.call_id == call.id).order_by(Juror.code))
    for juror in rows:
        reads = (
            juror.state == JurorState.ACCEPTED and juror.role != JurorRole.SECRETARY and juror.statement_at
        )
        if groups and juror.evaluators not in groups:
            continue
        if reads or juror.code in kept:
            yield (
                JurorSlot(
                    juror.code,
                    juror.sectors,
                    juror.capacity if reads else kept[juror.code],
                    institution=juror.institution,
                    languages=tuple(juror.languages) if asked else (),
                    group=juror.evaluators if groups else "",
                ),
                juror.topics,
            )
