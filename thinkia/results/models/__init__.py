"""The tables of results: orders with what people decided for them."""

from thinkia.results.models.orders import ChairDecision, LotterySeed, Ranking

__all__ = ["ChairDecision", "LotterySeed", "Ranking"]
