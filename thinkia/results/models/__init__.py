"""The tables of results: orders with what people decided for them, and what left the platform."""

from thinkia.results.models.exports import Export
from thinkia.results.models.orders import ChairDecision, LotterySeed, Ranking

__all__ = ["ChairDecision", "Export", "LotterySeed", "Ranking"]
