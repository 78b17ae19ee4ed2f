"""What the chair may want to know of each juror. It decides nothing."""

from dataclasses import dataclass

import numpy as np

from thinkia.domain.ranking.study.model import Estimates
from thinkia.domain.ranking.study.scores import Bools, Floats, Ints, Scores

FAR = 3  # standard deviations
FEW = 3  # reviews, below which nothing is said of how somebody marks


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``spread``: how widely the juror's scores lie, to the usual juror's. ``consistency``: the correlation
    with what the others made of the same submissions. ``noise``: what severity and submission do not
    explain, to that of all jurors; ``far``: the submissions where it is beyond ``FAR`` times as much.
    ``alike``: reviews with one mark on every criterion; ``same_score``: every review ended in one score.
    ``drift``: points by which the later half of the reviews came out above the earlier one, submission and
    severity taken out; only where it is known when each was finished.
    """

    juror: str
    sectors: tuple[str, ...]
    reviews: int
    mean: float
    severity: float | None
    severity_error: float | None
    spread: float | None
    consistency: float | None
    noise: float | None
    far: tuple[str, ...]
    alike: int
    same_score: bool
    drift: float | None = None
    drift_error: float | None = None


@dataclass(frozen=True, slots=True)
class SectorLeaning:
    """The mean severity of those who sat for a sector."""

    sector: str
    jurors: int
    severity: float
    severity_error: float


def diagnoses(scores: Scores, estimates: Estimates | None) -> tuple[Diagnosis, ...]:
    """One for each juror, by code."""
    by_juror: list[Ints] = np.split(
        np.argsort(scores.column, kind="stable"), np.cumsum(scores.workloads)[:-1]
    )
    spreads = np.array([scores.value[mine].std() for mine in by_juror if len(mine) >= FEW])
    beside = _Beside(
        others=_others(scores, estimates),
        errors=None if estimates is None else estimates.severity_errors,
        usual_spread=float(np.sqrt((spreads**2).mean())) if len(spreads) else 0.0,
    )
    return tuple(_diagnosis(scores, estimates, beside, mine) for mine in by_juror)


def leanings(estimates: Estimates) -> tuple[SectorLeaning, ...]:
    """One for each sector, by code."""
    found = []
    for number, sector in enumerate(estimates.scores.sectors):
        mine = np.unique(estimates.scores.column[estimates.scores.seat == number])
        error = np.sqrt(max(0.0, float(estimates.spread[np.ix_(mine, mine)].sum()))) / len(mine)
        severity = float(estimates.severities[mine].mean())
        found.append(SectorLeaning(sector, len(mine), severity, float(error)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What each juror is set beside."""

    others: Floats  # of each review: the mean of the others on that submission
    errors: Floats | None  # of severities
    usual_spread: float


def _diagnosis(scores: Scores, estimates: Estimates | None, beside: _Beside, mine: Ints) -> Diagnosis:
    number, values = int(scores.column[mine[0]]), scores.value[mine]
    enough = len(mine) >= FEW
    noise, far = _noise(estimates, mine)
    drift, drift_error = _drift(scores, estimates, mine)
    return Diagnosis(
        juror=scores.jurors[number],
        sectors=tuple(scores.sectors[seat] for seat in np.unique(scores.seat[mine])),
        reviews=len(mine),
        mean=float(values.mean()),
        severity=None if estimates is None else float(estimates.severities[number]),
        severity_error=None if beside.errors is None else float(beside.errors[number]),
        spread=float(values.std() / beside.usual_spread) if enough and beside.usual_spread else None,
        consistency=_correlation(beside.others[mine], values),
        noise=noise if enough else None,
        far=tuple(scores.submissions[row] for row in scores.row[mine][far]),
        alike=int(scores.alike[mine].sum()),
        same_score=enough and float(np.ptp(values)) == 0,
        drift=drift,
        drift_error=drift_error,
    )


def _noise(estimates: Estimates | None, mine: Ints) -> tuple[float | None, Bools]:
    """What is left of a juror's scores, to what is left of all, and where it is far beyond that."""
    if estimates is None or estimates.variances.noise == 0:
        return None, np.zeros(len(mine), bool)
    usual = np.sqrt(estimates.variances.noise)
    left = estimates.residuals[mine]
    return float(np.sqrt((left**2).mean()) / usual), np.abs(left) > FAR * usual


def _drift(scores: Scores, estimates: Estimates | None, mine: Ints) -> tuple[float | None, float | None]:
    """The later half of a juror's reviews less the earlier one, and the standard error of that difference.

    Nothing from few reviews, nor where the halves were finished at one time, as those of one sheet are. Of an
    odd number the middle one is in neither half.
    """
    half, moments = len(mine) // 2, scores.finished[mine]
    if estimates is None or half < FEW or bool(np.isnan(moments).any()):
        return None, None
    in_time = np.argsort(moments, kind="stable")
    early, late = in_time[:half], in_time[-half:]
    if moments[early[-1]] >= moments[late[0]]:
        return None, None
    left = estimates.residuals[mine]
    error = np.sqrt(2 * estimates.variances.noise / half)
    return float(left[late].mean() - left[early].mean()), float(error)


def _others(scores: Scores, estimates: Estimates | None) -> Floats:
    """For each review, what the other jurors made of that submission, severity taken out where known."""
    fair = scores.value if estimates is None else estimates.fair
    rest = scores.panel_sizes[scores.row] - 1
    sums = scores.per_submission(fair)[scores.row] - fair
    others = np.full(len(fair), np.nan)
    np.divide(sums, rest, out=others, where=rest > 0)
    return others


def _correlation(beside: Floats, values: Floats) -> float | None:
    """Nothing from few scores, nor from equal ones."""
    known = ~np.isnan(beside)
    x, y = beside[known], values[known]
    if len(x) < FEW or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    return float(np.corrcoef(x, y)[0, 1])
