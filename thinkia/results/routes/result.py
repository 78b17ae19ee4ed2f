"""The public result at the level of the bases, for the public page and its preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from flask_babel import gettext as _

from thinkia.calls import hooks
from thinkia.calls.call_file import bases_in_round
from thinkia.calls.models import Call
from thinkia.calls.wording.evaluators import group_title
from thinkia.calls.wording.numbers import money, number, percent
from thinkia.calls.wording.ranking import criterion_title
from thinkia.domain.bases import Bases, MethodName, Prize, PublicationLevel, TieKeyKind
from thinkia.domain.marks import highest
from thinkia.domain.ranking.record import Line, Record, read
from thinkia.domain.ranking.summary import (
    Bin,
    CriterionMean,
    criterion_means,
    distribution,
    group_means,
    score_ends,
)
from thinkia.domain.ranking.voids import void_places
from thinkia.domain.sectors import in_ring_order
from thinkia.domain.text import Bilingual
from thinkia.results import queries
from thinkia.results.models import Ranking
from thinkia.results.routes.rows import Row, Rows, row_of, rows_of
from thinkia.results.wording.figures import figure, score_figure
from thinkia.results.wording.method import WITH_ORDER, WITH_PLACES, method_points, reading_sentence
from thinkia.results.wording.voids import VoidPrize, told_voids

FEW_BARS = 12  # up to so many proposals, each has a bar of its own
LONGEST_LABEL = 36


class Winner(NamedTuple):
    """A line that wins, and what it wins: (title, amount in words)."""

    row: Row
    prizes: Sequence[tuple[Bilingual, str]] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """All that the page says. What the level of the bases hides is not in here."""

    record: Record
    bases: Bases
    version: int
    winners: Sequence[Winner]
    others: Rows | None
    bars: Sequence[Mapping[str, Any]]
    bins: Sequence[Mapping[str, Any]]
    voids: Sequence[VoidPrize]
    criterion_bars: Sequence[Mapping[str, Any]]
    criteria: Sequence[tuple[str, str, str, str]]  # title, winners, all, highest mark
    groups: Sequence[tuple[str, str, str, str]]  # of evaluators: title, share, winners, all
    points: Sequence[str]
    reading: str
    seats: Sequence[hooks.Seat]
    highest_drawn: float
    cut_drawn: float | None

    @property
    def level(self) -> PublicationLevel:
        return self.bases.publication

    @property
    def with_scores(self) -> bool:
        return self.level is PublicationLevel.SCORES

    @property
    def with_places(self) -> bool:
        return self.level in WITH_PLACES

    @property
    def names_codes(self) -> bool:
        """Whether proposals that did not win are there, by their code."""
        return self.level in WITH_ORDER

    @property
    def drew_lots(self) -> bool:
        """Whether a page shows what was drawn: where the order may be seen."""
        return self.names_codes and any(
            step.key == TieKeyKind.LOTTERY and step.values for step in self.record.steps
        )

    @property
    def names_winners(self) -> bool:
        return self.level is not PublicationLevel.VERDICT

    @property
    def sectors(self) -> list[tuple[str, int]]:
        """How many people of each sector judged."""
        people = self.record.context.jurors
        return [(code, people[code]) for code in in_ring_order(people)]

    @property
    def highest(self) -> str:
        """The most that a score can be, where that is known beforehand."""
        known = self.bases.method.name is not MethodName.Z_SCORE
        return number(score_ends(self.bases.ranking_rules, self.record.lines)[1]) if known else ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the charts say of all lines together."""

    bins: Sequence[Bin]
    means: Sequence[CriterionMean]
    groups: Sequence[CriterionMean]


@lru_cache(maxsize=32)
def _summary(order: str, rules: str, of_round: int) -> Summary:
    """Worked out once for a text of an order and of its bases, since neither ever changes."""
    lines, known = read(order).lines, bases_in_round(rules, of_round).ranking_rules
    bins = distribution(lines, *score_ends(known, lines)) if len(lines) > FEW_BARS else ()
    criteria = criterion_means(lines, [one.code for one in known.rubric.criteria])
    return Summary(bins, criteria, group_means(lines, known.method.evaluators))


