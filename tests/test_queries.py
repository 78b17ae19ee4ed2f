"""The counter of statements counts."""

from sqlalchemy import text

from tests.queries import count_queries
from thinkia.db import db
from thinkia.db.transaction import transaction


def test_each_statement_counts_once_and_savepoints_do_not(app):
    with count_queries() as queries, transaction():
        db.session.execute(text("SELECT 1"))
        db.session.execute(text("SELECT 2"))
    assert len(queries) == 2, queries
    db.session.execute(text("SELECT 3"))
    assert queries == ["SELECT 1", "SELECT 2"]
