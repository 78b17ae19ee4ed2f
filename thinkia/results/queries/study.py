"""SELECTs about the studies of orders."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.jury.models import Juror
from thinkia.results.models import Ranking, RankingStudy


def study_of(ranking: Ranking) -> RankingStudy | None:
    """The study of an order, made or under way, with its task."""
    return db.session.scalar(
        select(RankingStudy)
        .where(RankingStudy.ranking_id == ranking.id)
        .options(joinedload(RankingStudy.outbox))
        .execution_options(populate_existing=True)
    )


def names_of_jurors(call: Call, codes: Sequence[str]) -> dict[str, str]:
    """Code → name."""
    rows = db.session.execute(
        select(Juror.code, Juror.name).where(Juror.call_id == call.id, Juror.code.in_(codes))
    )
    return dict(rows.tuples().all())