def result_of(call: Call, ranking: Ranking, page: int) -> Result:
    """The result of a call as the bases let it be seen, in a constant number of queries."""
    version = queries.version_of(ranking)
    of_round = queries.round_of(call, ranking)
    bases, record = bases_in_round(version.content, of_round), read(ranking.content)
    level, summary = bases.publication, _summary(ranking.content, version.content, of_round)
    others = [line for line in record.lines if not line.wins] if level in WITH_ORDER else []
    winners = _winners(call, record, bases)
    scores = level is PublicationLevel.SCORES
    return Result(
        record=record,
        bases=bases,
        version=version.number,
        winners=winners,
        others=rows_of(call, record, bases, others, page) if others else None,
        bars=_bars(record, bases, winners) if scores else (),
        bins=_bins(summary.bins) if scores else (),
        voids=told_voids(void_places(record), bases),
        criterion_bars=_criterion_bars(summary.means, bases) if scores else (),
        criteria=_criteria(summary.means, bases) if scores else (),
        groups=_groups(summary.groups, bases) if scores else (),
        points=method_points(record, bases, brought=queries.brought_in(call)),
        reading=reading_sentence(record),
        seats=hooks.seats(call) if bases.jury.published else (),
        highest_drawn=float(score_ends(bases.ranking_rules, record.lines)[1]),
        cut_drawn=None if bases.cut_off is None else float(bases.cut_off),
    )


def _winners(call: Call, record: Record, bases: Bases) -> list[Winner]:
    if bases.publication is PublicationLevel.VERDICT:
        return []
    names = queries.named(call, [line.submission for line in record.winners])
    rows = [row_of(line, names.get(line.submission), record, bases) for line in record.winners]
    if bases.publication is PublicationLevel.ALPHABETICAL:
        rows.sort(key=lambda row: (row.title.casefold(), row.line.submission))
        return [Winner(row) for row in rows]
    return [Winner(row, [_prize(one) for one in bases.prizes if one.place == row.line.place]) for row in rows]


def _prize(prize: Prize) -> tuple[Bilingual, str]:
    return prize.title, money(prize.amount, prize.currency) if prize.amount else ""


def _bars(record: Record, bases: Bases, winners: Sequence[Winner]) -> list[Mapping[str, Any]]:
    if len(record.lines) > FEW_BARS:
        return []
    names = {winner.row.line.submission: winner.row.title for winner in winners}
    return [_bar(line, names.get(line.submission) or line.submission, bases) for line in record.lines]


def _bar(line: Line, name: str, bases: Bases) -> Mapping[str, Any]:
    short = name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1].rstrip()}…"
    return {
        "label": f"{line.place}. {short}" + (" ★" if line.wins else ""),
        "value": float(line.score),  # for drawing alone; the words are exact
        "text": score_figure(line.score, bases.cut_off),
        "key": line.wins,
    }


def _bins(bins: Sequence[Bin]) -> list[Mapping[str, Any]]:
    return [
        {
            "low": figure(part.low, 0 if part.low.denominator == 1 else 1),
            "high": figure(part.high, 0 if part.high.denominator == 1 else 1),
            "count": part.count,
            "key": part.winners,
        }
        for part in bins
    ]


def _criterion_bars(means: Sequence[CriterionMean], bases: Bases) -> list[Mapping[str, Any]]:
    """For each criterion, of its highest mark: the winners where they are shown, then all."""
    from_code = {one.code: one for one in bases.rubric.criteria}
    return [
        {
            "label": f"{criterion_title(from_code[mean.code])} · {who}",
            "value": float(value / Fraction(highest(from_code[mean.code].scale))),  # for drawing alone
            "text": figure(value),
            "key": is_key,
        }
        for mean in means
        for who, value, is_key in (
            (_("winners ★"), mean.winners, True),
            (_("all"), mean.everybody, False),
        )
        if value is not None and mean.everybody is not None
    ]


def _groups(means: Sequence[CriterionMean], bases: Bases) -> list[tuple[str, str, str, str]]:
    total = sum(bases.method.evaluators.values())
    return [
        (
            group_title(bases.jury, mean.code),
            percent(100 * bases.method.evaluators[mean.code] / total),
            "" if mean.winners is None else figure(mean.winners),
            figure(mean.everybody),
        )
        for mean in means
        if mean.everybody is not None
    ]


def _criteria(means: Sequence[CriterionMean], bases: Bases) -> list[tuple[str, str, str, str]]:
    from_code = {one.code: one for one in bases.rubric.criteria}
    found = []
    for mean in means:
        if mean.everybody is None:
            continue
        criterion = from_code[mean.code]
        winners = "" if mean.winners is None else figure(mean.winners)
        top = number(highest(criterion.scale))
        found.append((criterion_title(criterion), winners, figure(mean.everybody), top))
    return found
