"""What people do with results: compute the order, decide ties, confirm, publish."""

from thinkia.results.services.lottery import SEED, ask_for_seed, record_seed
from thinkia.results.services.order import propose
from thinkia.results.services.publication import publish, tell
from thinkia.results.services.rounds import (
    CLOSE_BY_HAND,
    ask_to_close,
    close_as_agreed,
    close_round,
    move_up,
    tell_round,
)
from thinkia.results.services.scheduling import WINDOW, cancel, carry_out, schedule
from thinkia.results.services.taking_back import (
    TAKE_BACK,
    ask_to_take_back,
    take_back,
    take_back_as_agreed,
    tell_taken_back,
)
from thinkia.results.services.verdict import award_after_all, confirm, decide_tie, declare_void

__all__ = [
    "CLOSE_BY_HAND",
    "SEED",
    "TAKE_BACK",
    "WINDOW",
    "ask_for_seed",
    "ask_to_close",
    "ask_to_take_back",
    "award_after_all",
    "cancel",
    "carry_out",
    "close_as_agreed",
    "close_round",
    "confirm",
    "decide_tie",
    "declare_void",
    "move_up",
    "propose",
    "publish",
    "record_seed",
    "schedule",
    "take_back",
    "take_back_as_agreed",
    "tell",
    "tell_round",
    "tell_taken_back",
]
