"""What may be said of an order as a whole: how scores are spread, the middle, means by criterion.

Nothing is said of fewer than three, neither directly nor as the difference of two groups that are shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from thinkia.domain.bases import MethodName, RankingRules
from thinkia.domain.marks import highest_score, lowest_score
from thinkia.domain.ranking.record import Line

FEW = 3  # a group smaller than this is not shown


@dataclass(frozen=True, slots=True)
class Bin:
    """Scores from ``low`` (included) to ``high`` (excluded; included in the last one)."""

    low: Fraction
    high: Fraction
    count: int
    winners: int


class Band(StrEnum):
    WINNER = "winner"
    UPPER = "upper"
    MIDDLE = "middle"
    LOWER = "lower"


def score_ends(rules: RankingRules, lines: Sequence[Line]) -> tuple[Fraction, Fraction]:
    """The lowest and the highest score that a proposal could have; of z-scores, that one had."""
    if rules.method.name is MethodName.BORDA:
        return Fraction(0), Fraction(100)
    if rules.method.name is MethodName.Z_SCORE:
        scores = [line.score for line in lines] or [Fraction(0)]
        return min(scores), max(scores)
    added = rules.method.name is MethodName.SUM
    times = max((line.ballots for line in lines), default=1) if added else 1
    return lowest_score(rules.rubric) * times, highest_score(rules.rubric) * times


def distribution(lines: Sequence[Line], low: Fraction, high: Fraction, *, parts: int = 10) -> list[Bin]:
    """How many scores fall into each of ``parts`` equal parts of the scale, without the empty ends."""
    width = (high - low) / parts
    if not width:
        return []
    counts, winners = [0] * parts, [0] * parts
    for line in lines:
        at = min(int((line.score - low) / width), parts - 1)
        counts[at] += 1
        winners[at] += line.wins
    used = [at for at, count in enumerate(counts) if count]
    if not used:
        return []
    return [
        Bin(low + at * width, low + (at + 1) * width, counts[at], winners[at])
        for at in range(used[0], used[-1] + 1)
    ]


@dataclass(frozen=True, slots=True)
class CriterionMean:
    """Mean marks on one criterion, or of one group; ``None`` where the group is too small to be shown."""

    code: str
    winners: Fraction | None
    everybody: Fraction | None


def criterion_means(lines: Sequence[Line], codes: Iterable[str]) -> list[CriterionMean]:
    """The winners beside all. The winners' column would give away a rest of one or two: then it is hidden."""
    values = [(line.wins, line.criteria) for line in lines]
    return [_means(code, values) for code in codes]


def group_means(lines: Sequence[Line], codes: Iterable[str]) -> list[CriterionMean]:
    """The same of what each group of evaluators gave; nothing where a group may be one or two people."""
    codes = list(codes)
    largest = dict.fromkeys(codes, 0)
    for line in lines:
        for one in line.evaluators:
            largest[one.group] = max(largest.get(one.group, 0), one.ballots)
    if min(largest.values(), default=0) < FEW:
        return []
    values = [(line.wins, {one.group: one.score for one in line.evaluators}) for line in lines]
    return [_means(code, values) for code in codes]


def tells_groups(line: Line) -> bool:
    """Whether what each group of evaluators gave may be told: none of them is one or two people."""
    return bool(line.evaluators) and all(one.ballots >= FEW for one in line.evaluators)


def middle(values: Iterable[Fraction]) -> Fraction | None:
    """The median; ``None`` of fewer than three."""
    ladder = sorted(values)
    if len(ladder) < FEW:
        return None
    half = len(ladder) // 2
    return ladder[half] if len(ladder) % 2 else (ladder[half - 1] + ladder[half]) / 2


def band(line: Line, ranked: int) -> Band:
    """A winner, or the third of the order in which a submission stands."""
    if line.wins:
        return Band.WINNER
    third = 3 * (line.place - 1) // max(ranked, 1)
    return (Band.UPPER, Band.MIDDLE, Band.LOWER)[min(third, 2)]


def _means(code: str, values: Sequence[tuple[bool, Mapping[str, Fraction]]]) -> CriterionMean:
    winning = [found for wins, found in values if wins]
    rest = len(values) - len(winning)
    shown = len(winning) >= FEW and (rest == 0 or rest >= FEW)
    everybody = _mean([found for _wins, found in values], code)
    return CriterionMean(code, _mean(winning, code) if shown else None, everybody)


def _mean(values: Sequence[Mapping[str, Fraction]], code: str) -> Fraction | None:
    marked = [found[code] for found in values if code in found]
    if len(marked) < FEW:
        return None
    return sum(marked, Fraction(0)) / len(marked)
