"""From the marks of a submission's panel to one score.

Every method (``methods``) is a share for each ballot, and the same shares average what ballots count for, the
marks on a criterion and the points of a group: what a method ignores in the score it ignores in ties too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from decimal import Decimal
from fractions import Fraction

from thinkia.domain.bases import Method, MethodName, MissingSector
from thinkia.domain.marks import ReviewPoints, Reviews, missing_criteria
from thinkia.domain.ranking.findings import Fault, FaultKind, listed
from thinkia.domain.ranking.methods import Seat, compared, fewest, is_linear, official, shares
from thinkia.domain.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Ballot:
    """One juror's marks on one submission, and as which sector the juror sits on that panel."""

    submission: str
    juror: str
    sector: str
    marks: Mapping[str, Decimal]
    group: str = ""  # of evaluators, where the method has any


@dataclass(frozen=True, slots=True)
class BallotScore:
    """A ballot's score, its share (0–1) of the submission's score, and what it counts for there: the score
    itself, unless the method compares it with the others of its juror.
    """

    juror: str
    sector: str
    score: Fraction
    share: Fraction
    counted: Fraction


@dataclass(frozen=True, slots=True)
class SectorScore:
    """The mean of what a sector's ballots count for, and the sector's share (0–1) of the score."""

    sector: str
    ballots: int
    score: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class EvaluatorsScore:
    """What a group of evaluators gives by the method, and its share (0–1) of the score."""

    group: str
    ballots: int
    score: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class PanelScore:
    """All that a page needs to explain a submission's score. Everything is exact and averaged as the
    method says: ``criteria`` the marks on each criterion, ``groups`` each group's part of the score.
    """

    submission: str
    score: Fraction
    ballots: tuple[BallotScore, ...]  # by juror
    sectors: tuple[SectorScore, ...]  # by code
    criteria: Mapping[str, Fraction]  # in the rubric's order; without optional ones that nobody marked
    groups: Mapping[str, Fraction]
    missing_sectors: tuple[str, ...]  # weighted, without a ballot: their weight went to the others
    evaluators: tuple[EvaluatorsScore, ...] = ()  # in the method's order, where it has groups
    missing_evaluators: tuple[str, ...] = ()  # without a ballot: their weight went to the others


def panel_faults(rubric: Rubric, method: Method, submission: str, ballots: Sequence[Ballot]) -> list[Fault]:
    """Why a submission cannot have a score yet; nothing when it can."""
    if not ballots:
        return [Fault(FaultKind.NO_REVIEW, {"submission": submission})]
    faults = [_incomplete(rubric, ballot) for ballot in ballots if missing_criteria(rubric, ballot.marks)]
    faults += _evaluator_faults(method, submission, {ballot.group for ballot in ballots})
    for part in _parts(method, ballots):
        if method.balances:
            faults += _sector_faults(method, submission, {ballot.sector for ballot in part})
        if len(part) < fewest(method):
            params = {"submission": submission, "reviews": str(len(part)), "fewest": str(fewest(method))}
            faults.append(Fault(FaultKind.TOO_FEW_TO_TRIM, params))
    return faults


def _parts(method: Method, ballots: Sequence[Ballot]) -> list[list[Ballot]]:
    """What the method scores apart: the ballots of each group of evaluators, or all."""
    if not method.evaluators:
        return [list(ballots)]
    found: dict[str, list[Ballot]] = defaultdict(list)
    for ballot in ballots:
        found[ballot.group].append(ballot)
    return list(found.values())


def _evaluator_faults(method: Method, submission: str, present: set[str]) -> list[Fault]:
    if not method.evaluators:
        return []
    known, strange = listed(method.evaluators), sorted(present - set(method.evaluators))
    if strange:
        params = {"submission": submission, "groups": listed(strange), "known": known}
        return [Fault(FaultKind.UNKNOWN_EVALUATORS, params)]
    missing = [group for group in method.evaluators if group not in present]
    if missing and method.missing_evaluators is MissingSector.REFUSE:
        return [Fault(FaultKind.MISSING_EVALUATORS, {"submission": submission, "groups": listed(missing)})]
    return []


def size_faults(method: Method, panels: Mapping[str, Sequence[Ballot]]) -> list[Fault]:
    """A fault for each submission that fewer jurors read than others, where their scores are added."""
    if method.name is not MethodName.SUM:
        return []
    most = max(map(len, panels.values()), default=0)
    return [
        Fault(FaultKind.FEWER_REVIEWS, {"submission": code, "reviews": str(len(panel)), "most": str(most)})
        for code, panel in sorted(panels.items())
        if len(panel) < most
    ]


