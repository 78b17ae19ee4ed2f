"""From what is stored to an order: the same pure code as ``flask results rank``, and a fingerprint.

The fingerprint covers everything that an order depends on: the bases, every final mark, which reviews are
open, closed or final, what is measured, exclusions, the seed and the chair's decisions. An order whose
fingerprint is no longer that of the call is stale.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from thinkia.calls.models import Call
from thinkia.domain.bases import RankingRules, Round, TieKey, TieKeyKind
from thinkia.domain.canonical import fingerprint
from thinkia.domain.lifecycle import (
    COMPETED,
    LEFT_BEHIND,
    RANKING,
    CallState,
    ReviewState,
    SubmissionState,
    destination,
)
from thinkia.domain.measuring import metrics_of
from thinkia.domain.ranking.findings import CannotRankError, FaultKind
from thinkia.domain.ranking.metrics import Metrics
from thinkia.domain.ranking.order import NOTHING_CARRIED, Carried, Ranking
from thinkia.domain.ranking.panels import Ballot
from thinkia.domain.ranking.record import Context, Exclusion, Record, Voided, record_of, written
from thinkia.domain.ranking.rounds import (
    ClosedRound,
    carried_into,
    close,
    merged,
    places_that_advance,
    rank_round,
)
from thinkia.domain.ranking.ties import TieFacts
from thinkia.domain.reasons import Reason
from thinkia.jury.queries import reviews_for_ranking
from thinkia.jury.queries.panels import groups_of_jurors
from thinkia.jury.queries.progress import ReviewRow
from thinkia.metrics.queries import values_of
from thinkia.results.models import Ranking as StoredRanking
from thinkia.results.queries import chair_decisions, competitors, prize_decisions, seed_of
from thinkia.results.queries.rounds import earlier_orders, pools_of

OPEN = (ReviewState.ASSIGNED, ReviewState.STARTED)


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that an order depends on, as it is now."""

    version: int
    bases_sha256: str
    reviews: Sequence[ReviewRow]
    submitted_at: Mapping[str, datetime]
    excluded: Mapping[str, str]
    withdrawn: Sequence[str]
    seed: str | None
    decisions: Sequence[Sequence[str]]
    metrics: Metrics = field(default_factory=dict)  # of those that the rules name
    voids: Sequence[Voided] = ()
    groups: Mapping[str, str] = field(default_factory=dict)  # of evaluators, by juror, where there are any
    round: Round | None = None  # of several, the one that the call is in
    pools: Mapping[str, str] | None = None  # submission → pool, where the round has any
    carried: Carried = NOTHING_CARRIED  # from the rounds before
    before: int = 0  # how many did not come as far as this round

    @property
    def final(self) -> list[ReviewRow]:
        return [row for row in self.reviews if row.state is ReviewState.FINAL]

    def unmeasured(self, rules: RankingRules) -> dict[str, int]:
        """Metric → how many proposals have no value of it, of those that an order needs."""
        needed = [one.code for one in metrics_of(rules) if one.is_needed]
        lacking = {code: len(self.submitted_at.keys() - self.metrics.get(code, {}).keys()) for code in needed}
        return {code: count for code, count in lacking.items() if count}

    @property
    def open_reviews(self) -> int:
        return sum(row.state in OPEN for row in self.reviews)

    @property
    def ballots(self) -> list[Ballot]:
        return [
            Ballot(row.submission, row.juror, row.sector, row.marks, self.groups.get(row.juror, ""))
            for row in self.final
        ]

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of all of it."""
        document: dict[str, Any] = {
            "bases": self.bases_sha256,
            "reviews": [
                [row.review, row.submission, row.juror, row.sector, row.state] for row in self.reviews
            ],
            "marks": [[row.review, _marks(row.marks)] for row in self.final],
            "submitted": {code: at.isoformat() for code, at in self.submitted_at.items()},
            "excluded": dict(self.excluded),
            "withdrawn": list(self.withdrawn),
            "seed": self.seed,
            "chair": [list(order) for order in self.decisions],
        }
        if self.metrics:
            document["metrics"] = {metric: _marks(values) for metric, values in self.metrics.items()}
        if self.round is not None:
            document["round"] = self.round.code
            document["pools"] = None if self.pools is None else dict(self.pools)
            document["carried"] = {code: str(part) for code, part in self.carried.brought.items()}
        if self.voids:
            document["voids"] = [[one.place, list(one.submissions), one.reason] for one in self.voids]
        if self.groups:
            document["groups"] = {row.juror: self.groups.get(row.juror, "") for row in self.reviews}
        return fingerprint(document)


@dataclass(frozen=True, slots=True)
class Computed:
    """An order, the text that is kept of it, and the fingerprint of what it was computed from."""

    record: Record
    content: str
    fingerprint: str


def inputs_of(call: Call) -> Inputs:
    """What the order of a call depends on: six SELECTs, however large the call; one more where it measures,
    one with groups of evaluators, and three more at most where it has rounds.
    """
    if call.version is None:
        raise LookupError(f"call {call.code} was loaded without its bases")
    received = competitors(call)
    seed = seed_of(call)
    return Inputs(
        version=call.version.number,
        bases_sha256=call.version.sha256,
        reviews=reviews_for_ranking(call),
        submitted_at={
            row.code: row.submitted_at for row in received if row.state is SubmissionState.SUBMITTED
        },
        excluded={
            row.code: row.excluded_reason or "" for row in received if row.state is SubmissionState.EXCLUDED
        },
        withdrawn=[row.code for row in received if row.state not in COMPETED],
        seed=seed.seed if seed else None,
        decisions=[decision.order for decision in chair_decisions(call)],
        metrics=values_of(call),
        voids=_voids(call),
        groups=groups_of_jurors(call),
        before=sum(row.state in LEFT_BEHIND for row in received),
        **_of_round(call),
    )


def _of_round(call: Call) -> dict[str, Any]:
    """What else an order depends on where a call has several rounds: pools, and what earlier marks count."""
    rounds = call.announced.rounds
    if not rounds:
        return {}
    one, rules = rounds[call.round], call.announced.ranking_rules
    own = [{line.submission: line.own_score for line in each.lines} for each in earlier_orders(call)]
    carried = carried_into(rules, call.round, own)
    return {"round": one, "pools": pools_of(call, one.pools), "carried": carried}


def computed(call: Call, inputs: Inputs) -> Computed:
    """The order by the bases in force. Raises ``CannotRankError`` with everything that is in the way."""
    ranking, needs_seed = _ranked(call.bases.ranking_rules, inputs)
    context = Context(
        version=inputs.version,
        winners=_winning_places(call, inputs),
        exclusions=tuple(Exclusion(code, reason) for code, reason in sorted(inputs.excluded.items())),
        withdrawn=tuple(inputs.withdrawn),
        reviews=Counter(row.state.value for row in inputs.reviews),
        jurors=Counter(sector for _, sector in {(row.juror, row.sector) for row in inputs.final}),
        seed=inputs.seed,
        needs_seed=needs_seed,
        voids=tuple(inputs.voids),
        round=inputs.round.code if inputs.round else "",
        before=inputs.before,
    )
    record = record_of(merged(ranking), context, inputs.pools)
    return Computed(record, written(record), inputs.fingerprint)


def _winning_places(call: Call, inputs: Inputs) -> int:
    """How many places win; in a round that another one follows, how many go on."""
    if inputs.round is None or not call.closes_rounds:
        return call.bases.winners
    return places_that_advance(inputs.round, len(inputs.submitted_at))


def fates_of(call: Call, chosen: Mapping[str, str] | None = None) -> ClosedRound:
    """What the end of the round that a call is in would be for everybody, by the marks as they are now.

    ``chosen``: who is named by hand, with the reasons. Raises ``CannotRankError``: a place shared at the
    line; somebody named who is not in the round, or without a reason.
    """
    rankings, _needs_seed = _ranked(call.bases.ranking_rules, inputs_of(call))
    return close(call.announced.rounds[call.round], rankings, chosen)


def obstacle(call: Call, ranking: StoredRanking) -> Reason | None:
    """What keeps an order from becoming public now: nothing, when the chair confirmed it, and the marks and
    the bases still give exactly this one, and no other round follows.
    """
    return Reason.ROUND_FOLLOWS if call.closes_rounds else not_settled(call, ranking)


def not_settled(call: Call, ranking: StoredRanking) -> Reason | None:
    """What keeps an order from being the jury's last word on its round."""
    if call.state != CallState.PUBLISHED:
        return Reason.CALL_ENDED
    if destination(RANKING, "publish", ranking.state) is None or not is_reproduced(call, ranking):
        return Reason.RANKING_STALE
    return None


