"""Several rounds: the order of each, who goes on, who waits, and what earlier marks count.

Every round is ranked by its own rules among those who take part in it. With pools, every pool is ranked
alone: nobody is compared across them, and numbers are of each pool.

**The line.** The first so many of the order go on, from the first place down; whoever misses a cut-off does
not. The round's tie chain decides first. A place that is still shared across the line, or on the waiting
list, is refused, or all who share it are taken: so the bases say.

**The waiting list** holds who comes next, and reaches the cut-off. A seat that somebody leaves who went on is
filled from it, in its order and from the same pool. Who went on once is never sent back by that.

**Marks carried.** A round's score is the mean, by the ``share`` of each, of what every round since the last
reset gave alone: Σ share · own score / Σ share. With ``reset`` that is the round itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from thinkia.domain.bases import RankingRules, Round
from thinkia.domain.ranking.findings import CannotRankError, Fault, FaultKind, listed
from thinkia.domain.ranking.order import NOTHING_MORE, Carried, Ranked, Ranking, rank
from thinkia.domain.ranking.panels import Ballot
from thinkia.domain.ranking.ties import TieFacts
from thinkia.domain.rounds import AtLine, EarlierMarks

WHOLE = ""
"""The one pool of a round without pools."""


class Outcome(StrEnum):
    """What a round is for one that took part in it."""

    ADVANCES = "advances"
    WAITS = "waits"
    STAYS = "stays"  # it does not go on


class Why(StrEnum):
    TOP = "top"
    SHARED_PLACE = "shared_place"  # beyond the number, and taken with whom it shares its place
    CUT_OFF = "cut_off"  # it reaches it
    BY_HAND = "by_hand"
    NEXT = "next"  # on the waiting list
    PROMOTED = "promoted"  # from it
    BELOW_LINE = "below_line"
    BELOW_CUT_OFF = "below_cut_off"
    NOT_CHOSEN = "not_chosen"
    WITHDREW = "withdrew"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one submission, and why. ``turn``: on the waiting list, from 1; equals are taken
    together. ``reason``: of whoever named it by hand.
    """

    submission: str
    pool: str
    place: int
    outcome: Outcome
    why: Why
    turn: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ClosedRound:
    """The order of every pool, and what became of each submission, in the order of pools and places."""

    round: str
    rankings: Mapping[str, Ranking]
    fates: tuple[Fate, ...]

    @property
    def advancing(self) -> tuple[str, ...]:
        return tuple(one.submission for one in self.fates if one.outcome is Outcome.ADVANCES)

    @property
    def waiting(self) -> tuple[str, ...]:
        return tuple(one.submission for one in self.fates if one.outcome is Outcome.WAITS)


def carried_into(rules: RankingRules, number: int, own: Sequence[Mapping[str, Fraction]]) -> Carried:
    """What the rounds before one (counted from 0) bring to it; ``own``: what each of them gave alone."""
    first = number
    while first and rules.rounds[first].marks is EarlierMarks.CARRIED:
        first -= 1
    total = sum((Fraction(one.share) for one in rules.rounds[first : number + 1]), Fraction(0))
    brought: dict[str, Fraction] = defaultdict(Fraction)
    for one, scores in zip(rules.rounds[first:number], own[first:number], strict=True):
        for code, score in scores.items():
            brought[code] += Fraction(one.share) * score / total
    return Carried(Fraction(rules.rounds[number].share) / total, brought)


def rank_round(
    rules: RankingRules,
    ballots: Iterable[Ballot],
    submissions: Iterable[str],
    *,
    pools: Mapping[str, str] | None = None,
    facts: TieFacts = NOTHING_MORE,
    carried: Carried | None = None,
) -> dict[str, Ranking]:
    """The order of every pool by the rules of one round, pools by their code. ``pools``: of each submission;
    ``None`` where the round has none. Raises ``CannotRankError`` with the reasons of all pools.
    """
    of_pool = _by_pool(submissions, pools)
    seats = defaultdict(list)
    for ballot in ballots:
        seats[ballot.submission].append(ballot)
    rankings: dict[str, Ranking] = {}
    faults: list[Fault] = []
    for pool, codes in sorted(of_pool.items()):
        own = [ballot for code in codes for ballot in seats[code]]
        try:
            rankings[pool] = rank(rules, own, submissions=codes, facts=facts, carried=carried or Carried())
        except CannotRankError as error:
            faults += error.faults
    if faults:
        raise CannotRankError(faults)
    return rankings


