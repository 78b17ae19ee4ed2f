"""The order as its tables show it: a page of lines with their names and what explains them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from thinkia.calls.models import Call
from thinkia.calls.wording.ranking import criterion_title
from thinkia.domain.bases import Bases
from thinkia.domain.ranking.record import Line, Record
from thinkia.domain.text import Bilingual
from thinkia.results import queries
from thinkia.results.wording import ties
from thinkia.results.wording.figures import figure, score_figure
from thinkia.web.listing import PER_PAGE


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the order with its words."""

    line: Line
    title: str
    team: str
    challenge: Bilingual | str
    score: str
    told: Sequence[str]  # how its tie was settled, or what it waits for
    criteria: Sequence[tuple[str, str]]
    sectors: Sequence[tuple[str, str, int]]
    last_winner: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of the order."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int


def rows_of(call: Call, record: Record, bases: Bases, lines: Sequence[Line], number: int) -> Rows:
    """The lines of one page, in one query."""
    pages = max(1, -(-len(lines) // PER_PAGE))
    number = min(number, pages)
    shown = lines[(number - 1) * PER_PAGE : number * PER_PAGE]
    names = queries.named(call, [line.submission for line in shown])
    last = record.winners[-1].submission if record.winners else ""
    told = [row_of(line, names.get(line.submission), record, bases, last=last) for line in shown]
    return Rows(told, number, pages, len(lines))


def row_of(line: Line, name: Any, record: Record, bases: Bases, *, last: str = "") -> Row:
    titles = {one.code: criterion_title(one) for one in bases.rubric.criteria}
    challenges = {one.code: one.title for one in bases.challenges}
    return Row(
        line=line,
        title=name.title if name else "",
        team=name.team if name else "",
        challenge=challenges.get(name.challenge, "") if name else "",
        score=score_figure(line.score, bases.cut_off),
        told=ties.of_line(record, line, bases),
        criteria=[(titles.get(code, code), figure(value)) for code, value in line.criteria.items()],
        sectors=[(part.sector, figure(part.score), part.ballots) for part in line.sectors],
        last_winner=line.submission == last,
    )


def page_address(endpoint: str, call: Call) -> Any:
    """For the pager: the address of each page of this list."""
    return lambda number: url_for(endpoint, code=call.code, page=number)
