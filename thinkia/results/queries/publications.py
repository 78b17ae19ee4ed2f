"""Publications that have an hour."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.lifecycle import PublicationState
from thinkia.results.models import Publication
from thinkia.results.queries import WITH_CALL

WITH_RANKING = (joinedload(Publication.ranking).options(*WITH_CALL),)


def waiting_publication(call: Call) -> Publication | None:
    """The one whose hour is to come, with its order. There is one at most."""
    return db.session.scalar(
        select(Publication)
        .where(Publication.call_id == call.id, Publication.state == PublicationState.WAITING)
        .options(*WITH_RANKING)
    )


def newest_publication(call: Call) -> Publication | None:
    """The last one that was given an hour, whatever became of it; with its order."""
    return db.session.scalar(
        select(Publication)
        .where(Publication.call_id == call.id)
        .order_by(Publication.id.desc())
        .limit(1)
        .options(*WITH_RANKING)
    )


def publication_by_id(publication_id: int) -> Publication | None:
    """One of them, with its order and call, for work that is done later."""
    return db.session.scalar(
        select(Publication).where(Publication.id == publication_id).options(*WITH_RANKING)
    )
