"""Whether the panel's marks would come out alike with other jurors.

Where every juror reviewed every submission: the six intraclass correlations of Shrout and Fleiss (1979).
In any design: the shares of the variances that the model found.
"""

from dataclasses import dataclass

from thinkia.domain.ranking.study.model import Variances
from thinkia.domain.ranking.study.scores import Scores


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """Of submissions, within them, of jurors, and what is left."""

    between: float
    within: float
    jurors: float
    error: float


@dataclass(frozen=True, slots=True)
class Intraclass:
    """``one`` of the form: submissions with jurors of their own (1), jurors drawn from many (2), these
    jurors and no others (3); for a single juror's mark and for the mean of all ``k`` jurors.
    """

    squares: MeanSquares
    single: tuple[float | None, float | None, float | None]
    mean: tuple[float | None, float | None, float | None]
    k: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """The share of what tells submissions apart in the variance of one mark, of a submission's mean, and
    of its mean once severity is taken out.
    """

    reviews: float  # a submission, as the harmonic mean
    single: float
    mean: float
    adjusted: float


def intraclass(scores: Scores) -> Intraclass | None:
    """The six correlations, or nothing where somebody did not review everything or was alone."""
    n, k = len(scores.submissions), len(scores.jurors)
    if not scores.is_complete or n == 1 or k == 1:
        return None
    squares = _mean_squares(scores)
    b, w, j, e = squares.between, squares.within, squares.jurors, squares.error
    return Intraclass(
        squares=squares,
        single=(
            _ratio(b - w, b + (k - 1) * w),
            _ratio(b - e, b + (k - 1) * e + k * (j - e) / n),
            _ratio(b - e, b + (k - 1) * e),
        ),
        mean=(_ratio(b - w, b), _ratio(b - e, b + (j - e) / n), _ratio(b - e, b)),
        k=k,
    )


def reliability(scores: Scores, variances: Variances) -> Reliability | None:
    """From the model's variances; nothing where marks do not vary at all."""
    if variances.total == 0:
        return None
    reviews = float(len(scores.submissions) / (1 / scores.panel_sizes).sum())
    quality, severity, noise = variances.quality, variances.severity, variances.noise

    def share(rest: float) -> float:
        return quality / (quality + rest) if quality + rest else 0.0

    return Reliability(
        reviews=reviews,
        single=share(severity + noise),
        mean=share((severity + noise) / reviews),
        adjusted=share(noise / reviews),
    )


def _mean_squares(scores: Scores) -> MeanSquares:
    table = scores.matrix()
    n, k = table.shape
    grand, rows, columns = table.mean(), table.mean(axis=1), table.mean(axis=0)
    between = k * float(((rows - grand) ** 2).sum())
    jurors = n * float(((columns - grand) ** 2).sum())
    within = float(((table - rows[:, None]) ** 2).sum())
    return MeanSquares(
        between=between / (n - 1),
        within=within / (n * (k - 1)),
        jurors=jurors / (k - 1),
        error=(within - jurors) / ((n - 1) * (k - 1)),
    )


def _ratio(above: float, below: float) -> float | None:
    return above / below if below else None
