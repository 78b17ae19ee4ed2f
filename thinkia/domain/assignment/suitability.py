"""How well a juror suits a submission, from what each says of itself.

Topics: the share of the submission's topics that the juror knows. Bids: what a juror
would like to read, as ranks among his or her own, so that bidding high on everything
gains nothing. Languages: a juror who does not read the submission's has an affinity of 0.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from thinkia.domain.assignment.affinities import FULL_AFFINITY, AffinityTable

Shares = NDArray[np.float64]


def affinity(
    topics: tuple[Mapping[str, Collection[str]], Mapping[str, Collection[str]]],
    bids: Mapping[str, Mapping[str, float]] | None = None,
    languages: tuple[Mapping[str, str], Mapping[str, Collection[str]]] | None = None,
) -> AffinityTable:
    """The affinities of all pairs; ``topics`` of every submission and of every juror give the ids.

    ``bids`` are by juror, then submission; the higher the number, the gladder. Half of the
    affinity comes from topics and half from bids where the juror has bid, all of it from
    topics where not. ``languages`` are one for each submission (none: any) and several for
    each juror (none: any).
    """
    submissions, jurors = sorted(topics[0]), sorted(topics[1])
    shares = _shared_topics([topics[0][s] for s in submissions], [topics[1][j] for j in jurors])
    for j, juror in enumerate(jurors):
        mine = (bids or {}).get(juror, {})
        if any(submission in topics[0] for submission in mine):
            shares[:, j] = (shares[:, j] + _ranks([mine.get(s) for s in submissions])) / 2
    if languages is not None:
        shares[_foreign(languages, submissions, jurors)] = 0
    weights = np.rint(shares * FULL_AFFINITY).astype(np.int16)
    return AffinityTable(submissions, jurors, weights)


def _shared_topics(wanted: Sequence[Collection[str]], known: Sequence[Collection[str]]) -> Shares:
    """The share of each row's topics that each column knows; 0 where a row has none."""
    names = sorted({topic.casefold() for topics in wanted for topic in topics})
    place = {name: n for n, name in enumerate(names)}
    rows, columns = _marked(wanted, place), _marked(known, place)
    shares: Shares = (rows @ columns.T) / np.maximum(1, rows.sum(axis=1, keepdims=True))
    return shares.astype(np.float64)


def _marked(lists: Sequence[Collection[str]], place: Mapping[str, int]) -> NDArray[np.float32]:
    marks = np.zeros((len(lists), len(place)), np.float32)
    for row, topics in enumerate(lists):
        marks[row, [place[t] for t in {topic.casefold() for topic in topics} if t in place]] = 1
    return marks


def _ranks(bids: Sequence[float | None]) -> Shares:
    """Each bid's place among one juror's, from 0 to 1; equal ones, and those not made, share the middle.

    Whatever is bid, the ranks of one juror add up to half the number of submissions. A
    submission without a bid counts as one in the middle of those made.
    """
    made = [bid for bid in bids if bid is not None]
    middle = (min(made) + max(made)) / 2 if len(set(made)) > 1 else None
    values = np.array([_or(bid, middle, made) for bid in bids])
    ordered = np.sort(values)
    below, upto = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    ranks: Shares = (below + upto) / (2 * len(values))
    return ranks


def _or(bid: float | None, middle: float | None, made: Sequence[float]) -> float:
    """A bid, or what stands for none: the middle; below the only level that somebody bids at."""
    if bid is not None:
        return float(bid)
    return float(middle) if middle is not None else float(made[0]) - 1


def _foreign(
    languages: tuple[Mapping[str, str], Mapping[str, Collection[str]]],
    submissions: Sequence[str],
    jurors: Sequence[str],
) -> NDArray[np.bool_]:
    written = np.array([languages[0].get(s, "").casefold() for s in submissions])
    table = np.zeros((len(submissions), len(jurors)), bool)
    for j, juror in enumerate(jurors):
        read = [language.casefold() for language in languages[1].get(juror, ())]
        table[:, j] = bool(read) & (written != "") & ~np.isin(written, read)
    return table
