"""What an export holds, table by table and column by column.

Columns have names of their own, in English, the same in every language: ``reviews`` is what
``flask results rank --scores`` reads, ``ranking`` what its ``--submissions`` reads. Moments are ISO 8601 in
the call's zone. E-mail addresses are columns of their own that are there only when asked for.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from thinkia.calls.call_file import bases_of
from thinkia.calls.models import Call
from thinkia.db.types import MICRO
from thinkia.domain.bases import Question, QuestionKind
from thinkia.domain.deliberation import Change, losses
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.ranking.figures import exact_text
from thinkia.domain.ranking.record import Line, read
from thinkia.domain.typed_numbers import Ambiguous, read_number
from thinkia.exports import queries
from thinkia.jury.models import FormerReview
from thinkia.results.queries import current_ranking, handed_in_title
from thinkia.web.export import Table, Value

NAMES = (
    *("teams", "members", "submissions", "jurors", "reviews", "reviews_wide", "mark_changes"),
    *("deliberations", "conflicts", "ranking"),
)
WITH_EMAILS = frozenset({"members", "jurors"})
UNFINISHED = frozenset({ReviewState.ASSIGNED, ReviewState.STARTED})


def tables_of(
    call: Call, names: Sequence[str], *, with_emails: bool = False, with_marks: bool = True
) -> list[Table]:
    """These tables of a call, in the order of ``NAMES``.

    What a juror gave and has not made final is the juror's own and in no table; without ``with_marks``, nor
    is what is final: whoever has every mark has the order.
    """
    zone = ZoneInfo(call.bases.time_zone)
    makers: Mapping[str, Callable[[], Table]] = {
        "teams": partial(_teams, call, zone),
        "members": partial(_members, call, zone, with_emails=with_emails),
        "submissions": partial(_submissions, call, zone),
        "jurors": partial(_jurors, call, with_emails=with_emails),
        "reviews": partial(_reviews, call, with_marks=with_marks),
        "reviews_wide": partial(_reviews_wide, call, zone, with_marks=with_marks),
        "mark_changes": partial(_mark_changes, call, zone, with_marks=with_marks),
        "deliberations": partial(_deliberations, call, zone, with_marks=with_marks),
        "conflicts": partial(_conflicts, call, zone),
        "ranking": partial(_ranking, call, zone),
    }
    return [makers[name]() for name in NAMES if name in names]


def _teams(call: Call, zone: ZoneInfo) -> Table:
    columns = ("team", "name", "about", "created_at", "members", "representative")

    def rows() -> Iterator[Sequence[Value]]:
        for code, name, about, created, members, representative in queries.streamed(queries.team_rows(call)):
            yield code, name, about, _moment(created, zone), members, representative

    return Table("teams", columns, rows)


def _members(call: Call, zone: ZoneInfo, *, with_emails: bool) -> Table:
    columns = (
        "team",
        "team_name",
        "name",
        "role",
        "sector",
        "institution",
        "province",
        "canton",
        "joined_at",
    )

    def rows() -> Iterator[Sequence[Value]]:
        for row in queries.streamed(queries.member_rows(call)):
            *told, joined, email = row
            told[3] = told[3].value
            yield (*told, _moment(joined, zone), *([email] if with_emails else []))

    return Table("members", (*columns, *(["email"] if with_emails else [])), rows)


def _submissions(call: Call, zone: ZoneInfo) -> Table:
    questions = _questions(call)
    columns = ("submission", "challenge", "title", "state", "team", "team_name", "submitted_at")
    more = ("receipt", "content_sha256", "excluded_at", "excluded_reason")

    def rows() -> Iterator[Sequence[Value]]:
        for row in queries.streamed(queries.submission_rows(call)):
            content = json.loads(row.content)
            yield (
                *(row.code, row.challenge, handed_in_title(row), row.state.value, row.team, row.team_name),
                *(_moment(row.submitted_at, zone), row.number, row.content_sha256),
                *(_moment(row.excluded_at, zone), row.excluded_reason),
                *(_answer(content, question) for question in questions),
            )

    return Table("submissions", (*columns, *more, *(f"answer:{one.code}" for one in questions)), rows)


def _jurors(call: Call, *, with_emails: bool) -> Table:
    columns = ("juror", "name", "sector", "institution", "role", "state")

    def rows() -> Iterator[Sequence[Value]]:
        for row in queries.streamed(queries.juror_rows(call)):
            told = (row.code, row.name, row.sector, row.institution, row.role.value, row.state.value)
            yield (*told, row.email) if with_emails else told

    return Table("jurors", (*columns, *(["email"] if with_emails else [])), rows)


def _reviews(call: Call, *, with_marks: bool) -> Table:
    columns = ("submission", "juror", "sector", "criterion", "mark", "state", "reason", "review", "source")

    def rows() -> Iterator[Sequence[Value]]:
        for row in queries.streamed(queries.mark_rows(call)):
            key = (row.submission, row.juror, row.sector, row.criterion)
            told = with_marks and row.state not in UNFINISHED
            mark, reason = (row.value, row.reason) if told else (None, None)
            yield (*key, mark, row.state.value, reason, row.review, row.source.value)

    return Table("reviews", columns, rows)


def _reviews_wide(call: Call, zone: ZoneInfo, *, with_marks: bool) -> Table:
    criteria = [criterion.code for criterion in call.bases.rubric.judged]
    columns = ("review", "submission", "submission_state", "juror", "sector", "state", "closed_reason")
    more = ("source", "assigned_at", "finished_at", "feedback", "note")

    def rows() -> Iterator[Sequence[Value]]:
        every = queries.streamed(queries.review_rows(call))
        for _review, group in groupby(every, key=lambda row: row.review):
            marks = list(group)
            row = marks[0]
            told = with_marks and row.state not in UNFINISHED
            given = {one.criterion: one.value for one in marks} if told else {}
            yield (
                *(row.review, row.submission, row.submission_state.value, row.juror, row.sector),
                *(row.state.value, row.closed_reason, row.source.value),
                *(_moment(row.assigned_at, zone), _moment(row.finished_at, zone)),
                *((row.feedback, row.note) if told else (None, None)),
                *(given.get(code) for code in criteria),
            )

    return Table("reviews_wide", (*columns, *more, *(f"mark:{code}" for code in criteria)), rows)


def _mark_changes(call: Call, zone: ZoneInfo, *, with_marks: bool) -> Table:
    """Marks that were final and became others, of reviews that are final: a row a mark."""
    columns = ("review", "submission", "juror", "sector", "version", "criterion", "was", "became")
    more = ("final_since", "changed_at", "how", "reason")

    def rows() -> Iterator[Sequence[Value]]:
        if not with_marks:
            return
        now = queries.marks_of_changed(call)
        for code, group in groupby(queries.streamed(queries.former_rows(call)), key=lambda row: row.review):
            versions = list(group)
            found = losses([row.FormerReview.micro_marks for row in versions], now[code])
            for row, changed in zip(versions, found, strict=True):
                for one in changed:
                    yield (code, row.submission, row.juror, row.sector, *_change(row, one, zone))

    return Table("mark_changes", (*columns, *more), rows)


def _change(row: Any, one: Change, zone: ZoneInfo) -> tuple[Value, ...]:
    """One mark of a former version: what it was and became, when, how and why."""
    former: FormerReview = row.FormerReview
    return (
        *(former.number, one.criterion, _mark(one.was), _mark(one.became)),
        *(_moment(former.finished_at, zone), _moment(former.ended_at, zone)),
        *(("deliberation", former.reason) if former.reason else ("reopened", row.asked)),
    )


def _mark(micro: int | None) -> Decimal | None:
    return None if micro is None else micro / MICRO


def _deliberations(call: Call, zone: ZoneInfo, *, with_marks: bool) -> Table:
    columns = ("submission", "written_at", "juror", "name", "sector", "role", "note")

    def rows() -> Iterator[Sequence[Value]]:
        if with_marks:
            for row in queries.streamed(queries.note_rows(call)):
                told = (row.submission, _moment(row.written_at, zone), row.juror, row.name, row.sector)
                yield (*told, row.role.value, row.text)

    return Table("deliberations", columns, rows)


def _conflicts(call: Call, zone: ZoneInfo) -> Table:
    columns = ("juror", "scope", "about", "reason", "by_organiser", "declared_at", "declared_by")
    more = ("confirmed_by", "withdrawn_at", "withdrawn_by")

    def rows() -> Iterator[Sequence[Value]]:
        for row in queries.streamed(queries.conflict_rows(call)):
            about = row.submission or row.team_code or row.institution
            yield (
                *(row.juror, row.scope.value, about, row.reason, row.by_organiser),
                *(_moment(row.declared_at, zone), row.declared_by, row.confirmed_by),
                *(_moment(row.withdrawn_at, zone), row.withdrawn_by),
            )

    return Table("conflicts", (*columns, *more), rows)


def _ranking(call: Call, zone: ZoneInfo) -> Table:
    criteria = [criterion.code for criterion in call.bases.rubric.criteria]
    columns = ("place", "submission", "score", "decided_by", "passes", "wins", "submitted_at")
    more = ("title", "challenge", "team", "team_name", "reviews")

    def rows() -> Iterator[Sequence[Value]]:
        ranking = current_ranking(call)
        if ranking is None:
            return
        known = {row.code: _named(row) for row in queries.streamed(queries.submission_names(call))}
        for line in read(ranking.content).lines:
            yield (*_place(line, known[line.submission], zone), *(_marks(line, criteria)))

    return Table("ranking", (*columns, *more, *(f"mark:{code}" for code in criteria)), rows)


def _named(row: Any) -> tuple[datetime, str, str, str, str]:
    """When it was handed in; title, challenge, team and the team's name."""
    return row.submitted_at, handed_in_title(row), row.challenge, row.team, row.team_name


