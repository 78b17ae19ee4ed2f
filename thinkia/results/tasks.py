"""What is done later: a result that becomes public at its hour and who is told; the study of an order."""

from collections.abc import Callable
from itertools import islice
from typing import Any

from sqlalchemy import Select

from thinkia import clock
from thinkia.calls.hooks import Reader
from thinkia.db import db
from thinkia.db.transaction import end_reading
from thinkia.domain.ranking.record import read
from thinkia.domain.ranking.study.record import written
from thinkia.outside.outbox import report, task
from thinkia.results import services
from thinkia.results.computation import inputs_of
from thinkia.results.models import Ranking
from thinkia.results.queries import people_to_tell, ranking_by_id
from thinkia.results.queries.publications import people_told, publication_by_id
from thinkia.results.queries.rounds import closing_by_id
from thinkia.results.queries.study import study_of
from thinkia.results.services import study as services_of_study
from thinkia.results.services.study import STUDY

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


@task("results.tell_round")
def tell_round(closing_id: int) -> dict[str, Any]:
    """Tell the teams of a round that it is closed, and what that is for each."""
    closing = closing_by_id(closing_id)
    if closing is None:
        return {"told": 0}
    fates = iter(closing.decided.fates)
    told = 0
    while group := list(islice(fates, AT_ONCE)):
        told += services.tell_round(closing, group, clock.now())
    return {"told": told}


def _tell(ranking: Ranking, people: Select[Any], write: Callable[..., object]) -> int:
    readers = iter([Reader(*row) for row in db.session.execute(people)])
    told = 0
    while group := list(islice(readers, AT_ONCE)):
        write(ranking, group, clock.now())
        told += len(group)
    return told


@task(STUDY)
def make_study(ranking_id: int) -> dict[str, Any]:
    """Study an order by what it was computed from. Running twice keeps the first; an order whose marks have
    changed since is not studied.
    """
    ranking = ranking_by_id(ranking_id)
    found = None if ranking is None else study_of(ranking)
    if ranking is None or found is None or found.content is not None:
        return {"step": "done"}
    # numpy, 15 MB that no other task of a worker needs
    from thinkia.results.current_study import studied  # noqa: PLC0415

    rules, inputs = ranking.call.bases.ranking_rules, inputs_of(ranking.call)
    if inputs.fingerprint != found.input_sha256:
        return {"step": "changed"}
    record, draws, seed, outbox_id = read(ranking.content), found.draws, found.seed, found.outbox_id
    end_reading()
    report(outbox_id, {"step": "studying", "reviews": len(inputs.final)})
    text = written(studied(rules, inputs, record, draws=draws, seed=seed))
    services_of_study.keep(ranking_id, text, clock.now())
    return {"step": "done"}
