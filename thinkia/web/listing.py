"""Lists: a page of rows and how many there are, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy import Select, func, select

from thinkia.db import db

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list."""

    rows: Sequence[Any]
    total: int
    number: int
    per_page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))


def page_number() -> int:
    """The page that the address asks for, from 1."""
    asked = request.args.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


def listing(statement: Select[Any], number: int, *, per_page: int = PER_PAGE) -> Listing:
    """One page of an ordered SELECT: two queries, however many rows. Single entities come bare."""
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    result = db.session.execute(statement.limit(per_page).offset((number - 1) * per_page))
    rows: Sequence[Any] = result.scalars().all() if len(statement.column_descriptions) == 1 else result.all()
    return Listing(rows, total, number, per_page)
