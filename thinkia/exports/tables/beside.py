"""What stands beside the order: values measured elsewhere, appeals with their answers, certificates."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from thinkia.calls.models import Call
from thinkia.exports.models import Group
from thinkia.exports.queries import beside as queries
from thinkia.exports.queries import streamed
from thinkia.exports.tables.columns import Source, SourceColumn, fields, local, moments
from thinkia.web.export import Kind, Value


def metrics(call: Call, zone: ZoneInfo) -> Source:
    columns = (
        *(*fields("submission", "metric"), SourceColumn("version", Kind.WHOLE)),
        *(*fields("value", kind=Kind.NUMBER), *moments("entered_at")),
        *fields("entered_by", "confirmed_by", group=Group.NAMES),
    )

    def rows() -> Iterator[Sequence[Value]]:
        for row in streamed(queries.metric_rows(call)):
            at = local(row.entered_at, zone)
            yield (row.submission, row.metric, row.number, row.value, at, row.entered_by, row.confirmed_by)

    return Source("metrics", columns, rows)


def appeals(call: Call, zone: ZoneInfo) -> Source:
    columns = (
        *(*fields("appeal", "submission", "grounds", "wanted"), *moments("received_at")),
        *(*fields("filed_by", group=Group.NAMES), *fields("outcome", "answer"), *moments("answered_at")),
    )

    def rows() -> Iterator[Sequence[Value]]:
        for row in streamed(queries.appeal_rows(call)):
            outcome = None if row.outcome is None else row.outcome.value
            yield (
                *(row.number, row.submission, row.grounds, row.wanted, local(row.received_at, zone)),
                *(row.filed_by, outcome, row.answer, local(row.answered_at, zone)),
            )

    return Source("appeals", columns, rows)


def certificates(call: Call, zone: ZoneInfo) -> Source:
    columns = (
        *(SourceColumn("certificate", Kind.WHOLE), *fields("kind"), *fields("name", group=Group.NAMES)),
        *(*moments("issued_at", "revoked_at"), *fields("revoked_reason")),
    )

    def rows() -> Iterator[Sequence[Value]]:
        for row in streamed(queries.certificate_rows(call)):
            moments_of = (local(row.issued_at, zone), local(row.revoked_at, zone))
            yield (row.number, row.kind.value, row.name, *moments_of, row.revoked_reason)

    return Source("certificates", columns, rows)
