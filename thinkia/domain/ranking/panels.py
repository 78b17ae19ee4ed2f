"""From the marks of a submission's panel to one score.

Every method is a weight for each ballot, and the same weights average the scores, the marks on a
criterion and the points of a group. ``mean``: all ballots alike. ``sector_balanced``: jurors are averaged
inside their sector first, then the sectors by the weights that the bases declare; otherwise the sector
that sends most jurors would decide the call. A sector of weight 0 is ignored everywhere, in the score and
in the tie keys alike; its jurors still advise.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from thinkia.domain.bases import Method, MethodName, MissingSector
from thinkia.domain.marks import Line, lines, missing_criteria
from thinkia.domain.ranking.findings import Fault, FaultKind, listed
from thinkia.domain.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Ballot:
    """One juror's marks on one submission, and as which sector the juror sits on that panel."""

    submission: str
    juror: str
    sector: str
    marks: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class BallotScore:
    """A ballot's score and its share (0–1) of the submission's score."""

    juror: str
    sector: str
    score: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class SectorScore:
    """The mean of a sector's ballots and the sector's share (0–1) of the submission's score."""

    sector: str
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
    criteria: Mapping[str, Fraction]  # in the rubric's order
    groups: Mapping[str, Fraction]
    missing_sectors: tuple[str, ...]  # weighted, without a ballot: their weight went to the others


def panel_faults(rubric: Rubric, method: Method, submission: str, ballots: Sequence[Ballot]) -> list[Fault]:
    """Why a submission cannot have a score yet; nothing when it can."""
    if not ballots:
        return [Fault(FaultKind.NO_REVIEW, {"submission": submission})]
    faults = [_incomplete(rubric, ballot) for ballot in ballots if missing_criteria(rubric, ballot.marks)]
    if method.name is MethodName.SECTOR_BALANCED:
        faults += _sector_faults(method, submission, {ballot.sector for ballot in ballots})
    return faults


@dataclass(slots=True)
class Scoring:
    """Gives panels their scores by one rubric and one method."""

    rubric: Rubric
    method: Method
    parts: Mapping[str, Line] = field(init=False)
    worth: dict[tuple[str, Decimal], Fraction] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.parts = lines(self.rubric)

    def panel_score(self, submission: str, ballots: Iterable[Ballot]) -> PanelScore:
        """The score of a submission whose ``panel_faults`` are none, whatever the order of its ballots.

        A score is linear in the marks, so it may be taken from their averages.
        """
        panel = sorted(ballots, key=lambda ballot: (ballot.juror, ballot.sector))
        shares = ballot_shares(self.method, [ballot.sector for ballot in panel])
        scored = tuple(
            BallotScore(ballot.juror, ballot.sector, self._ballot_score(ballot), share)
            for ballot, share in zip(panel, shares, strict=True)
        )
        criteria = _averages(self.parts, panel, shares)
        return PanelScore(
            submission=submission,
            score=sum((self.parts[code].at(value) for code, value in criteria.items()), Fraction(0)),
            ballots=scored,
            sectors=_sectors(scored),
            criteria=criteria,
            groups=self._groups(criteria),
            missing_sectors=_missing_sectors(self.method, {ballot.sector for ballot in panel}),
        )

    def _ballot_score(self, ballot: Ballot) -> Fraction:
        """Jurors give few different marks, so what one is worth is computed once."""
        total = Fraction(0)
        for code, line in self.parts.items():
            key = (code, ballot.marks[code])
            if key not in self.worth:
                self.worth[key] = line.at(ballot.marks[code])
            total += self.worth[key]
        return total

    def _groups(self, criteria: Mapping[str, Fraction]) -> dict[str, Fraction]:
        groups: dict[str, Fraction] = {}
        for criterion in self.rubric.criteria:
            if criterion.group is not None:
                part = self.parts[criterion.code].at(criteria[criterion.code])
                groups[criterion.group] = groups.get(criterion.group, Fraction(0)) + part
        return groups


def ballot_shares(method: Method, sectors: Sequence[str]) -> list[Fraction]:
    """Each ballot's share of the submission's score, from the sectors of its panel; adds up to 1."""
    if method.name is MethodName.MEAN:
        return [Fraction(1, len(sectors))] * len(sectors)
    sizes = Counter(sectors)
    weights = {sector: Fraction(method.sectors[sector]) for sector in sizes}
    total = sum(weights.values(), Fraction(0))
    each = {sector: weights[sector] / (total * size) for sector, size in sizes.items()}
    return [each[sector] for sector in sectors]


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
    if method.name is MethodName.MEAN:
        return ()
    return tuple(sorted(code for code, weight in method.sectors.items() if weight and code not in present))


def _averages(
    codes: Iterable[str],
    panel: Sequence[Ballot],
    shares: Sequence[Fraction],
) -> dict[str, Fraction]:
    """The jury's mark on each criterion. Ballots of one share are added up first, as decimals of at most
    six places, which is exact.
    """
    alike: dict[Fraction, list[Ballot]] = defaultdict(list)
    for ballot, share in zip(panel, shares, strict=True):
        alike[share].append(ballot)
    return {
        code: sum(
            (share * Fraction(sum(b.marks[code] for b in some)) for share, some in alike.items()), Fraction(0)
        )
        for code in codes
    }


def _sectors(ballots: Sequence[BallotScore]) -> tuple[SectorScore, ...]:
    found = []
    for sector in sorted({ballot.sector for ballot in ballots}):
        seats = [ballot for ballot in ballots if ballot.sector == sector]
        mean = sum((ballot.score for ballot in seats), Fraction(0)) / len(seats)
        found.append(SectorScore(sector, len(seats), mean, sum((b.share for b in seats), Fraction(0))))
    return tuple(found)
