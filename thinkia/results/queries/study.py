"""SELECTs about the studies of orders."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from thinkia.db import db
from thinkia.results.models import Ranking, RankingStudy


def study_of(ranking: Ranking) -> RankingStudy | None:
    """The study of an order, made or under way, with its task."""
    return db.session.scalar(
        select(RankingStudy)
        .where(RankingStudy.ranking_id == ranking.id)
        .options(joinedload(RankingStudy.outbox))
        .execution_options(populate_existing=True)
    )
