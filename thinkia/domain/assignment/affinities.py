"""Affinities of many pairs in little memory: one table of whole weights, two bytes a pair.

A mapping like any other, so that a ``Problem`` takes it where a small call gives a
dictionary; twenty million pairs fit in 40 MB.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FULL_AFFINITY = 10_000
"""The integer weight of an affinity of 1."""


class AffinityTable(Mapping[tuple[str, str], Decimal]):
    """``weights[i, j]`` is ten thousand times the affinity of ``submissions[i]`` and ``jurors[j]``.

    Ids are sorted and distinct; weights lie between 0 and ``FULL_AFFINITY``. The table is
    shared, not copied: whoever makes it lets go of it.
    """

    def __init__(
        self, submissions: Sequence[str], jurors: Sequence[str], weights: "NDArray[np.int16]"
    ) -> None:
        self.submissions, self.jurors, self.weights = tuple(submissions), tuple(jurors), weights
        if weights.shape != (len(self.submissions), len(self.jurors)) or weights.dtype.name != "int16":
            raise ValueError("A table of affinities has a row a submission and a column a juror, in int16.")
        if any(list(ids) != sorted(set(ids)) for ids in (self.submissions, self.jurors)):
            raise ValueError("The ids of a table of affinities are sorted and distinct.")
        if weights.size and (weights.min() < 0 or weights.max() > FULL_AFFINITY):
            raise ValueError("An affinity lies between 0 and 1.")

    def __getitem__(self, pair: tuple[str, str]) -> Decimal:
        i, j = _place(self.submissions, pair[0]), _place(self.jurors, pair[1])
        if i is None or j is None:
            raise KeyError(pair)
        return Decimal(int(self.weights[i, j])) / FULL_AFFINITY

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((submission, juror) for submission in self.submissions for juror in self.jurors)

    def __len__(self) -> int:
        return int(self.weights.size)


def weight(affinity: Decimal) -> int:
    """An affinity as the integer the solver adds up: round half to even of ten thousand times it."""
    return int((affinity * FULL_AFFINITY).to_integral_value(ROUND_HALF_EVEN))


def _place(ids: Sequence[str], wanted: str) -> int | None:
    place = bisect_left(ids, wanted)
    return place if place < len(ids) and ids[place] == wanted else None