def merged(rankings: Mapping[str, Ranking]) -> Ranking:
    """The orders of all pools as one list, pool after pool: places count inside each."""
    every = list(rankings.values())
    return Ranking(
        tuple(line for each in every for line in each.lines),
        tuple(step for each in every for step in each.steps),
        every[0].method,
    )


def places_that_advance(one: Round, ranked: int) -> int:
    """How many places of a pool, or of the order, go on by the rule; 0 where people name them by hand.

    ``ranked``: how many submissions are in the order, all of which may reach a cut-off.
    """
    rule = one.advance
    if rule is None or rule.by_hand:
        return 0
    seats = rule.top if rule.top is not None else rule.top_per_pool
    return ranked if seats is None else seats


def close(
    one: Round, rankings: Mapping[str, Ranking], chosen: Mapping[str, str] | None = None
) -> ClosedRound:
    """Who goes on from a round that is ranked. ``chosen``: who was named by hand, with the reasons.

    Raises ``CannotRankError``: a place shared at the line or on the waiting list, which the bases do not
    take whole; somebody named who was not in the round, or without a reason.
    """
    named = dict(chosen or {}) if one.advance and one.advance.by_hand else {}
    faults = _chosen_faults(named, rankings)
    fates: list[Fate] = []
    for pool, ranking in rankings.items():
        line = _Line(one, pool, named)
        fates += line.fates(ranking.lines)
        faults += line.faults
    if faults:
        raise CannotRankError(faults)
    return ClosedRound(one.code, rankings, tuple(fates))


def after_withdrawals(closed: ClosedRound, withdrawn: AbstractSet[str]) -> ClosedRound:
    """The same, once some of those who went on or waited have withdrawn: who waits moves up."""
    fates: list[Fate] = []
    for _pool, group in groupby(closed.fates, key=lambda fate: fate.pool):
        fates += _moved_up(list(group), withdrawn)
    return ClosedRound(closed.round, closed.rankings, tuple(fates))


