"""What was handed in: a row a proposal with its answers, and the files that came with them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from thinkia.calls.call_file import bases_of
from thinkia.calls.models import Call
from thinkia.domain.bases import Question, QuestionKind
from thinkia.domain.file_names import clean_name
from thinkia.domain.typed_numbers import Ambiguous, read_number
from thinkia.exports.models import Group
from thinkia.exports.queries import streamed
from thinkia.exports.queries import submissions as queries
from thinkia.exports.tables.columns import Source, SourceColumn, fields, local, moments
from thinkia.exports.tables.rounds import ways_through_rounds
from thinkia.results.queries import handed_in_title
from thinkia.web.export import Kind, Value

KINDS = {QuestionKind.NUMBER: Kind.ANY, QuestionKind.DECLARATION: Kind.ANY}
"""Numbers and declarations keep their types; another version of the bases may have asked for a text."""


def submissions(call: Call, zone: ZoneInfo) -> Source:
    questions = _questions(call)
    columns = (
        *fields("submission", "challenge", "title", "state", "team", "team_name"),
        *moments("submitted_at"),
        *fields("receipt", "content_sha256"),
        *moments("excluded_at"),
        *fields("excluded_reason"),
        *(fields("pool", "withdrawn_after") if call.announced.rounds else ()),
        *map(_asked, questions),
    )
    left = ways_through_rounds(call)

    def rows() -> Iterator[Sequence[Value]]:
        for row in streamed(queries.submission_rows(call)):
            content = json.loads(row.content)
            yield (
                *(row.code, row.challenge, handed_in_title(row), row.state.value, row.team, row.team_name),
                *(local(row.submitted_at, zone), row.number, row.content_sha256),
                *(local(row.excluded_at, zone), row.excluded_reason),
                *(left(row.code) if call.announced.rounds else ()),
                *(_answer(content, question) for question in questions),
            )

    return Source("submissions", columns, rows)


def _asked(question: Question) -> SourceColumn:
    """The column of a question; what says who applies is about persons."""
    group = Group.NAMES if question.identifies else None
    return SourceColumn(f"answer:{question.code}", KINDS.get(question.kind, Kind.TEXT), group)


def files(call: Call, _zone: ZoneInfo) -> Source:
    """Each file as its receipt names it; ``path`` is where it stands in a ZIP that holds the files."""
    columns = (
        *(*fields("submission", "question"), *fields("name", group=Group.FILES), *fields("media_type")),
        *fields("size", "pages", kind=Kind.WHOLE),
        *(*fields("sha256"), *fields("path", group=Group.FILES)),
    )

    def rows() -> Iterator[Sequence[Value]]:
        for code, question, file in submitted_files(call):
            name = file["name"]
            told = (name, file.get("media_type"), file.get("size"), file.get("pages"), file["sha256"])
            yield code, question, *told, path_of(code, question, name)

    return Source("files", columns, rows)


def submitted_files(call: Call) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """(submission, question, file) of everything that came with a receipt that counts."""
    for row in streamed(queries.submission_rows(call)):
        for question, file in sorted(json.loads(row.content).get("files", {}).items()):
            if file:
                yield row.code, question, file


def path_of(submission: str, question: str, name: str) -> str:
    """Where a file stands in a ZIP: its name is its team's, so nothing of it may lead elsewhere."""
    return f"files/{submission}/{clean_name(f'{question} {name}')}"


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
