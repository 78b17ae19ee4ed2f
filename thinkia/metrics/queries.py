"""Every SELECT about the values of metrics."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, union
from sqlalchemy.orm import aliased

from thinkia.accounts.models import Account
from thinkia.agreements.models import Agreement
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.domain.lifecycle import CallState, ReviewState, SubmissionState
from thinkia.domain.measuring import Metric, metrics_of
from thinkia.domain.reasons import Reason
from thinkia.jury.models import Juror, Review
from thinkia.metrics.models import MetricValue
from thinkia.submissions.models import Submission
from thinkia.teams.models import Member

UNFINISHED = (ReviewState.ASSIGNED, ReviewState.STARTED)


class Standing(NamedTuple):
    """What counts now: the number of the row, and its value, ``None`` where it was taken back."""

    number: int
    value: Decimal | None


def metric_in_call(call: Call, code: str) -> Metric | None:
    """A metric that the rules in force name."""
    return next((one for one in metrics_of(call.bases.ranking_rules) if one.code == code), None)


def ref_of_metric(call: Call, metric: str) -> str:
    """How an agreement names the values of a metric."""
    return f"metric:{call.id}:{metric}"


def call_measuring(code: str) -> Call | None:
    """A call by its code, if its rules measure anything."""
    call = call_by_code(code)
    return call if call is not None and metrics_of(call.bases.ranking_rules) else None


def values_of(call: Call) -> dict[str, dict[str, Decimal]]:
    """Metric → submission in the competition → value: one SELECT, none where the rules measure nothing."""
    found: dict[str, dict[str, Decimal]] = {one.code: {} for one in metrics_of(call.bases.ranking_rules)}
    if not found:
        return {}
    rows = db.session.execute(
        select(MetricValue.metric, Submission.code, MetricValue.value)
        .join(Submission, Submission.id == MetricValue.submission_id)
        .where(MetricValue.call_id == call.id, MetricValue.value.is_not(None), _counts(), _competes())
        .order_by(MetricValue.metric, Submission.code)
    )
    for metric, code, value in rows:
        if metric in found:
            found[metric][code] = value
    return found


def competing(call: Call) -> dict[str, int]:
    """Code → id of every submission in the competition."""
    rows = db.session.execute(
        select(Submission.code, Submission.id)
        .where(Submission.call_id == call.id, _competes())
        .order_by(Submission.code)
    )
    return dict(rows.tuples().all())


def standing_of(call: Call, metric: str) -> Mapping[str, Standing]:
    """Submission → what counts of a metric now, also where it was taken back."""
    rows = db.session.execute(
        select(Submission.code, MetricValue.number, MetricValue.value)
        .join(Submission, Submission.id == MetricValue.submission_id)
        .where(MetricValue.call_id == call.id, MetricValue.metric == metric, _counts())
    )
    return {code: Standing(number, value) for code, number, value in rows}


def value_rows(call: Call, metric: str) -> Select[Any]:
    """(code, title, value, number, entered_at) of every submission in the competition, by code."""
    counts = and_(MetricValue.submission_id == Submission.id, MetricValue.metric == metric, _counts())
    return (
        select(
            Submission.code, Submission.title, MetricValue.value, MetricValue.number, MetricValue.entered_at
        )
        .outerjoin(MetricValue, counts)
        .where(Submission.call_id == call.id, _competes())
        .order_by(Submission.code)
    )


def every_value(call: Call, metric: str) -> Sequence[Row[Any]]:
    """All of them."""
    return db.session.execute(value_rows(call, metric)).all()


def former_values(call: Call, metric: str, codes: Sequence[str]) -> Sequence[Row[Any]]:
    """(code, value, entered_at, entered_by, confirmed_by) of what no longer counts, the newest first."""
    second = aliased(Account)
    return db.session.execute(
        select(
            Submission.code,
            MetricValue.value,
            MetricValue.entered_at,
            Account.name.label("entered_by"),
            second.name.label("confirmed_by"),
        )
        .join(Submission, Submission.id == MetricValue.submission_id)
        .join(Agreement, Agreement.id == MetricValue.agreement_id)
        .join(Account, Account.id == Agreement.asked_by_id)
        .join(second, second.id == Agreement.decided_by_id)
        .where(
            MetricValue.call_id == call.id,
            MetricValue.metric == metric,
            Submission.code.in_(codes),
            ~_counts(),
        )
        .order_by(MetricValue.id.desc())
    ).all()


def accounts_kept_from(call_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """(call, account) of who takes part in these calls, and of jurors who still have something to mark."""
    members = (
        select(Submission.call_id, Member.account_id)
        .join(Member, Member.team_id == Submission.team_id)
        .where(Submission.call_id.in_(call_ids))
    )
    readers = (
        select(Review.call_id, Juror.account_id)
        .join(Juror, Juror.id == Review.juror_id)
        .where(Review.call_id.in_(call_ids), Review.state.in_(UNFINISHED), Juror.account_id.is_not(None))
    )
    return db.session.execute(union(members, readers)).all()


def why_not(call: Call, account_id: int | None) -> Reason | None:
    """What keeps this person from entering values now; ``None``: nothing."""
    if call.state is not CallState.PUBLISHED or call.results_published_at is not None:
        return Reason.METRIC_CLOSED
    own = account_id in {row[1] for row in accounts_kept_from([call.id])}
    return Reason.METRIC_OWN if own else None


def _competes() -> ColumnElement[bool]:
    return Submission.state == SubmissionState.SUBMITTED


def _counts() -> ColumnElement[bool]:
    """Of a value: no later one stands in its place."""
    later = aliased(MetricValue)
    last = (
        select(func.max(later.number))
        .where(later.submission_id == MetricValue.submission_id, later.metric == MetricValue.metric)
        .correlate(MetricValue)
        .scalar_subquery()
    )
    return MetricValue.number == last
