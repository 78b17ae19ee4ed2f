"""Several rounds of marks given elsewhere, one after the other: files in, the order of each round out."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from fractions import Fraction

from thinkia.domain.bases import RankingRules, Round
from thinkia.domain.ranking.findings import CannotRankError, Fault, FaultKind, Note, NoteKind, Table, listed
from thinkia.domain.ranking.order import Ranking
from thinkia.domain.ranking.panels import Ballot
from thinkia.domain.ranking.rounds import ClosedRound, after_withdrawals, carried_into, close, rank_round
from thinkia.domain.ranking.table import Incomplete, MarkRow, ReadBallots
from thinkia.domain.ranking.ties import TieFacts
from thinkia.results.marks_file import (
    ChosenFile,
    MetricsFile,
    ScoresFile,
    SubmissionsFile,
    read_chosen,
    read_metrics,
    read_scores,
    read_submissions,
)
from thinkia.results.offline import FOLLOWS_FROM_OTHERS, NO_METRICS, NO_SUBMISSIONS, ballots_of, without_marks

NO_CHOSEN = ChosenFile({}, {}, (), ())


@dataclass(frozen=True, slots=True)
class PlayedRound:
    """The order of every pool. ``closed``: ``None`` in the last round, and where nobody was named yet."""

    code: str
    rankings: Mapping[str, Ranking]
    closed: ClosedRound | None

    @property
    def own(self) -> dict[str, Fraction]:
        """What the marks of this round alone give."""
        return {line.submission: line.panel.score for one in self.rankings.values() for line in one.lines}

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(note for one in self.rankings.values() for note in one.notes)


@dataclass(frozen=True, slots=True)
class OfflineRounds:
    """The rounds that have marks, in their order."""

    rounds: tuple[PlayedRound, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class _Given:
    """What the files say, read and checked row by row."""

    ballots: Mapping[str, tuple[Ballot, ...]]
    rows: Mapping[tuple[str, str], int]  # the first row of a round that marks a submission
    entries: SubmissionsFile
    measured: MetricsFile
    chosen: ChosenFile


def rank_files_in_rounds(
    rules: RankingRules,
    files: Mapping[Table, bytes],
    *,
    incomplete: Incomplete = Incomplete.REFUSE,
    sector_per_panel: bool = False,
    seed: str | None = None,
) -> OfflineRounds:
    """The order of each round that SCORES marks and who goes on from it, or ``CannotRankError``.

    A row without a round is of the first. Marks of somebody who did not go on are a fault, and so is a
    round in which somebody who did has none: whoever withdrew, SUBMISSIONS says after which round.
    """
    grouped = any(rules.in_round(number).method.evaluators for number in range(len(rules.rounds)))
    marks = read_scores(files[Table.SCORES], rounds=True, groups=grouped)
    entries, measured, chosen = _beside(files)
    faults = _unknown(rules, marks.rows, entries, chosen)
    reads = _reads(rules, marks, faults, incomplete, sector_per_panel=sector_per_panel)
    faults += (*entries.faults, *measured.faults, *chosen.faults)
    if not marks.faults:
        marked = {row.submission for row in marks.rows}
        faults += without_marks(Table.SUBMISSIONS, entries.rows, marked)
        faults += without_marks(Table.METRICS, measured.rows, marked)
    if faults:
        raise CannotRankError(faults)
    ballots = {code: read.ballots for code, read in reads.items()}
    first = {(row.round or rules.rounds[0].code, row.submission): row.row for row in reversed(marks.rows)}
    played, said = _played(rules, _Given(ballots, first, entries, measured, chosen), seed)
    told = [*marks.notes, *entries.notes, *measured.notes, *chosen.notes]
    told += (note for read in reads.values() for note in read.notes)
    told += (note for one in played for note in one.notes)
    return OfflineRounds(tuple(played), (*told, *said))


def _beside(files: Mapping[Table, bytes]) -> tuple[SubmissionsFile, MetricsFile, ChosenFile]:
    """The files beside SCORES, empty where there is none."""
    entries, measured, chosen = NO_SUBMISSIONS, NO_METRICS, NO_CHOSEN
    if Table.SUBMISSIONS in files:
        entries = read_submissions(files[Table.SUBMISSIONS], rounds=True)
    if Table.METRICS in files:
        measured = read_metrics(files[Table.METRICS])
    if Table.CHOSEN in files:
        chosen = read_chosen(files[Table.CHOSEN])
    return entries, measured, chosen


def _reads(
    rules: RankingRules,
    marks: ScoresFile,
    faults: list[Fault],
    incomplete: Incomplete,
    *,
    sector_per_panel: bool,
) -> dict[str, ReadBallots]:
    """The ballots of each round by its own rubric. Where a row could not be read no gap is told of any."""
    found, told = {}, list(marks.faults)
    by_round = _by_round(rules, marks.rows)
    for number, one in enumerate(rules.rounds):
        own = ScoresFile(tuple(by_round[one.code]), (), ())
        each = rules.in_round(number)
        found[one.code] = ballots_of(own, each, incomplete, told, sector_per_panel=sector_per_panel)
    if marks.faults:
        told = [one for one in told if one.kind not in FOLLOWS_FROM_OTHERS]
    faults += sorted(told, key=lambda fault: fault.row or 0)
    return found


def _played(rules: RankingRules, given: _Given, seed: str | None) -> tuple[list[PlayedRound], list[Note]]:
    """The rounds one by one, as long as it is known who takes part and there are marks; none after that."""
    taking_part: AbstractSet[str] = {ballot.submission for ballot in given.ballots[rules.rounds[0].code]}
    played: list[PlayedRound] = []
    said: list[Note] = []
    for number, one in enumerate(rules.rounds):
        _demand_taking_part(one, given, taking_part)
        if not given.ballots[one.code]:
            for later in rules.rounds[number:]:
                _demand_taking_part(later, given, frozenset())
            if taking_part:
                awaited = {"round": one.code, "submissions": _codes(taking_part)}
                said.append(Note(NoteKind.ROUND_AWAITED, awaited))
            break
        own = [each.own for each in played]
        try:
            played.append(_one_round(rules, number, taking_part, own, given, seed))
        except CannotRankError as error:
            named = (replace(fault, params={"round": one.code, **fault.params}) for fault in error.faults)
            raise CannotRankError(named) from error
        closed = played[-1].closed
        taking_part = set(closed.advancing) if closed else set()
        if closed is None and one.advance is not None:
            said.append(Note(NoteKind.NOBODY_CHOSEN, {"round": one.code}))
    return played, said


def _one_round(
    rules: RankingRules,
    number: int,
    taking_part: AbstractSet[str],
    own: list[dict[str, Fraction]],
    given: _Given,
    seed: str | None,
) -> PlayedRound:
    one = rules.rounds[number]
    rankings = rank_round(
        rules.in_round(number),
        given.ballots[one.code],
        taking_part,
        pools=given.entries.pools if one.pools else None,
        facts=TieFacts(given.entries.submitted_at, seed=seed, metrics=given.measured.values),
        carried=carried_into(rules, number, own),
    )
    chosen = given.chosen.reasons.get(one.code, {})
    if one.advance is None or (one.advance.by_hand and not chosen):
        return PlayedRound(one.code, rankings, None)
    withdrawn = {code for code, after in given.entries.withdrawn_after.items() if after == one.code}
    return PlayedRound(one.code, rankings, after_withdrawals(close(one, rankings, chosen), withdrawn))


def _demand_taking_part(one: Round, given: _Given, taking_part: AbstractSet[str]) -> None:
    strangers = {ballot.submission for ballot in given.ballots[one.code]} - taking_part
    if strangers:
        raise CannotRankError(
            Fault(
                FaultKind.DID_NOT_GO_ON,
                {"submission": code, "round": one.code},
                Table.SCORES,
                given.rows[one.code, code],
            )
            for code in sorted(strangers)
        )


def _by_round(rules: RankingRules, rows: Iterable[MarkRow]) -> dict[str, list[MarkRow]]:
    found: dict[str, list[MarkRow]] = {one.code: [] for one in rules.rounds}
    for row in rows:
        own = found.get(row.round or rules.rounds[0].code)
        if own is not None:
            own.append(row)
    return found


def _unknown(
    rules: RankingRules, rows: Iterable[MarkRow], entries: SubmissionsFile, chosen: ChosenFile
) -> list[Fault]:
    """Rounds that the rules do not have, and names for one that nobody decides by hand."""
    known = {one.code: one for one in rules.rounds}
    named = [(row.round, Table.SCORES, row.row) for row in rows if row.round]
    named += [(one, Table.SUBMISSIONS, entries.rows[code]) for code, one in entries.withdrawn_after.items()]
    named += [(one, Table.CHOSEN, row) for (one, _code), row in chosen.rows.items()]
    told = listed(known)
    faults = [
        Fault(FaultKind.UNKNOWN_ROUND, {"code": one, "known": told}, table, row)
        for one, table, row in named
        if one not in known
    ]
    for (one, _code), row in chosen.rows.items():
        rule = known[one].advance if one in known else None
        if one in known and not (rule and rule.by_hand):
            faults.append(Fault(FaultKind.NOT_BY_HAND, {"round": one}, Table.CHOSEN, row))
    return faults


def _codes(codes: AbstractSet[str]) -> str:
    return listed(sorted(codes))
