"""Rows of a round of a call: once it is closed they are history, and no query finds them by itself.

A call that is judged once has one round and never closes it. Whoever reads history says so::

    db.session.execute(statement, execution_options=EVERY_ROUND)
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import event, update
from sqlalchemy.orm import Mapped, ORMExecuteState, mapped_column, with_loader_criteria

from thinkia.db import db

EVERY_ROUND: Final[Mapping[str, Any]] = {"every_round": True}


class OfRound:
    """Of the round that its call is in, while ``closed_round`` is empty; then the number of it, from 0.

    ``select`` with the table among its columns or in ``select_from`` finds the first kind alone, in
    subqueries and joins too. ``exists()`` and ``select(func.count())`` that name it only in ``where`` are
    not looked into: a test keeps them out.
    """

    closed_round: Mapped[int | None] = mapped_column()


def close_round(call_id: int, number: int) -> None:
    """Make history of everything that belongs to the round that a call is in."""
    for table in OfRound.__subclasses__():
        rows: Any = table
        db.session.execute(update(rows).where(rows.call_id == call_id).values(closed_round=number))


@event.listens_for(db.session, "do_orm_execute")
def _only_of_this_round(state: ORMExecuteState) -> None:
    if state.is_column_load or state.execution_options.get("every_round"):
        return
    state.statement = state.statement.options(_THIS_ROUND)


_THIS_ROUND = with_loader_criteria(OfRound, lambda table: table.closed_round.is_(None), include_aliases=True)