def _by_pool(submissions: Iterable[str], pools: Mapping[str, str] | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    lacking = []
    for code in sorted(submissions):
        if pools is not None and not pools.get(code):
            lacking.append(code)
        else:
            found[WHOLE if pools is None else pools[code]].append(code)
    if lacking:
        raise CannotRankError([Fault(FaultKind.POOL_NEEDED, {"submission": code}) for code in lacking])
    return found


def _chosen_faults(named: Mapping[str, str], rankings: Mapping[str, Ranking]) -> list[Fault]:
    known = {line.submission for ranking in rankings.values() for line in ranking.lines}
    strangers = [Fault(FaultKind.NOT_IN_ROUND, {"submission": code}) for code in named if code not in known]
    silent = [code for code, reason in named.items() if not reason.strip()]
    return strangers + [Fault(FaultKind.CHOSEN_WITHOUT_REASON, {"submission": code}) for code in silent]


class _Line:
    """Draws the line through the order of one pool."""

    def __init__(self, one: Round, pool: str, named: Mapping[str, str]) -> None:
        self.one, self.pool, self.named = one, pool, named
        self.faults: list[Fault] = []

    def fates(self, lines: Sequence[Ranked]) -> list[Fate]:
        """From the first place down; equals stand together."""
        groups = [list(group) for _place, group in groupby(lines, key=lambda line: line.place)]
        if self.one.advance is None:
            return []
        advancing = self._named(groups) if self.one.advance.by_hand else self._first(groups)
        turns = self._turns(groups, advancing.keys())
        return [self._fate(line, advancing, turns) for group in groups for line in group]

    def _named(self, groups: Sequence[Sequence[Ranked]]) -> dict[str, Why]:
        known = {line.submission for group in groups for line in group}
        return {code: Why.BY_HAND for code in self.named if code in known}

    def _first(self, groups: Sequence[Sequence[Ranked]]) -> dict[str, Why]:
        """Who goes on by the number, or by reaching the cut-off where there is no number."""
        seats = self._seats
        found: dict[str, Why] = {}
        for group in map(_passing, groups):
            if seats is not None and len(found) >= seats:
                break
            over = seats is not None and len(found) + len(group) > seats
            if over and not self._takes(group, FaultKind.TIE_AT_LINE):
                break
            why = Why.SHARED_PLACE if over else Why.CUT_OFF if seats is None else Why.TOP
            found.update(dict.fromkeys((line.submission for line in group), why))
        return found

    @property
    def _seats(self) -> int | None:
        rule = self.one.advance
        return None if rule is None else rule.top if rule.top is not None else rule.top_per_pool

    def _turns(self, groups: Sequence[Sequence[Ranked]], taken: AbstractSet[str]) -> dict[str, int]:
        """Who waits, and for which turn."""
        turns: dict[str, int] = {}
        for group in map(_passing, groups):
            rest = [line for line in group if line.submission not in taken]
            if len(turns) >= self.one.waiting or self.faults:
                break
            if len(rest) > 1 and not self._takes(rest, FaultKind.TIE_WAITING):
                break
            turns.update(dict.fromkeys((line.submission for line in rest), len(turns) + 1))
        return turns

    def _takes(self, group: Sequence[Ranked], kind: FaultKind) -> bool:
        if self.one.at_line is AtLine.TAKE_ALL:
            return True
        codes = listed(line.submission for line in group)
        self.faults.append(Fault(kind, {"submissions": codes, "round": self.one.code}))
        return False

    def _fate(self, line: Ranked, advancing: Mapping[str, Why], turns: Mapping[str, int]) -> Fate:
        code = line.submission
        if code in advancing:
            reason = self.named.get(code, "")
            return Fate(code, self.pool, line.place, Outcome.ADVANCES, advancing[code], reason=reason)
        if code in turns:
            return Fate(code, self.pool, line.place, Outcome.WAITS, Why.NEXT, turn=turns[code])
        by_hand = self.one.advance is not None and self.one.advance.by_hand
        why = Why.NOT_CHOSEN if by_hand else Why.BELOW_LINE
        return Fate(
            code, self.pool, line.place, Outcome.STAYS, Why.BELOW_CUT_OFF if line.passes is False else why
        )


def _passing(group: Sequence[Ranked]) -> list[Ranked]:
    return [line for line in group if line.passes is not False]


def _moved_up(fates: Sequence[Fate], withdrawn: AbstractSet[str]) -> list[Fate]:
    """The fates of one pool. Turns are taken until as many are in as had gone on."""
    seats = sum(one.outcome is Outcome.ADVANCES for one in fates)
    staying = [one for one in fates if one.outcome is Outcome.ADVANCES and one.submission not in withdrawn]
    filled, promoted = len(staying), set()
    queue = [one for one in fates if one.outcome is Outcome.WAITS and one.submission not in withdrawn]
    for _turn, group in groupby(queue, key=lambda fate: fate.turn):
        if filled >= seats:
            break
        codes = {one.submission for one in group}
        promoted |= codes
        filled += len(codes)
    return [_fate_after(one, withdrawn, promoted) for one in fates]


def _fate_after(one: Fate, withdrawn: AbstractSet[str], promoted: AbstractSet[str]) -> Fate:
    if one.submission in withdrawn and one.outcome is not Outcome.STAYS:
        return Fate(one.submission, one.pool, one.place, Outcome.STAYS, Why.WITHDREW, reason=one.reason)
    if one.submission in promoted:
        return Fate(one.submission, one.pool, one.place, Outcome.ADVANCES, Why.PROMOTED, turn=one.turn)
    return one
