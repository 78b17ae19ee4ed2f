"""What a closed round was for each submission, in a text that reads back exactly."""

import json
from collections.abc import Sequence

from thinkia.domain.canonical import canonical_json
from thinkia.domain.ranking.rounds import ClosedRound, Fate, Outcome, Why

FORMAT = 1


def written(closed: ClosedRound) -> str:
    """Who went on, who waits and who did not, as canonical JSON. ``read`` is its inverse."""
    return canonical_json({"format": FORMAT, "round": closed.round, "fates": [*map(_row, closed.fates)]})


def read(text: str) -> ClosedRound:
    """The same, without the orders, which are kept apart."""
    document = json.loads(text)
    fates = tuple(
        Fate(code, pool, place, Outcome(outcome), Why(why), turn, reason)
        for code, pool, place, outcome, why, turn, reason in document["fates"]
    )
    return ClosedRound(document["round"], {}, fates)


def _row(fate: Fate) -> Sequence[str | int | None]:
    return [
        fate.submission,
        fate.pool,
        fate.place,
        fate.outcome.value,
        fate.why.value,
        fate.turn,
        fate.reason,
    ]
