"""What it takes to be inside: one of the first places, the cut-off reached, or both."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from thinkia.domain.ranking.study.scores import Bools, Floats


@dataclass(frozen=True, slots=True)
class Cut:
    places: int | None = None
    score: float | None = None

    def holds(self, places: NDArray[np.integer], score: Floats) -> Bools:
        """Which of the submissions with these places and scores are inside; place 0 is none."""
        found = places > 0
        if self.places is not None:
            found = found & (places <= self.places)
        return found & (score >= self.score) if self.score is not None else found
