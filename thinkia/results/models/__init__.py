"""The tables of results: orders with what people decided for them, publications."""

from thinkia.results.models.orders import ChairDecision, LotterySeed, Ranking
from thinkia.results.models.publication import Publication

__all__ = ["ChairDecision", "LotterySeed", "Publication", "Ranking"]
