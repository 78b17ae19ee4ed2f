"""From panels to an order: scores, ties, places, the cut-off.

A ranking is a proposal. People decide.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from thinkia.domain.bases import COMPARING, MethodName, RankingRules, TieKeyKind
from thinkia.domain.ranking.findings import CannotRankError, Fault, Note, NoteKind, listed
from thinkia.domain.ranking.methods import adjustable
from thinkia.domain.ranking.metrics import Metrics, metric_faults, with_metrics
from thinkia.domain.ranking.panels import Ballot, PanelScore, Scoring, panel_faults, size_faults
from thinkia.domain.ranking.ties import Rung, TieBreaker, TieFacts, TieStep

NOTHING_MORE = TieFacts()


@dataclass(frozen=True, slots=True)
class Carried:
    """What earlier rounds bring: a score is ``share`` (0–1) of what this one gives, and what was ``brought``
    by the submission, which is a part already.
    """

    share: Fraction = Fraction(1)
    brought: Mapping[str, Fraction] = field(default_factory=dict)

    def score(self, panel: PanelScore) -> Fraction:
        return self.share * panel.score + self.brought.get(panel.submission, Fraction(0))


NOTHING_CARRIED = Carried()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A line of the ranking. ``decided_by`` is the key that put it above the next line of equal score;
    ``passes`` is ``None`` where the bases have no cut-off. The panel's own score is another one where
    earlier rounds count.
    """

    place: int
    submission: str
    score: Fraction
    decided_by: str | None
    passes: bool | None
    panel: PanelScore


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every submission in order, and every step of the tie chain that was tried, from the best tie down."""

    lines: tuple[Ranked, ...]
    steps: tuple[TieStep, ...]
    method: MethodName = MethodName.MEAN

    def steps_of(self, submission: str) -> tuple[TieStep, ...]:
        """The keys that were tried on the tie of one submission, in the order of the chain."""
        return tuple(step for step in self.steps if submission in step.submissions)

    @property
    def undecided(self) -> tuple[tuple[str, ...], ...]:
        """The submissions that share a place, because no key decides between them."""
        shared = defaultdict(list)
        for line in self.lines:
            shared[line.place].append(line.submission)
        return tuple(tuple(codes) for codes in shared.values() if len(codes) > 1)

    @property
    def awaiting_chair(self) -> tuple[tuple[str, ...], ...]:
        """The ties that reached the chair's key without a recorded decision."""
        return tuple(s.submissions for s in self.steps if s.key == TieKeyKind.CHAIR and s.skipped)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What has to be said beside this ranking."""
        chair = [Note(NoteKind.CHAIR_SKIPPED, {"submissions": listed(tie)}) for tie in self.awaiting_chair]
        shared = [Note(NoteKind.TIE_UNDECIDED, {"submissions": listed(tie)}) for tie in self.undecided]
        compares = [Note(NoteKind.METHOD_COMPARES)] if self.method in COMPARING else []
        return (*compares, *_redistributions(self.lines), *chair, *shared)


def rank(
    rules: RankingRules,
    ballots: Iterable[Ballot],
    *,
    submissions: Iterable[str] = (),
    facts: TieFacts = NOTHING_MORE,
    carried: Carried = NOTHING_CARRIED,
) -> Ranking:
    """Every submission that has a ballot or is named in ``submissions``, in order.

    The order of the arguments' items never matters. Raises ``CannotRankError`` with all its reasons: a
    submission without reviews, an incomplete review, a weighted sector that is missing, a metric that is
    not known, or a tie that needs an instant, a metric or a seed that is not known.
    """
    panels = _panels(rules, ballots, submissions, facts.metrics)
    breaker = TieBreaker(rules.tie_break, panels, facts)
    scores = {code: carried.score(panel) for code, panel in panels.items()}
    rungs = [rung for tied in _ties(scores) for rung in breaker.settle(tied)]
    if breaker.faults:
        raise CannotRankError(breaker.faults)
    return Ranking(tuple(_lines(rungs, panels, scores, rules)), tuple(breaker.steps), rules.method.name)


def _panels(
    rules: RankingRules,
    ballots: Iterable[Ballot],
    submissions: Iterable[str],
    metrics: Metrics,
) -> dict[str, PanelScore]:
    by_submission: dict[str, list[Ballot]] = {code: [] for code in submissions}
    for ballot in ballots:
        whole = with_metrics(rules.rubric, metrics, ballot)
        by_submission.setdefault(ballot.submission, []).append(whole)
    faults = metric_faults(rules.rubric, metrics, by_submission)
    if faults := faults + score_faults(rules, by_submission):
        raise CannotRankError(faults)
    scoring = Scoring(rules.rubric, rules.method, (one for panel in by_submission.values() for one in panel))
    return {code: scoring.panel_score(code, panel) for code, panel in by_submission.items()}


def score_faults(rules: RankingRules, panels: Mapping[str, Sequence[Ballot]]) -> list[Fault]:
    """Why the method cannot give every submission its score; nothing when it can."""
    faults: list[Fault] = []
    for code in sorted(panels):
        faults += panel_faults(rules.rubric, rules.method, code, panels[code])
    faults += size_faults(rules.method, panels)
    seats = ((code, ballot.juror) for code, panel in panels.items() for ballot in panel)
    return faults or list(adjustable(seats, rules.method))


def _ties(scores: Mapping[str, Fraction]) -> list[list[str]]:
    """Submissions of one score together, the highest score first."""
    by_score: dict[Fraction, list[str]] = defaultdict(list)
    for code, score in scores.items():
        by_score[score].append(code)
    return [by_score[score] for score in sorted(by_score, reverse=True)]


def _lines(
    rungs: Sequence[Rung],
    panels: Mapping[str, PanelScore],
    scores: Mapping[str, Fraction],
    rules: RankingRules,
) -> list[Ranked]:
    """Places "1224": a place is one more than the number of submissions above it."""
    lines: list[Ranked] = []
    for rung in rungs:
        place = len(lines) + 1
        last = rung.submissions[-1]
        for code in rung.submissions:
            score = scores[code]
            passes = None if rules.cut_off is None else score >= Fraction(rules.cut_off)
            decided_by = rung.decided_by if code == last else None
            lines.append(Ranked(place, code, score, decided_by, passes, panels[code]))
    return lines


def _redistributions(lines: Iterable[Ranked]) -> list[Note]:
    found = []
    for line in lines:
        sectors, groups = line.panel.missing_sectors, line.panel.missing_evaluators
        if sectors:
            told = {"submission": line.submission, "sectors": listed(sectors)}
            found.append(Note(NoteKind.SECTOR_REDISTRIBUTED, told))
        if groups:
            told = {"submission": line.submission, "groups": listed(groups)}
            found.append(Note(NoteKind.EVALUATORS_REDISTRIBUTED, told))
    return found
