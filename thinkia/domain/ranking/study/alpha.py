"""Krippendorff's α: how far jurors agree, beyond what chance would give.

1 is full agreement, 0 is chance, below 0 is worse. Any number of jurors, any gaps: what only one juror
marked says nothing and is left out (Krippendorff, *Computing Krippendorff's Alpha-Reliability*, 2011).
"""

from enum import StrEnum

import numpy as np

from thinkia.domain.ranking.study.scores import Floats, Ints

AT_ONCE = 2_000_000  # pairs of values


class Measurement(StrEnum):
    """What the difference of two marks means."""

    NOMINAL = "nominal"  # other or the same
    ORDINAL = "ordinal"  # how many marks lie between
    INTERVAL = "interval"  # its square
    RATIO = "ratio"  # its square, to the sum


def alphas(row: Ints, value: Floats) -> dict[Measurement, float | None]:
    """α for each measurement, from marks and the number of what each is about.

    Nothing where all marks are alike, since there is nothing to agree on; and for ratios of marks below 0.
    """
    sizes = np.bincount(row)
    kept = sizes[row] > 1
    row, value = row[kept], value[kept]
    return {measurement: _alpha(row, value, measurement) for measurement in Measurement}


def _alpha(row: Ints, value: Floats, measurement: Measurement) -> float | None:
    if len(value) == 0 or (measurement is Measurement.RATIO and value.min() < 0):
        return None
    if measurement is Measurement.ORDINAL:
        value = _mid_ranks(value)
    values, place = np.unique(value, return_inverse=True)
    counts = np.bincount(place)
    expected = _disagreement(values, counts, measurement) / (len(value) - 1)
    if expected == 0:
        return None
    return float(1 - _observed(row, value, measurement) / expected)


def _observed(row: Ints, value: Floats, measurement: Measurement) -> float:
    """The disagreement inside each unit, each pair of marks weighing 1 / (marks of the unit − 1).

    Units of one size stand in one table, in which each column is set beside each other one.
    """
    order = np.argsort(row, kind="stable")
    sizes = np.bincount(row)
    total = 0.0
    for size in np.unique(sizes[sizes > 1]):
        table = value[order][sizes[row[order]] == size].reshape(-1, size)
        for step in range(1, size):
            total += float(_difference(table, np.roll(table, step, axis=1), measurement).sum()) / (size - 1)
    return total


def _disagreement(values: Floats, counts: Ints, measurement: Measurement) -> float:
    """Over all pairs of marks, in blocks."""
    block = max(1, AT_ONCE // len(values))
    total = 0.0
    for start in range(0, len(values), block):
        some = slice(start, start + block)
        apart = _difference(values[some, None], values, measurement)
        total += float(counts[some] @ apart @ counts)
    return total


def _difference(a: Floats, b: Floats, measurement: Measurement) -> Floats:
    if measurement is Measurement.NOMINAL:
        other: Floats = (a != b).astype(np.float64)
        return other
    difference: Floats = (a - b) ** 2
    if measurement is Measurement.RATIO:
        np.divide(difference, (a + b) ** 2, out=difference, where=difference != 0)
    return difference


def _mid_ranks(value: Floats) -> Floats:
    """The ordinal difference of two values is the interval between the middles of their ranks."""
    _, place, counts = np.unique(value, return_inverse=True, return_counts=True)
    middles: Floats = np.cumsum(counts) - counts / 2
    return middles[place]
