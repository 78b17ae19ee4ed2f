"""A result that becomes public at its hour, and what is told after: to many people, some at a time."""

from collections.abc import Callable
from itertools import islice
from typing import Any

from sqlalchemy import Select

from thinkia import clock
from thinkia.calls.hooks import Reader
from thinkia.db import db
from thinkia.outside.outbox import task
from thinkia.results import services
from thinkia.results.models import Ranking
from thinkia.results.queries import people_to_tell, ranking_by_id
from thinkia.results.queries.publications import people_told, publication_by_id

AT_ONCE = 100


@task("results.publish")
def publish(publication_id: int) -> dict[str, Any]:
    """Make an order public at the hour that it was given, if nothing is in the way."""
    publication = publication_by_id(publication_id)
    if publication is None:
        return {}
    return {"state": services.carry_out(publication, clock.now()).state}


@task("results.tell")
def tell(ranking_id: int) -> dict[str, Any]:
    """Tell the people of a call that its result is public."""
    ranking = ranking_by_id(ranking_id)
    if ranking is None or ranking.published_at is None:
        return {"told": 0}
    return {"told": _tell(ranking, people_to_tell(ranking.call), services.tell)}


@task("results.tell_taken_back")
def tell_taken_back(ranking_id: int) -> dict[str, Any]:
    """Tell those who had a letter of a result that it was taken back."""
    ranking = ranking_by_id(ranking_id)
    if ranking is None or ranking.taken_back_at is None:
        return {"told": 0}
    return {"told": _tell(ranking, people_told(ranking), services.tell_taken_back)}


def _tell(ranking: Ranking, people: Select[Any], write: Callable[..., object]) -> int:
    readers = iter([Reader(*row) for row in db.session.execute(people)])
    told = 0
    while group := list(islice(readers, AT_ONCE)):
        write(ranking, group, clock.now())
        told += len(group)
    return told
