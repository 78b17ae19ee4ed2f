"""Rows by the thousand."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import insert

from thinkia.db import db
from thinkia.demo.accounts import PASSPHRASE, hashed_once
from thinkia.demo.people import people

Row = dict[str, Any]


def insert_rows(model: Any, rows: Iterable[Row]) -> list[int]:
    """Write rows in batches; their ids in the same order."""
    statement, every = insert(model).returning(model.id, sort_by_parameter_order=True), list(rows)
    return list(db.session.scalars(statement, every)) if every else []


def account_rows(prefix: str, count: int, at: datetime) -> list[Row]:
    """Verified sample people: ``prefix0@example.org`` and so on, all with the sample passphrase."""
    known = {"birth_date": date(1994, 5, 24), "password_hash": hashed_once(PASSPHRASE)}
    moments = {"created_at": at, "verified_at": at, "password_changed_at": at}
    return [
        {
            "email": f"{prefix}{number}@example.org",
            "name": person.name,
            "province": person.province,
            "canton": person.canton,
            "institution": person.institution,
            **known,
            **moments,
        }
        for number, person in enumerate(islice(people(), count))
    ]
