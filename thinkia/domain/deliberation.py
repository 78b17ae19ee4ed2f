"""What a panel that talks a proposal over may know: how its final marks lie, and which were changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from thinkia.domain.disagreement import Extremes, Gap, differences
from thinkia.domain.rubric import Criterion, Marks, Rubric

LEAST_OTHERS = 2
"""Final reviews of other jurors before any mark is shown: a single one would be somebody's."""


class Given(NamedTuple):
    """Whose final marks on a proposal, by criterion."""

    juror: str
    marks: Marks


class GivenMark(NamedTuple):
    """A mark on one criterion, and whose it is."""

    value: Decimal
    juror: str


@dataclass(frozen=True, slots=True)
class Spread:
    """How the marks on one criterion lie: the reader's own apart, the others' ascending."""

    criterion: Criterion
    own: Decimal | None
    others: tuple[GivenMark, ...]
    gap: Gap | None


class Change(NamedTuple):
    """A mark that became another, in millionths; ``None`` where there was, or is, none."""

    criterion: str
    was: int | None
    became: int | None


def still_hidden(final: Iterable[Given], reader: str) -> int:
    """How many more others have to be final before their marks are shown to this juror; 0: they are."""
    return max(0, LEAST_OTHERS - sum(one.juror != reader for one in final))


def spreads(rubric: Rubric, final: Sequence[Given], reader: str) -> list[Spread]:
    """Criterion by criterion, in the rubric's order; nothing while ``still_hidden``."""
    if still_hidden(final, reader):
        return []
    found = {one.code: _given(one.code, final) for one in rubric.judged}
    rows = (
        Extremes("", "", code, min(marks).value, max(marks).value, len(marks))
        for code, marks in found.items()
        if marks
    )
    gaps = {code: gap for each in differences(rubric, rows) for code, gap in each.gaps.items()}
    return [
        Spread(
            one,
            next((mark.value for mark in found[one.code] if mark.juror == reader), None),
            tuple(mark for mark in found[one.code] if mark.juror != reader),
            gaps.get(one.code),
        )
        for one in rubric.judged
    ]


def losses(versions: Sequence[Mapping[str, int]], now: Mapping[str, int]) -> list[list[Change]]:
    """What became of each version of a review's marks in the next one; of the last in the marks of now."""
    return [
        [
            Change(code, was.get(code), became.get(code))
            for code in dict.fromkeys((*was, *became))
            if was.get(code) != became.get(code)
        ]
        for was, became in zip(versions, [*versions[1:], now], strict=False)
    ]


def _given(code: str, final: Iterable[Given]) -> list[GivenMark]:
    return sorted(GivenMark(one.marks[code], one.juror) for one in final if code in one.marks)
