"""Affinities and marked pairs as tables of whole numbers: a row a submission, a column a juror."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from thinkia.domain.assignment.affinities import AffinityTable, weight

Weights = NDArray[np.int16]


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
