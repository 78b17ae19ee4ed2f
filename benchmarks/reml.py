"""Variances by EM-REML, to set Henderson's beside: qualities and severities random, one level for all.

Each step solves the mixed-model equations, submissions absorbed, and needs the inverse; it ends when no
variance changes by more than a millionth of itself.
"""

from dataclasses import dataclass

import numpy as np

from thinkia.domain.ranking.study.model import Variances, shared
from thinkia.domain.ranking.study.scores import Floats, Scores

CLOSE, MOST = 1e-6, 1_000


@dataclass(frozen=True, slots=True)
class Reml:
    variances: Variances
    steps: int


def em_reml(scores: Scores) -> Reml:
    """From a third of the variance each."""
    third = float(scores.value.var()) / 3
    variances = Variances(third, third, third)
    for step in range(1, MOST + 1):
        before, variances = variances, _next(scores, variances)
        pairs = zip(_each(before), _each(variances), strict=True)
        if all(abs(new - old) <= CLOSE * old for old, new in pairs):
            return Reml(variances, step)
    raise ArithmeticError(f"no end after {MOST} steps")


def _each(variances: Variances) -> tuple[float, float, float]:
    return variances.quality, variances.severity, variances.noise


@dataclass(frozen=True, slots=True)
class Effects:
    """The best guesses where qualities are random too, with what their errors need."""

    level: float
    severities: Floats
    quality: Floats
    own: Floats  # of each submission, its inverse
    inverse: Floats


def effects(scores: Scores, now: Variances) -> Effects:
    own = 1.0 / (scores.panel_sizes + now.noise / now.quality)
    left = (1.0 - own * scores.panel_sizes)[scores.row]
    jurors = len(scores.jurors)
    matrix = np.empty((jurors + 1, jurors + 1))  # the level, then jurors
    matrix[0, 0] = left.sum()
    matrix[0, 1:] = matrix[1:, 0] = scores.per_juror(left)
    matrix[1:, 1:] = np.diag(scores.workloads + now.noise / now.severity) - shared(scores, own)
    away = scores.value - (own * scores.per_submission(scores.value))[scores.row]
    inverse = np.linalg.inv(matrix)
    solution = inverse @ np.concatenate([[away.sum()], scores.per_juror(away)])
    level, severities = float(solution[0]), solution[1:]
    quality = own * scores.per_submission(scores.value - level - severities[scores.column])
    return Effects(level, severities, quality, own, inverse)


def _next(scores: Scores, now: Variances) -> Variances:
    """One step: effects and their errors for these variances, and the variances that those suggest."""
    found = effects(scores, now)
    trace = float((found.own + found.own**2 * _spread(scores, found.inverse)).sum())
    explained = found.level * scores.value.sum() + found.severities @ scores.per_juror(scores.value)
    explained += found.quality @ scores.per_submission(scores.value)
    errors = now.noise * np.trace(found.inverse[1:, 1:])
    return Variances(
        quality=float(found.quality @ found.quality + now.noise * trace) / len(scores.submissions),
        severity=float(found.severities @ found.severities + errors) / len(scores.jurors),
        noise=float(scores.value @ scores.value - explained) / (len(scores.value) - 1),
    )


def _spread(scores: Scores, inverse: Floats) -> Floats:
    """For each submission: the sum of the inverse over the level and its jurors, all pairs."""
    sizes = scores.panel_sizes
    single = scores.per_submission(inverse[0, 1:][scores.column])
    total = sizes**2 * inverse[0, 0] + 2 * sizes * single
    for size in np.unique(sizes):
        mine = np.flatnonzero(sizes == size)
        panel = scores.column[sizes[scores.row] == size].reshape(-1, size)
        for juror in range(size):
            inner = inverse[1:, 1:][panel[:, juror, None], panel]
            total[mine] += inner.sum(axis=1)
    return total
