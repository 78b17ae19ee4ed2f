"""What is told after a result became public: to many people, some at a time."""

from itertools import islice
from typing import Any

from thinkia import clock
from thinkia.calls.hooks import Reader
from thinkia.db import db
from thinkia.outside.outbox import task
from thinkia.results import services
from thinkia.results.queries import people_to_tell, ranking_by_id

AT_ONCE = 100


@task("results.tell")
def tell(ranking_id: int) -> dict[str, Any]:
    """Tell the people of a call that its result is public."""
    ranking = ranking_by_id(ranking_id)
    if ranking is None or ranking.published_at is None:
        return {"told": 0}
    readers = iter([Reader(*row) for row in db.session.execute(people_to_tell(ranking.call))])
    told = 0
    while group := list(islice(readers, AT_ONCE)):
        services.tell(ranking.call, group, clock.now())
        told += len(group)
    return {"told": told}
