"""Panels made up by chance, and reviews in a few words."""

import numpy as np

from thinkia.domain.ranking.study.scores import Review, scores_of

SECTORS = ("public", "academia", "private", "civil_society", "cooperation")


def review(submission, juror, score, sector="public"):
    return Review(submission, juror, sector, float(score))


def reviews_of(table, sector="public"):
    """A row a submission, a column a juror; ``None`` where there is no review."""
    return [
        review(f"s{row}", f"j{column}", score, sector)
        for row, line in enumerate(table)
        for column, score in enumerate(line)
        if score is not None
    ]


def table_scores(table):
    return scores_of(reviews_of(table))


def drawn(chance, submissions=12, jurors=6, size=3, severity=6.0, noise=5.0):
    """Every juror reads about as much; whole points."""
    quality = chance.normal(60, 10, submissions)
    adds = chance.normal(0, severity, jurors)
    found = []
    for row in range(submissions):
        for column in {(row + step * (1 + row // jurors % 2)) % jurors for step in range(size)}:
            mark = round(quality[row] + adds[column] + chance.normal(0, noise))
            found.append(review(f"s{row:03}", f"j{column:02}", mark, SECTORS[column % len(SECTORS)]))
    return found


def generator(seed=1):
    return np.random.default_rng(seed)
