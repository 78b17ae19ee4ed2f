"""What people do with results: compute the order, decide ties, confirm, publish."""

from thinkia.results.services.order import propose, record_seed
from thinkia.results.services.publication import publish, tell
from thinkia.results.services.scheduling import WINDOW, cancel, carry_out, schedule
from thinkia.results.services.verdict import confirm, decide_tie

__all__ = [
    "WINDOW",
    "cancel",
    "carry_out",
    "confirm",
    "decide_tie",
    "propose",
    "publish",
    "record_seed",
    "schedule",
    "tell",
]
