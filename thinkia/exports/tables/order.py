"""The order that stands."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from thinkia.calls.models import Call
from thinkia.domain.ranking.figures import exact_text
from thinkia.domain.ranking.record import Line, read
from thinkia.exports.queries import streamed
from thinkia.exports.queries import submissions as queries
from thinkia.exports.tables.columns import Source, SourceColumn, fields, local, moments
from thinkia.results.queries import current_ranking, handed_in_title
from thinkia.web.export import Kind, Value


def ranking(call: Call, zone: ZoneInfo) -> Source:
    criteria = [criterion.code for criterion in call.bases.rubric.criteria]
    columns = (
        *(SourceColumn("place", Kind.WHOLE), *fields("submission"), SourceColumn("score", Kind.NUMBER)),
        *(*fields("decided_by"), *fields("passes", "wins", kind=Kind.TRUTH), *moments("submitted_at")),
        *(*fields("title", "challenge", "team", "team_name"), SourceColumn("reviews", Kind.WHOLE)),
        *fields(*(f"mark:{code}" for code in criteria), kind=Kind.NUMBER),
    )

    def rows() -> Iterator[Sequence[Value]]:
        ranking = current_ranking(call)
        if ranking is None:
            return
        known = {row.code: _named(row) for row in streamed(queries.submission_names(call))}
        for line in read(ranking.content).lines:
            yield (*_place(line, known[line.submission], zone), *_marks(line, criteria))

    return Source("ranking", columns, rows)


def _named(row: Any) -> tuple[datetime, str, str, str, str]:
    """When it was handed in; title, challenge, team and the team's name."""
    return row.submitted_at, handed_in_title(row), row.challenge, row.team, row.team_name


def _place(line: Line, name: tuple[Any, ...], zone: ZoneInfo) -> tuple[Value, ...]:
    return (
        *(line.place, line.submission, Decimal(exact_text(line.score)), line.decided_by, line.passes),
        *(line.wins, local(name[0], zone), *name[1:], line.ballots),
    )


def _marks(line: Line, criteria: Sequence[str]) -> list[Value]:
    return [Decimal(exact_text(line.criteria[code])) if code in line.criteria else None for code in criteria]
