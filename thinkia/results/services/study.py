"""The study of an order: asked for with the order, made later, kept once."""

from datetime import datetime

from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.outside.outbox import TaskState, enqueue
from thinkia.results.models import Ranking, RankingStudy
from thinkia.results.queries import WITH_CALL, ranking_by_id
from thinkia.results.queries.study import study_of

STUDY = "results.study"
DRAWS = 400
UNDER_WAY = (TaskState.WAITING, TaskState.RUNNING)


@atomic
def ask(ranking: Ranking, now: datetime) -> RankingStudy:
    """Have an order studied in the background. One that is made or under way is not asked for again.

    The seed of its draws comes from what the order was computed from: chosen by nobody.
    """
    known = study_of(lock(ranking, *WITH_CALL))
    if known is not None and (known.content is not None or known.outbox.state in UNDER_WAY):
        return known
    task = enqueue(STUDY, now, ranking_id=ranking.id)
    if known is not None:
        known.outbox_id, known.asked_at = task.id, now
        return known
    study = RankingStudy(
        ranking_id=ranking.id,
        input_sha256=ranking.input_sha256,
        seed=int(ranking.input_sha256[:8], 16),
        draws=DRAWS,
        asked_at=now,
        outbox_id=task.id,
    )
    db.session.add(study)
    db.session.flush()
    return study


@atomic
def keep(ranking_id: int, content: str, now: datetime) -> None:
    """Keep what was found; what is kept already stays."""
    ranking = ranking_by_id(ranking_id)
    study = None if ranking is None else study_of(lock(ranking, *WITH_CALL))
    if study is not None and study.content is None:
        study.content, study.made_at = content, now
