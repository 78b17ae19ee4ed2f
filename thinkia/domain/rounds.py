"""What a call with several rounds says of each: pools, who goes on, what earlier marks count."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class PoolBy(StrEnum):
    """What parts the proposals of a round into pools, each with an order of its own."""

    CHALLENGE = "challenge"
    QUESTION = "question"  # the answer to a question of one choice
    LIST = "list"  # named one by one, beside marks given elsewhere


@dataclass(frozen=True, slots=True)
class Pools:
    by: PoolBy
    question: str = ""


@dataclass(frozen=True, slots=True)
class Advance:
    """Who goes on to the next round: the ``top`` so many, so many of each pool, whoever reaches ``cut_off``,
    or whom people name ``by_hand`` with a reason. Beside a number a cut-off keeps out whoever misses it.
    """

    top: int | None = None
    top_per_pool: int | None = None
    cut_off: Decimal | None = None
    by_hand: bool = False


class AtLine(StrEnum):
    """What becomes of a shared place at the line, or on the waiting list, that the tie chain leaves."""

    REFUSE = "refuse"  # the round cannot be closed until something decides
    TAKE_ALL = "take_all"  # whoever shares the place goes on


class EarlierMarks(StrEnum):
    RESET = "reset"  # a round's score is of its own marks alone
    CARRIED = "carried"  # it is the mean of the rounds since the last reset, by their shares
