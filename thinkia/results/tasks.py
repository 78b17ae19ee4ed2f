"""A result that becomes public at its hour, and what is told after: to many people, some at a time."""

from itertools import islice
from typing import Any

from thinkia import clock
from thinkia.calls.hooks import Reader
from thinkia.db import db
from thinkia.outside.outbox import task
from thinkia.results import services
from thinkia.results.queries import people_to_tell, ranking_by_id
from thinkia.results.queries.publications import publication_by_id

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
    readers = iter([Reader(*row) for row in db.session.execute(people_to_tell(ranking.call))])
    told = 0
    while group := list(islice(readers, AT_ONCE)):
        services.tell(ranking, group, clock.now())
        told += len(group)
    return {"told": told}
