"""SELECTs of what stands beside an order: values measured elsewhere, appeals, certificates."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from thinkia.accounts.models import Account
from thinkia.agreements.models import Agreement
from thinkia.appeals.models import Appeal
from thinkia.calls.models import Call
from thinkia.certificates.models import Certificate
from thinkia.metrics.models import MetricValue
from thinkia.submissions.models import Submission


def metric_rows(call: Call) -> Select[Any]:
    """Every value that two persons entered, also those that another one replaced: the highest counts."""
    entered, confirmed = aliased(Account), aliased(Account)
    return (
        select(
            *(Submission.code.label("submission"), MetricValue.metric, MetricValue.number),
            *(MetricValue.value, MetricValue.entered_at),
            *(entered.name.label("entered_by"), confirmed.name.label("confirmed_by")),
        )
        .join(Submission, Submission.id == MetricValue.submission_id)
        .join(Agreement, Agreement.id == MetricValue.agreement_id)
        .join(entered, entered.id == Agreement.asked_by_id)
        .outerjoin(confirmed, confirmed.id == Agreement.decided_by_id)
        .where(MetricValue.call_id == call.id)
        .order_by(Submission.code, MetricValue.metric, MetricValue.number)
    )


def appeal_rows(call: Call) -> Select[Any]:
    """Appeals and their answers, in the order in which they came."""
    return (
        select(
            *(Appeal.number, Submission.code.label("submission"), Appeal.grounds, Appeal.wanted),
            *(Appeal.received_at, Account.name.label("filed_by")),
            *(Appeal.outcome, Appeal.answer, Appeal.answered_at),
        )
        .join(Submission, Submission.id == Appeal.submission_id)
        .join(Account, Account.id == Appeal.filed_by_id)
        .where(Appeal.call_id == call.id)
        .order_by(Appeal.received_at, Appeal.id)
    )


def certificate_rows(call: Call) -> Select[Any]:
    """Certificates by their number, also those that were revoked."""
    return (
        select(
            *(Certificate.number, Certificate.kind, Certificate.name),
            *(Certificate.issued_at, Certificate.revoked_at, Certificate.revoked_reason),
        )
        .where(Certificate.call_id == call.id)
        .order_by(Certificate.number)
    )
