"""How strict each juror is: a mixed model, solved once.

A score is ``q + b + e``: the submission's own level, the juror's severity and noise. Severities and noise
are drawn around 0. Their variances come from moments (Henderson's third method): what is left when both
submissions and jurors are fitted, and by how much each of the two lowers it after the other. One review a
juror and submission makes the traces whole numbers, so that one least-squares fit is all that they take.

Then one solve of the mixed-model equations, submissions absorbed, jurors × jurors. A submission's level is
left free there: severity is read from the submissions that jurors share and from nothing else. A juror who
was given the weaker half of a call is not taken for a strict one. Severities are drawn towards 0, more so
with fewer reviews, and add up to 0 in each part. Qualities are drawn towards the level of their part only
when uncertainty is told (``posterior``).

This is the study's model, in floating point. What is official is computed by
``thinkia.domain.ranking.severity``, the same model in decimals of its own.
"""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np

from thinkia.domain.ranking.study.scores import Floats, Ints, Scores

AT_ONCE = 1_000_000  # pairs of reviews of one submission
NOTHING = 1e-10  # a variance below this share of all is rounding


@dataclass(frozen=True, slots=True)
class Variances:
    """Of quality, of severity and of noise, in squared points."""

    quality: float
    severity: float
    noise: float

    @property
    def total(self) -> float:
        return self.quality + self.severity + self.noise


@dataclass(frozen=True)
class Estimates:
    """A severity is what a juror adds to a mark: below 0 is stricter than the others of the part.

    ``adjusted`` is the mean of a submission's scores less their jurors' severities, ``quality`` the same
    drawn towards the level of its part: ``trust`` says how much of the distance stays.
    """

    scores: Scores
    variances: Variances
    equations: Floats | None = field(repr=False)  # of the severities; none where no severity is seen
    severities: Floats
    fair: Floats  # each score less its juror's severity
    adjusted: Floats
    level: Floats  # of each submission's part
    trust: Floats
    quality: Floats

    @cached_property
    def spread(self) -> Floats:
        """The covariance of the severities: many times the work of the severities themselves."""
        jurors = len(self.severities)
        if self.equations is None:
            return np.zeros((jurors, jurors))
        ratio = _ratio(self.variances)
        apart: Floats = np.linalg.inv(self.equations) - _together(self.scores) / (1 + ratio)
        return ratio * self.variances.severity * apart

    @property
    def severity_errors(self) -> Floats:
        return np.sqrt(np.maximum(np.diag(self.spread), 0.0))

    @property
    def residuals(self) -> Floats:
        """Of each review: what neither the submission nor the juror explains."""
        return self.fair - self.adjusted[self.scores.row]


def degrees_of_freedom(scores: Scores) -> int:
    """How many reviews are left to judge noise by; without any, severity cannot be told from chance."""
    return len(scores.value) - len(scores.submissions) - len(scores.jurors) + scores.parts


def estimate(scores: Scores) -> Estimates | None:
    """The model's estimates, or nothing where reviews do not suffice for them."""
    if degrees_of_freedom(scores) < 1:
        return None
    links = _links(scores)
    return _solved(scores, links, _variances(scores, links))


def variances_of(scores: Scores) -> Variances:
    """Henderson III; what would fall below 0 is 0. At least one degree of freedom is needed."""
    return _variances(scores, _links(scores))


def estimate_with(scores: Scores, variances: Variances) -> Estimates:
    """The mixed-model equations for given variances."""
    return _solved(scores, _links(scores), variances)


