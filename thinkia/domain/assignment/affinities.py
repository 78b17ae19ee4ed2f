"""Affinities of many pairs in little memory: one table of whole weights, two bytes a pair.

A mapping like any other, so that a ``Problem`` takes it where a small call gives a
dictionary; twenty million pairs fit in 40 MB.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

FULL_AFFINITY = 10_000
"""The integer weight of an affinity of 1."""

Weights = NDArray[np.int16]


class AffinityTable(Mapping[tuple[str, str], Decimal]):
    """``weights[i, j]`` is ten thousand times the affinity of ``submissions[i]`` and ``jurors[j]``.

    Ids are sorted and distinct; weights lie between 0 and ``FULL_AFFINITY``. The table is
    shared, not copied: whoever makes it lets go of it.
    """

    def __init__(self, submissions: Sequence[str], jurors: Sequence[str], weights: Weights) -> None:
        self.submissions, self.jurors, self.weights = tuple(submissions), tuple(jurors), weights
        if weights.shape != (len(self.submissions), len(self.jurors)) or weights.dtype != np.int16:
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


def weights_of(
    affinities: Mapping[tuple[str, str], Decimal], submissions: Sequence[str], jurors: Sequence[str]
) -> Weights:
    """The weights of these ids, sorted, as a table; 0 where none is given."""
    if isinstance(affinities, AffinityTable):
        return _taken(affinities, submissions, jurors)
    row = {submission: i for i, submission in enumerate(submissions)}
    column = {juror: j for j, juror in enumerate(jurors)}
    table = np.zeros((len(row), len(column)), np.int16)
    for (submission, juror), affinity in affinities.items():
        if submission in row and juror in column:
            table[row[submission], column[juror]] = weight(affinity)
    return table


def value_of(affinities: Mapping[tuple[str, str], Decimal], pairs: Collection[tuple[str, str]]) -> int:
    """The weights of these pairs, added up; 0 where none is given."""
    if not isinstance(affinities, AffinityTable):
        return sum(weight(affinities.get(pair, Decimal(0))) for pair in pairs)
    rows = _places(affinities.submissions, [submission for submission, _ in pairs])
    columns = _places(affinities.jurors, [juror for _, juror in pairs])
    known = (rows >= 0) & (columns >= 0)
    return int(affinities.weights[rows[known], columns[known]].sum(dtype=np.int64))


def marked(
    pairs: Collection[tuple[str, str]], submissions: Sequence[str], jurors: Sequence[str]
) -> NDArray[np.bool_]:
    """A table of these ids in which the pairs are true; those that name nobody here are left out."""
    table = np.zeros((len(submissions), len(jurors)), bool)
    if isinstance(pairs, frozenset) and table.size < len(pairs):
        for i, submission in enumerate(submissions):
            table[i] = [(submission, juror) in pairs for juror in jurors]
        return table
    row = {submission: i for i, submission in enumerate(submissions)}
    column = {juror: j for j, juror in enumerate(jurors)}
    places = [(row[s], column[j]) for s, j in pairs if s in row and j in column]
    table[tuple(np.array(places, np.int64).reshape(-1, 2).T)] = True
    return table


def digest(table: Weights | NDArray[np.bool_]) -> str:
    """SHA-256 of a table, the same on every machine."""
    same = np.packbits(table) if table.dtype == np.bool_ else np.ascontiguousarray(table, "<i2")
    return sha256(same.data).hexdigest()


def _taken(table: AffinityTable, submissions: Sequence[str], jurors: Sequence[str]) -> Weights:
    if table.submissions == tuple(submissions) and table.jurors == tuple(jurors):
        return table.weights
    rows, columns = _places(table.submissions, submissions), _places(table.jurors, jurors)
    taken: Weights = np.zeros((len(rows), len(columns)), np.int16)
    known = np.ix_(rows >= 0, columns >= 0)
    taken[known] = table.weights[np.ix_(rows[rows >= 0], columns[columns >= 0])]
    return taken


def _places(ids: Sequence[str], wanted: Sequence[str]) -> NDArray[np.int64]:
    place = {name: n for n, name in enumerate(ids)}
    return np.array([place.get(name, -1) for name in wanted], np.int64)


def _place(ids: Sequence[str], wanted: str) -> int | None:
    place = bisect_left(ids, wanted)
    return place if place < len(ids) and ids[place] == wanted else None
