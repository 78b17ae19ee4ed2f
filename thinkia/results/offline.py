"""The ranking of marks given elsewhere: files in, an order out. No database, no secret, no clock."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from thinkia.domain.bases import RankingRules
from thinkia.domain.ranking.findings import CannotRankError, Fault, FaultKind, Note, Table
from thinkia.domain.ranking.order import Ranking, rank
from thinkia.domain.ranking.table import Incomplete, ReadBallots, read_ballots
from thinkia.domain.ranking.ties import TieFacts
from thinkia.results.marks_file import (
    MetricsFile,
    ScoresFile,
    SubmissionsFile,
    read_metrics,
    read_scores,
    read_submissions,
)

NO_SUBMISSIONS = SubmissionsFile({}, {}, (), ())
NO_METRICS = MetricsFile({}, {}, (), ())
FOLLOWS_FROM_OTHERS = {FaultKind.INCOMPLETE_REVIEW, FaultKind.NO_REVIEW_LEFT}


@dataclass(frozen=True, slots=True)
class OfflineRanking:
    ranking: Ranking
    notes: tuple[Note, ...]


def rank_files(
    rules: RankingRules,
    scores: bytes,
    submissions: bytes | None = None,
    metrics: bytes | None = None,
    *,
    incomplete: Incomplete = Incomplete.REFUSE,
    sector_per_panel: bool = False,
    seed: str | None = None,
) -> OfflineRanking:
    """The order of the submissions in SCORES, or ``CannotRankError`` with all faults of all tables.

    SUBMISSIONS and METRICS may name only some of them, but none that has no marks: it would be missing from
    the ranking. A chair's key is skipped, and a note says where.
    """
    marks = read_scores(scores, groups=bool(rules.method.evaluators))
    entries = NO_SUBMISSIONS if submissions is None else read_submissions(submissions)
    faults: list[Fault] = []
    read = ballots_of(marks, rules, incomplete, faults, sector_per_panel=sector_per_panel)
    measured = NO_METRICS if metrics is None else read_metrics(metrics)
    faults += (*entries.faults, *measured.faults)
    if not marks.faults:
        marked = {row.submission for row in marks.rows}
        faults += without_marks(Table.SUBMISSIONS, entries.rows, marked)
        faults += without_marks(Table.METRICS, measured.rows, marked)
    if faults:
        raise CannotRankError(faults)
    facts = TieFacts(entries.submitted_at, seed=seed, metrics=measured.values)
    ranking = rank(rules, read.ballots, facts=facts)
    return OfflineRanking(
        ranking, (*marks.notes, *entries.notes, *measured.notes, *read.notes, *ranking.notes)
    )


def ballots_of(
    marks: ScoresFile,
    rules: RankingRules,
    incomplete: Incomplete,
    faults: list[Fault],
    *,
    sector_per_panel: bool = False,
) -> ReadBallots:
    """The ballots of SCORES; what is wrong with the file and its marks goes to ``faults``, by row. Where
    a row could not be read, gaps are not reported: they may come from that row.
    """
    found = list(marks.faults)
    read = ReadBallots((), ())
    try:
        read = read_ballots(marks.rows, rules, incomplete=incomplete, sector_per_panel=sector_per_panel)
    except CannotRankError as error:
        found += [one for one in error.faults if not (marks.faults and one.kind in FOLLOWS_FROM_OTHERS)]
    faults += sorted(found, key=lambda fault: fault.row or 0)
    return read


def without_marks(table: Table, rows: Mapping[str, int], marked: AbstractSet[str]) -> list[Fault]:
    """A fault for each submission that a table names and nobody marked."""
    return [
        Fault(FaultKind.NO_REVIEW, {"submission": code}, table, row)
        for code, row in rows.items()
        if code not in marked
    ]