def _variances(scores: Scores, links: Floats) -> Variances:
    number, parts = len(scores.value), scores.parts
    submissions, jurors = len(scores.submissions), len(scores.jurors)
    within_submissions = _centred(scores.value, scores.row)
    within_jurors = _centred(scores.value, scores.column)
    fitted = np.linalg.solve(links, scores.per_juror(within_submissions))
    residuals = _centred(scores.value - fitted[scores.column], scores.row)
    left = float(residuals @ residuals)
    by_jurors = float(within_submissions @ within_submissions) - left
    by_submissions = float(within_jurors @ within_jurors) - left
    noise = left / degrees_of_freedom(scores)
    return Variances(
        quality=max(0.0, (by_submissions - (submissions - parts) * noise) / (number - jurors)),
        severity=max(0.0, (by_jurors - (jurors - parts) * noise) / (number - submissions)),
        noise=noise,
    )


def _solved(scores: Scores, links: Floats, variances: Variances) -> Estimates:
    """Where no severity is seen all are 0, and certain."""
    severities: Floats = np.zeros(len(scores.jurors))
    equations: Floats | None = None
    if variances.severity > NOTHING * variances.total:
        equations = links + np.eye(len(links)) * _ratio(variances)
        right = scores.per_juror(_centred(scores.value, scores.row))
        severities = np.linalg.solve(equations, right).astype(np.float64)
    fair = scores.value - severities[scores.column]
    adjusted = scores.per_submission(fair) / scores.panel_sizes
    weight = variances.quality + variances.noise / scores.panel_sizes
    trust = np.divide(variances.quality, weight, out=np.zeros(len(weight)), where=weight > 0)
    each = np.divide(1.0, weight, out=np.ones(len(weight)), where=weight > 0)
    level = (np.bincount(scores.part, each * adjusted) / np.bincount(scores.part, each))[scores.part]
    return Estimates(
        scores=scores,
        variances=variances,
        equations=equations,
        severities=severities,
        fair=fair,
        adjusted=adjusted,
        level=level,
        trust=trust,
        quality=level + trust * (adjusted - level),
    )


def _ratio(variances: Variances) -> float:
    """Of noise to severity: by how much severities are drawn towards 0."""
    return max(variances.noise, NOTHING * variances.total) / variances.severity


def _links(scores: Scores) -> Floats:
    """Jurors × jurors, what shared submissions say of the differences between them. They say nothing of a
    part's mean: it is tied to 0 with weight 1, which moves no solution and makes all of them unique.
    """
    differences = _together(scores) - shared(scores, 1.0 / scores.panel_sizes)
    differences[np.diag_indices(len(differences))] += scores.workloads
    return differences


def _together(scores: Scores) -> Floats:
    """Jurors × jurors, the mean over a part."""
    same = scores.juror_part[:, None] == scores.juror_part
    mean: Floats = same * (1.0 / np.bincount(scores.juror_part))[scores.juror_part]
    return mean


def shared(scores: Scores, weight: Floats) -> Floats:
    """Jurors × jurors: the weights of the submissions that both reviewed, added up."""
    jurors, sizes = len(scores.jurors), scores.panel_sizes
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])[scores.row]
    partners = sizes[scores.row]
    table = np.zeros(jurors * jurors)
    for some in _blocks(partners):
        mine = np.repeat(np.arange(some.start, some.stop), partners[some])
        step = np.arange(len(mine)) - np.repeat(np.cumsum(partners[some]) - partners[some], partners[some])
        theirs = first[mine] + step
        pairs = scores.column[mine] * jurors + scores.column[theirs]
        table += np.bincount(pairs, weight[scores.row[mine]], minlength=jurors * jurors)
    return table.reshape(jurors, jurors)


def _blocks(partners: Ints) -> list[slice]:
    """Reviews in blocks of about ``AT_ONCE`` pairs."""
    numbers = np.cumsum(partners) // AT_ONCE
    starts = np.concatenate([[0], np.flatnonzero(np.diff(numbers)) + 1, [len(partners)]])
    return [slice(a, b) for a, b in pairwise(starts.tolist()) if b > a]


def _centred(values: Floats, group: Ints) -> Floats:
    """Values less the mean of their group."""
    means = np.bincount(group, values) / np.maximum(np.bincount(group), 1)
    return values - means[group]
