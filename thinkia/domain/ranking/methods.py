"""What a ballot counts for, and how much of its panel's score it makes, by the method of the bases.

``mean``: all ballots alike. ``sum``: likewise, and the scores are added. ``trimmed_mean``: the ``trim``
lowest and highest scores of the panel are left out; ballots of one score that straddle the edge share what
is left, so that no order among equals decides. ``sector_balanced``: jurors are averaged inside their sector
first, then the sectors by the weights that the bases declare; otherwise the sector that sends most jurors
would decide the call. A sector of weight 0 is ignored everywhere; its jurors still advise.

``severity_adjusted``: a ballot counts for its score less its juror's severity, six decimals that ``severity``
gives and that are declared with the result; then all ballots alike, or balanced by sector where the method
gives sectors weights. Refused where jurors cannot be compared.

``borda`` and ``z_score`` first turn each ballot into its place among the ballots of the same juror.
Borda: 100 · (proposals below + half of those equal) / (others that the juror read); who read one proposal
says nothing about it, which is 50. z: (score − mean) / standard deviation (n − 1) of the juror, to forty
digits; 0 where a juror gave one score to all. The mean of a panel is then rounded to ``Z_PLACES`` decimals,
half to even, and that is the official score: roots do not end, so two that are equal on paper must be
written alike.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from thinkia.domain.bases import COMPARING, Method, MethodName
from thinkia.domain.ranking.connection import parts_of
from thinkia.domain.ranking.findings import Fault, FaultKind, listed
from thinkia.domain.ranking.severity import Scored, severities

Z_PLACES = 9
DIGITS = 40
Seat = tuple[str, str]  # submission and juror


def shares(
    method: Method, sectors: Sequence[str], scores: Sequence[Fraction], groups: Sequence[str] = ()
) -> list[Fraction]:
    """Each ballot's share of its panel's score, from the sectors and scores of the panel; adds up to 1.
    The panel is one that ``panels.panel_faults`` has nothing against. Where evaluators come in groups, the
    method shares out what each group's weight is of those of the groups that are present.
    """
    if not method.evaluators:
        return _within(method, sectors, scores)
    total = sum((Fraction(method.evaluators[group]) for group in set(groups)), Fraction(0))
    found = [Fraction(0)] * len(scores)
    for group in set(groups):
        own = [at for at, other in enumerate(groups) if other == group]
        inside = _within(method, [sectors[at] for at in own], [scores[at] for at in own])
        for at, share in zip(own, inside, strict=True):
            found[at] = Fraction(method.evaluators[group]) / total * share
    return found


def _within(method: Method, sectors: Sequence[str], scores: Sequence[Fraction]) -> list[Fraction]:
    if method.balances:
        return _by_sector(method, sectors)
    if method.name is MethodName.TRIMMED_MEAN:
        return _trimmed(method.trim, scores)
    return [Fraction(1, len(scores))] * len(scores)


def fewest(method: Method) -> int:
    """How many ballots a panel needs."""
    return 2 * method.trim + 1 if method.name is MethodName.TRIMMED_MEAN else 1


def compared(method: Method, scores: Mapping[Seat, Fraction]) -> Mapping[Seat, Fraction]:
    """What each ballot counts for, from the scores of all ballots of the call."""
    if method.name is MethodName.SEVERITY_ADJUSTED:
        return _adjusted(scores)
    if method.name not in COMPARING:
        return scores
    own: dict[str, list[Seat]] = defaultdict(list)
    for seat in scores:
        own[seat[1]].append(seat)
    beside = _borda if method.name is MethodName.BORDA else _standardised
    found: dict[Seat, Fraction] = {}
    for seats in own.values():
        found.update(zip(seats, beside([scores[seat] for seat in seats]), strict=True))
    return found


def is_linear(method: Method) -> bool:
    """Whether a ballot counts for its own score and nothing else."""
    return method.name not in COMPARING and method.name is not MethodName.SEVERITY_ADJUSTED


def adjustable(seats: Iterable[Seat], method: Method) -> tuple[Fault, ...]:
    """What keeps severities from being told, where the method corrects for them."""
    if method.name is not MethodName.SEVERITY_ADJUSTED:
        return ()
    pairs = sorted(seats)
    parts = parts_of(pairs)
    if len(parts) > 1:
        rest = [code for part in parts[1:] for code in part.submissions]
        return (Fault(FaultKind.NOT_CONNECTED, {"parts": str(len(parts)), "submissions": listed(rest)}),)
    jurors, submissions = {juror for _code, juror in pairs}, {code for code, _juror in pairs}
    if len(pairs) <= len(jurors) + len(submissions) - 1:
        return (Fault(FaultKind.SEVERITY_UNKNOWN),)
    return ()


def official(method: Method, mean: Fraction, ballots: int) -> Fraction:
    """The panel's score from the mean of what its ballots count for."""
    if method.name is MethodName.SUM:
        return mean * ballots
    if method.name is MethodName.Z_SCORE:
        return Fraction(round(mean * 10**Z_PLACES), 10**Z_PLACES)
    return mean


def _adjusted(scores: Mapping[Seat, Fraction]) -> dict[Seat, Fraction]:
    strict = severities(Scored(code, juror, score) for (code, juror), score in scores.items()) or {}
    return {seat: score - strict.get(seat[1], Fraction(0)) for seat, score in scores.items()}


def _by_sector(method: Method, sectors: Sequence[str]) -> list[Fraction]:
    sizes = Counter(sectors)
    weights = {sector: Fraction(method.sectors[sector]) for sector in sizes}
    total = sum(weights.values(), Fraction(0))
    each = {sector: weights[sector] / (total * size) for sector, size in sizes.items()}
    return [each[sector] for sector in sectors]


def _trimmed(trim: int, scores: Sequence[Fraction]) -> list[Fraction]:
    ladder = sorted(scores)
    kept = len(ladder) - 2 * trim
    found = []
    for score in scores:
        first, end = bisect_left(ladder, score), bisect_right(ladder, score)
        inside = min(end, trim + kept) - max(first, trim)
        found.append(Fraction(max(inside, 0), (end - first) * kept))
    return found


def _borda(scores: Sequence[Fraction]) -> list[Fraction]:
    others = len(scores) - 1
    if not others:
        return [Fraction(50)]
    ladder = sorted(scores)
    return [
        Fraction(100 * (bisect_left(ladder, score) + bisect_right(ladder, score) - 1), 2 * others)
        for score in scores
    ]


def _standardised(scores: Sequence[Fraction]) -> list[Fraction]:
    mean = sum(scores, Fraction(0)) / len(scores)
    squares = sum(((score - mean) ** 2 for score in scores), Fraction(0))
    if not squares:
        return [Fraction(0)] * len(scores)
    variance = squares / (len(scores) - 1)
    with localcontext(prec=DIGITS):
        deviation = Fraction((Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt())
    return [(score - mean) / deviation for score in scores]
