"""Published examples, to all the figures that were published."""

import numpy as np
import pytest

from tests.domain.ranking.study.panels import review, table_scores
from thinkia.domain.ranking.study.alpha import Measurement, alphas
from thinkia.domain.ranking.study.model import variances_of
from thinkia.domain.ranking.study.reliability import intraclass
from thinkia.domain.ranking.study.scores import scores_of

# Shrout and Fleiss 1979, table 2: six targets, four judges.
JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): four observers, twelve units.
OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
TWO_BINARY = """
0 1 0 0 0 0 0 0 1 0
1 1 1 0 0 1 0 0 0 0
"""
TWO_NOMINAL = """
1 1 2 2 4 3 3 3 5 4 4 1
2 1 2 2 2 3 3 3 5 4 4 4
"""

# Davies and Goldsmith 1972: penicillin assays, 24 plates with 6 samples each. By REML (lme4, MixedModels.jl)
# the standard deviations are .8467, 1.9316 and .5499.
PLATES = """
27 23 26 23 23 21  27 23 26 23 23 21  25 21 25 24 24 20  26 23 25 23 23 20
25 22 26 22 23 20  24 22 25 23 22 19  24 20 23 21 22 19  26 22 26 24 24 21
24 21 24 22 22 20  24 21 24 23 22 19  26 23 26 24 24 21  25 22 26 24 24 20
26 24 26 24 25 22  26 23 26 23 23 20  26 23 25 24 24 22  25 22 25 23 23 20
25 21 24 23 23 20  25 22 24 23 23 19  24 21 23 21 21 19  26 23 26 24 24 21
25 21 24 22 22 18  25 22 25 22 22 20  24 21 24 22 24 19  24 21 24 22 21 18
"""


def alpha_of(table, measurement):
    cells = [
        (unit, float(mark))
        for line in table.split("\n")
        for unit, mark in enumerate(line.split())
        if mark != "."
    ]
    units, marks = zip(*cells, strict=True)
    return alphas(np.array(units), np.array(marks))[measurement]


@pytest.mark.parametrize(
    ("measurement", "alpha"),
    [
        (Measurement.NOMINAL, 0.743),
        (Measurement.ORDINAL, 0.815),
        (Measurement.INTERVAL, 0.849),
        (Measurement.RATIO, 0.797),
    ],
)
def test_krippendorff_s_four_observers(measurement, alpha):
    assert round(alpha_of(OBSERVERS, measurement), 3) == alpha


def test_krippendorff_s_two_observers():
    assert round(alpha_of(TWO_BINARY, Measurement.NOMINAL), 3) == 0.095
    assert round(alpha_of(TWO_NOMINAL, Measurement.NOMINAL), 3) == 0.692


def test_shrout_and_fleiss_s_mean_squares():
    found = intraclass(table_scores(JUDGES)).squares
    squares = (found.between, found.within, found.jurors, found.error)
    assert [round(one, 2) for one in squares] == [11.24, 6.26, 32.49, 1.02]


def test_shrout_and_fleiss_s_six_correlations():
    found = intraclass(table_scores(JUDGES))
    assert [round(one, 2) for one in found.single] == [0.17, 0.29, 0.71]
    assert [round(one, 2) for one in found.mean] == [0.44, 0.62, 0.91]


def test_the_variances_of_the_penicillin_assays_are_those_of_reml():
    marks = PLATES.split()
    scores = scores_of(review(f"p{n // 6:02}", f"s{n % 6}", mark) for n, mark in enumerate(marks))
    found = variances_of(scores)
    deviations = [one**0.5 for one in (found.quality, found.severity, found.noise)]
    assert deviations == pytest.approx([0.846706, 1.931556, 0.549923], abs=5e-6)