def _place(line: Line, name: tuple[Any, ...], zone: ZoneInfo) -> tuple[Value, ...]:
    return (
        *(line.place, line.submission, Decimal(exact_text(line.score)), line.decided_by, line.passes),
        *(line.wins, _moment(name[0], zone), *name[1:], line.ballots),
    )


def _marks(line: Line, criteria: Sequence[str]) -> list[Value]:
    return [Decimal(exact_text(line.criteria[code])) if code in line.criteria else None for code in criteria]


def _questions(call: Call) -> list[Question]:
    """Every question that some version of the bases asked, those of today first."""
    found: dict[str, Question] = {}
    for text in queries.published_contents(call):
        for question in bases_of(text).questions:
            found.setdefault(question.code, question)
    return list(found.values())


def _answer(content: Mapping[str, Any], question: Question) -> Value:
    """An answer as one cell: numbers are numbers, choices side by side, of a file name and fingerprint."""
    file = content.get("files", {}).get(question.code)
    if file:
        return f"{file['name']} (sha256 {file['sha256']})"
    value = content.get("answers", {}).get(question.code)
    if question.kind is QuestionKind.NUMBER and isinstance(value, str):
        return _number(value)
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def _number(text: str) -> Value:
    """Another version of the bases may have asked for a text under this code: that stays a text."""
    try:
        number = read_number(text)
    except Ambiguous:
        return text
    return text if number is None else number


def _moment(value: datetime | None, zone: ZoneInfo) -> str | None:
    return None if value is None else value.astimezone(zone).isoformat(timespec="microseconds")
