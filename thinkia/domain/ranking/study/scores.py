"""Reviews as columns of numbers, and how far shared jurors link them.

Rows are sorted by submission and juror, so that nothing depends on the order in which they came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from thinkia.domain.ranking.connection import parts_of, places_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Review:
    """What one juror's complete review of one submission is worth. ``alike``: one mark on all criteria.
    ``finished_at``: when it was finished, where that is known.
    """

    submission: str
    juror: str
    sector: str
    score: float
    alike: bool = False
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """``row`` and ``column`` number the submission and the juror of each score ``value``, ``seat`` the sector
    that the juror sat for. A submission and a juror are of one part when shared reviews link them.
    ``finished``: seconds of the epoch, not a number where nobody knows.
    """

    submissions: tuple[str, ...]
    jurors: tuple[str, ...]
    sectors: tuple[str, ...]
    seat: Ints
    row: Ints
    column: Ints
    value: Floats
    alike: Bools
    finished: Floats
    part: Ints  # of each submission, from 0
    juror_part: Ints

    @property
    def parts(self) -> int:
        return int(self.part.max()) + 1

    @property
    def panel_sizes(self) -> Ints:
        """How many reviews each submission has."""
        return np.bincount(self.row, minlength=len(self.submissions))

    @property
    def workloads(self) -> Ints:
        """How many reviews each juror made."""
        return np.bincount(self.column, minlength=len(self.jurors))

    @property
    def is_complete(self) -> bool:
        """Whether every juror reviewed every submission."""
        return len(self.value) == len(self.submissions) * len(self.jurors)

    def per_submission(self, values: Floats) -> Floats:
        """The sum of a value a review, for each submission."""
        sums: Floats = np.bincount(self.row, values, minlength=len(self.submissions)).astype(np.float64)
        return sums

    def per_juror(self, values: Floats) -> Floats:
        """The same for each juror."""
        sums: Floats = np.bincount(self.column, values, minlength=len(self.jurors)).astype(np.float64)
        return sums

    def matrix(self) -> Floats:
        """Submissions × jurors; not a number where there is no review."""
        table = np.full((len(self.submissions), len(self.jurors)), np.nan)
        table[self.row, self.column] = self.value
        return table


def scores_of(reviews: Iterable[Review]) -> Scores:
    """Reviews, one at most by each juror on each submission, as columns."""
    rows = sorted(reviews, key=lambda review: (review.submission, review.juror))
    submissions = tuple(sorted({review.submission for review in rows}))
    jurors = tuple(sorted({review.juror for review in rows}))
    sectors = tuple(sorted({review.sector for review in rows}))
    number = {code: n for n, code in enumerate(submissions)}
    place = {code: n for n, code in enumerate(jurors)}
    row = np.array([number[review.submission] for review in rows], np.int64)
    column = np.array([place[review.juror] for review in rows], np.int64)
    part, juror_part = places_of(parts_of((review.submission, review.juror) for review in rows))
    return Scores(
        submissions=submissions,
        jurors=jurors,
        sectors=sectors,
        seat=np.array([sectors.index(review.sector) for review in rows], np.int64),
        row=row,
        column=column,
        value=np.array([review.score for review in rows], np.float64),
        alike=np.array([review.alike for review in rows], np.bool_),
        finished=np.array([_seconds(review.finished_at) for review in rows], np.float64),
        part=np.array([part[code] for code in submissions], np.int64),
        juror_part=np.array([juror_part[code] for code in jurors], np.int64),
    )


def _seconds(moment: datetime | None) -> float:
    return float("nan") if moment is None else moment.timestamp()
