"""``flask demo reset``: whatever is there is gone, files and letters too, and the sample calls are as new."""

import pytest
from sqlalchemy import func, select, text

from tests.builders import NOON
from tests.demo.test_seed import flask
from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import transaction


def codes():
    return sorted(db.session.scalars(select(Call.code)))


def references_are_watched():
    with db.engine.connect() as connection:
        return connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


@pytest.mark.database("sqlite")  # which looks at every row when a table is dropped
def test_everything_starts_over_on_sample_data(committed_app, place):
    samples = ["demo-jury", "demo-open", "demo-results"]
    flask(committed_app, "demo", "seed")
    people = db.session.scalar(select(func.count()).select_from(Account))
    for folder in ("files", "mail"):
        (place.data / folder).mkdir(exist_ok=True)
        (place.data / folder / "left").write_text("from before")
    with transaction():
        db.session.add(Account(email="ana@example.org", name="Ana", created_at=NOON))
    db.session.remove()

    said = flask(committed_app, "demo", "reset", "--yes")

    assert [line.split()[-1] for line in said.splitlines()] == samples
    assert codes() == samples
    assert db.session.scalar(select(func.count()).select_from(Account)) == people
    assert not any((place.data / folder / "left").exists() for folder in ("files", "mail"))
    db.session.remove()
    assert references_are_watched()
