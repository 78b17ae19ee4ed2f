"""What people do with results: compute the order, decide ties, confirm, publish, export."""

from thinkia.results.services.exports import Left, note_export
from thinkia.results.services.order import propose, record_seed
from thinkia.results.services.publication import publish, tell
from thinkia.results.services.verdict import confirm, decide_tie

__all__ = [
    "Left",
    "confirm",
    "decide_tie",
    "note_export",
    "propose",
    "publish",
    "record_seed",
    "tell",
]