def is_reproduced(call: Call, ranking: StoredRanking) -> bool:
    """Whether the marks and the bases, as they are now, give this order to the last byte."""
    inputs = inputs_of(call)
    if inputs.fingerprint != ranking.input_sha256:
        return False
    try:
        return computed(call, inputs).content == ranking.content
    except CannotRankError:
        return False


def lottery_of(rules: RankingRules) -> TieKey | None:
    """The key of the chain that draws lots from a public source, if there is one."""
    return next((key for key in rules.tie_break if key.key is TieKeyKind.LOTTERY and key.seed is None), None)


def _voids(call: Call) -> list[Voided]:
    last = {decision.place: decision for decision in prize_decisions(call)}
    return [
        Voided(place, tuple(last[place].submissions), last[place].reason)
        for place in sorted(last)
        if last[place].is_void
    ]


def _ranked(rules: RankingRules, inputs: Inputs) -> tuple[Mapping[str, Ranking], bool]:
    """The order of each pool; and whether a tie is left for a lottery whose seed is still to come.

    A tie that reaches the chair first can be shown to the chair before the seed is known: what the chair
    decides needs no lottery.
    """
    facts = TieFacts(inputs.submitted_at, inputs.decisions, inputs.seed, inputs.metrics)
    ranked = partial(
        rank_round,
        ballots=inputs.ballots,
        submissions=inputs.submitted_at,
        pools=inputs.pools,
        facts=facts,
        carried=inputs.carried,
    )
    try:
        return ranked(rules), False
    except CannotRankError as error:
        shorter = _until_chair(rules)
        only_seed = all(fault.kind is FaultKind.SEED_NEEDED for fault in error.faults)
        if shorter is None or not only_seed:
            raise
        return ranked(shorter), True


def _until_chair(rules: RankingRules) -> RankingRules | None:
    kinds = [key.key for key in rules.tie_break]
    if TieKeyKind.CHAIR not in kinds:
        return None
    return replace(rules, tie_break=rules.tie_break[: kinds.index(TieKeyKind.CHAIR) + 1])


def _marks(marks: Mapping[str, Decimal]) -> dict[str, str]:
    return {code: f"{value:f}" for code, value in marks.items()}
