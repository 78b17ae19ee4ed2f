"""What people do with results: compute the order, decide ties, confirm, publish."""

from thinkia.results.services.order import propose, record_seed
from thinkia.results.services.publication import publish, tell
from thinkia.results.services.verdict import confirm, decide_tie

__all__ = [
    "confirm",
    "decide_tie",
    "propose",
    "publish",
    "record_seed",
    "tell",
]
