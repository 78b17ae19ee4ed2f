"""The order as its tables show it: a page of lines with their names and what explains them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for

from thinkia.calls.models import Call
from thinkia.calls.wording.evaluators import group_title
from thinkia.calls.wording.numbers import percent
from thinkia.calls.wording.ranking import criterion_title
from thinkia.calls.wording.rounds import pool_title
from thinkia.domain.bases import Bases
from thinkia.domain.ranking.record import Line, Record
from thinkia.domain.text import Bilingual
from thinkia.results import queries
from thinkia.results.wording import ties
from thinkia.results.wording.figures import figure, score_figure
from thinkia.web.listing import PER_PAGE


@dataclass(frozen=True)
class Row:
    """One line of the order with its words. What explains it is put into words where a page shows it."""

    line: Line
    record: Record
    bases: Bases
    title: str
    team: str
    challenge: Bilingual | str
    last_winner: bool

    @cached_property
    def score(self) -> str:
        return score_figure(self.line.score, self.bases.cut_off)

    @property
    def pool(self) -> str:
        """The name of its pool, in a round that has any."""
        return pool_title(self.bases, self.line.pool) if self.line.pool else ""

    @cached_property
    def told(self) -> Sequence[str]:
        """How its tie was settled, or what it waits for."""
        return ties.of_line(self.record, self.line, self.bases)

    @cached_property
    def criteria(self) -> Sequence[tuple[str, str]]:
        titles = {one.code: criterion_title(one) for one in self.bases.rubric.criteria}
        return [(titles.get(code, code), figure(value)) for code, value in self.line.criteria.items()]

    @cached_property
    def sectors(self) -> Sequence[tuple[str, str, int]]:
        return [(part.sector, figure(part.score), part.ballots) for part in self.line.sectors]

    @cached_property
    def evaluators(self) -> Sequence[tuple[str, str, int, str]]:
        """What each group gave: title, score, ballots, share."""
        return [
            (
                group_title(self.bases.jury, one.group),
                figure(one.score),
                one.ballots,
                percent(100 * one.share),
            )
            for one in self.line.evaluators
        ]


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of the order."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int


def rows_of(
    call: Call,
    record: Record,
    bases: Bases,
    lines: Sequence[Line],
    number: int,
    *,
    names_of: Callable[[Call, Sequence[str]], Mapping[str, queries.Name]] = queries.named,
) -> Rows:
    """The lines of one page, in one query."""
    pages = max(1, -(-len(lines) // PER_PAGE))
    number = min(number, pages)
    shown = lines[(number - 1) * PER_PAGE : number * PER_PAGE]
    names = names_of(call, [line.submission for line in shown])
    last = {line.pool: line.submission for line in record.winners}
    told = [
        row_of(line, names.get(line.submission), record, bases, last=last.get(line.pool, ""))
        for line in shown
    ]
    return Rows(told, number, pages, len(lines))


def row_of(line: Line, name: Any, record: Record, bases: Bases, *, last: str = "") -> Row:
    challenges = {one.code: one.title for one in bases.challenges}
    return Row(
        line=line,
        record=record,
        bases=bases,
        title=name.title if name else "",
        team=name.team if name else "",
        challenge=challenges.get(name.challenge, "") if name else "",
        last_winner=line.submission == last,
    )


def page_address(endpoint: str, call: Call) -> Any:
    """For the pager: the address of each page of this list."""
    return lambda number: url_for(endpoint, code=call.code, page=number)