@dataclass(slots=True)
class Scoring:
    """Gives panels their scores by one rubric and one method, among all the ballots of a call."""

    rubric: Rubric
    method: Method
    every: InitVar[Iterable[Ballot]]
    reviews: Reviews = field(init=False)
    points: Mapping[Seat, ReviewPoints] = field(init=False)
    counted: Mapping[Seat, Fraction] = field(init=False)

    def __post_init__(self, every: Iterable[Ballot]) -> None:
        self.reviews = Reviews(self.rubric)
        self.points = {(one.submission, one.juror): self.reviews.points(one.marks) for one in every}
        self.counted = compared(self.method, {seat: points.score for seat, points in self.points.items()})

    def panel_score(self, submission: str, ballots: Iterable[Ballot]) -> PanelScore:
        """The score of a submission whose ``panel_faults`` are none, whatever the order of its ballots."""
        panel = sorted(ballots, key=lambda ballot: (ballot.juror, ballot.sector))
        points = [self.points[submission, ballot.juror] for ballot in panel]
        sectors, scores = [ballot.sector for ballot in panel], [one.score for one in points]
        groups = [ballot.group for ballot in panel]
        scored = tuple(
            BallotScore(ballot.juror, ballot.sector, score, share, self.counted[submission, ballot.juror])
            for ballot, score, share in zip(
                panel, scores, shares(self.method, sectors, scores, groups), strict=True
            )
        )
        own = [one.share for one in scored]
        criteria = _averages(self.reviews.parts, panel, own)
        return PanelScore(
            submission=submission,
            score=official(self.method, self._mean(scored, criteria), len(panel)),
            ballots=scored,
            sectors=_sectors(scored),
            criteria=criteria,
            groups=_group_averages(self.rubric, points, own),
            missing_sectors=_missing_sectors(self.method, {ballot.sector for ballot in panel}),
            evaluators=_evaluators(self.method, groups, scored),
            missing_evaluators=tuple(group for group in self.method.evaluators if group not in groups),
        )

    def _mean(self, ballots: Iterable[BallotScore], criteria: Mapping[str, Fraction]) -> Fraction:
        """Of what the ballots count for. Where a score is linear in the marks it is taken from their
        averages, which are fewer.
        """
        if not is_linear(self.method) or not self.reviews.is_linear:
            return sum((one.share * one.counted for one in ballots), Fraction(0))
        return sum((self.reviews.parts[code].at(value) for code, value in criteria.items()), Fraction(0))


def _incomplete(rubric: Rubric, ballot: Ballot) -> Fault:
    missing = listed(missing_criteria(rubric, ballot.marks))
    params = {"submission": ballot.submission, "juror": ballot.juror, "criteria": missing}
    return Fault(FaultKind.INCOMPLETE_REVIEW, params)


def _sector_faults(method: Method, submission: str, present: set[str]) -> list[Fault]:
    unweighted = sorted(present - set(method.sectors))
    if unweighted:
        params = {"submission": submission, "sectors": listed(unweighted)}
        return [Fault(FaultKind.SECTOR_WITHOUT_WEIGHT, params)]
    missing = _missing_sectors(method, present)
    if missing and method.missing_sector is MissingSector.REFUSE:
        params = {"submission": submission, "sectors": listed(missing)}
        return [Fault(FaultKind.MISSING_SECTOR, params)]
    if not any(method.sectors[sector] for sector in present):
        return [Fault(FaultKind.NO_REVIEW_THAT_COUNTS, {"submission": submission})]
    return []


def _missing_sectors(method: Method, present: set[str]) -> tuple[str, ...]:
    return tuple(sorted(code for code, weight in method.sectors.items() if weight and code not in present))


def _averages(
    codes: Iterable[str],
    panel: Sequence[Ballot],
    own: Sequence[Fraction],
) -> dict[str, Fraction]:
    """The jury's mark on each criterion, of those who marked it; a criterion that nobody marked is not there.
    Ballots of one share are added up first, as decimals of at most six places, which is exact.
    """
    alike: dict[Fraction, list[Ballot]] = defaultdict(list)
    for ballot, share in zip(panel, own, strict=True):
        alike[share].append(ballot)
    found = {}
    for code in codes:
        total, held = Fraction(0), Fraction(0)
        for share, some in alike.items():
            marks = [ballot.marks[code] for ballot in some if code in ballot.marks]
            total += share * Fraction(sum(marks))
            held += share * len(marks)
        if held:
            found[code] = total if held == 1 else total / held
    return found


def _group_averages(
    rubric: Rubric, points: Sequence[ReviewPoints], own: Sequence[Fraction]
) -> dict[str, Fraction]:
    groups = dict.fromkeys(one.group for one in rubric.criteria if one.group is not None)
    return {
        group: sum(
            (share * one.groups.get(group, Fraction(0)) for one, share in zip(points, own, strict=True)),
            Fraction(0),
        )
        for group in groups
    }


def _evaluators(
    method: Method, groups: Sequence[str], ballots: Sequence[BallotScore]
) -> tuple[EvaluatorsScore, ...]:
    found = []
    for group in (code for code in method.evaluators if code in groups):
        own = [ballot for ballot, other in zip(ballots, groups, strict=True) if other == group]
        share = sum((ballot.share for ballot in own), Fraction(0))
        score = sum((ballot.share * ballot.counted for ballot in own), Fraction(0)) / share
        found.append(EvaluatorsScore(group, len(own), score, share))
    return tuple(found)


def _sectors(ballots: Sequence[BallotScore]) -> tuple[SectorScore, ...]:
    found = []
    for sector in sorted({ballot.sector for ballot in ballots}):
        seats = [ballot for ballot in ballots if ballot.sector == sector]
        mean = sum((ballot.counted for ballot in seats), Fraction(0)) / len(seats)
        found.append(SectorScore(sector, len(seats), mean, sum((b.share for b in seats), Fraction(0))))
    return tuple(found)
