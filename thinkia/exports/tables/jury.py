"""Who read what, the marks they gave and changed, what they said, and their conflicts."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from thinkia.calls.models import Call
from thinkia.db.types import MICRO
from thinkia.domain.deliberation import Change, losses
from thinkia.domain.lifecycle import ReviewState
from thinkia.exports.models import Group
from thinkia.exports.queries import jury as queries
from thinkia.exports.queries import streamed
from thinkia.exports.tables.columns import Source, SourceColumn, fields, local, moments
from thinkia.exports.tables.rounds import criteria_of, has_groups, of_round, ranked_in_rounds, round_code
from thinkia.jury.models import FormerReview
from thinkia.web.export import Kind, Value

UNFINISHED = frozenset({ReviewState.ASSIGNED, ReviewState.STARTED})
CLOSED_REASON = fields("closed_reason", group=Group.REASONS)


def _group(call: Call) -> tuple[SourceColumn, ...]:
    """The group of evaluators that the juror sits in, where the call has any."""
    return fields("group") if has_groups(call) else ()


def panels(call: Call, zone: ZoneInfo) -> Source:
    grouped = has_groups(call)
    columns = (
        *(*fields("submission", "title", "challenge", "juror"), *fields("juror_name", group=Group.NAMES)),
        *(*fields("role", "sector", "review", "state"), *moments("assigned_at", "closed_at")),
        *(*CLOSED_REASON, *fields("is_abstention", kind=Kind.TRUTH), *of_round(call)),
        *_group(call),
    )

    def rows() -> Iterator[Sequence[Value]]:
        for row in streamed(queries.panel_rows(call)):
            yield (
                *(row.submission, row.title, row.challenge, row.juror, row.name, row.role.value, row.sector),
                *(row.review, row.state.value, local(row.assigned_at, zone), local(row.closed_at, zone)),
                *(row.closed_reason, row.is_abstention, *round_code(call, row.closed_round)),
                *((row.evaluators,) if grouped else ()),
            )

    return Source("panels", columns, rows)


def reviews(call: Call, _zone: ZoneInfo, *, with_marks: bool) -> Source:
    grouped = has_groups(call)
    columns = (
        *(*fields("submission", "juror", "sector", "criterion"), *fields("mark", kind=Kind.NUMBER)),
        *(*fields("state", "reason", "review", "source"), *of_round(call), *_group(call)),
    )
    ranked = ranked_in_rounds(call)

    def rows() -> Iterator[Sequence[Value]]:
        for row in streamed(queries.mark_rows(call)):
            if row.closed_round is not None and row.submission not in ranked[row.closed_round]:
                continue
            key = (row.submission, row.juror, row.sector, row.criterion)
            shown = with_marks and row.state not in UNFINISHED
            mark, reason = (row.value, row.reason) if shown else (None, None)
            rest = (row.state.value, reason, row.review, row.source.value)
            group = (row.evaluators,) if grouped else ()
            yield (*key, mark, *rest, *round_code(call, row.closed_round), *group)

    return Source("reviews", columns, rows)


def reviews_wide(call: Call, zone: ZoneInfo, *, with_marks: bool) -> Source:
    criteria, grouped = criteria_of(call), has_groups(call)
    columns = (
        *fields("review", "submission", "submission_state", "juror", "sector", "state"),
        *_group(call),
        *(*CLOSED_REASON, *fields("source"), *moments("assigned_at", "finished_at")),
        *(*of_round(call), *fields("feedback", "note")),
        *fields(*(f"mark:{one}" for one in criteria), kind=Kind.NUMBER),
    )

    def rows() -> Iterator[Sequence[Value]]:
        every = streamed(queries.review_rows(call))
        for _review, group in groupby(every, key=lambda row: row.review):
            marks = list(group)
            row = marks[0]
            told = with_marks and row.state not in UNFINISHED
            given = {one.criterion: one.value for one in marks} if told else {}
            yield (
                *(row.review, row.submission, row.submission_state.value, row.juror, row.sector),
                *(row.state.value, *((row.evaluators,) if grouped else ())),
                *(row.closed_reason, row.source.value),
                *(local(row.assigned_at, zone), local(row.finished_at, zone)),
                *round_code(call, row.closed_round),
                *((row.feedback, row.note) if told else (None, None)),
                *(given.get(code) for code in criteria),
            )

    return Source("reviews_wide", columns, rows)


def mark_changes(call: Call, zone: ZoneInfo, *, with_marks: bool) -> Source:
    """Marks that were final and became others, of reviews that are final: a row a mark."""
    columns = (
        *fields("review", "submission", "juror", "sector"),
        *(
            SourceColumn("version", Kind.WHOLE),
            *fields("criterion"),
            *fields("was", "became", kind=Kind.NUMBER),
        ),
        *(*moments("final_since", "changed_at"), *fields("how", "reason")),
    )

    def rows() -> Iterator[Sequence[Value]]:
        if not with_marks:
            return
        now = queries.marks_of_changed(call)
        for code, group in groupby(streamed(queries.former_rows(call)), key=lambda row: row.review):
            versions = list(group)
            found = losses([row.FormerReview.micro_marks for row in versions], now[code])
            for row, changed in zip(versions, found, strict=True):
                for one in changed:
                    yield (code, row.submission, row.juror, row.sector, *_change(row, one, zone))

    return Source("mark_changes", columns, rows)


def _change(row: Any, one: Change, zone: ZoneInfo) -> tuple[Value, ...]:
    """One mark of a former version: what it was and became, when, how and why."""
    former: FormerReview = row.FormerReview
    return (
        *(former.number, one.criterion, _mark(one.was), _mark(one.became)),
        *(local(former.finished_at, zone), local(former.ended_at, zone)),
        *(("deliberation", former.reason) if former.reason else ("reopened", row.asked)),
    )


def _mark(micro: int | None) -> Decimal | None:
    return None if micro is None else micro / MICRO


def deliberations(call: Call, zone: ZoneInfo, *, with_marks: bool) -> Source:
    columns = (
        *(*fields("submission"), *moments("written_at"), *fields("juror")),
        *(*fields("name", group=Group.NAMES), *fields("sector", "role", "note")),
    )

    def rows() -> Iterator[Sequence[Value]]:
        if with_marks:
            for row in streamed(queries.note_rows(call)):
                told = (row.submission, local(row.written_at, zone), row.juror, row.name, row.sector)
                yield (*told, row.role.value, row.text)

    return Source("deliberations", columns, rows)


def conflicts(call: Call, zone: ZoneInfo) -> Source:
    columns = (
        *(*fields("juror", "scope", "about"), *fields("reason", group=Group.REASONS)),
        *(*fields("by_organiser", kind=Kind.TRUTH), *moments("declared_at")),
        *fields("declared_by", "confirmed_by", group=Group.NAMES),
        *(*moments("withdrawn_at"), *fields("withdrawn_by", group=Group.NAMES)),
    )

    def rows() -> Iterator[Sequence[Value]]:
        for row in streamed(queries.conflict_rows(call)):
            about = row.submission or row.team_code or row.institution
            yield (
                *(row.juror, row.scope.value, about, row.reason, row.by_organiser),
                *(local(row.declared_at, zone), row.declared_by, row.confirmed_by),
                *(local(row.withdrawn_at, zone), row.withdrawn_by),
            )

    return Source("conflicts", columns, rows)
