"""The tables of results: orders with what people decided for them, their studies, publications."""

from thinkia.results.models.orders import ChairDecision, LotterySeed, PrizeDecision, Ranking
from thinkia.results.models.publication import Publication
from thinkia.results.models.rounds import RoundClosing
from thinkia.results.models.studies import RankingStudy

__all__ = [
    "ChairDecision",
    "LotterySeed",
    "PrizeDecision",
    "Publication",
    "Ranking",
    "RankingStudy",
    "RoundClosing",
]
