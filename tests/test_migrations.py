"""Migrations say what the models say, and go up, down and up again, on both databases."""

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

import thinkia
from tests.servers import databases
from tests.servers.fixtures import needed
from thinkia.db import db

MIGRATIONS = str(databases.MIGRATIONS)


@pytest.fixture
def unmigrated(database, worker, tmp_path):
    url = needed(lambda: databases.empty(database, f"thinkia_unmigrated_{worker}"))
    app = thinkia.create_app(databases.settings(url, tmp_path))
    with app.app_context():
        yield app
    databases.dispose(app)


def tables():
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_they_end_in_what_the_models_say(unmigrated):
    flask_migrate.upgrade(directory=MIGRATIONS)
    assert tables() == set(db.metadata.tables)
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_they_go_up_and_down_and_up_again(unmigrated):
    flask_migrate.upgrade(directory=MIGRATIONS)
    before = tables()
    flask_migrate.downgrade(directory=MIGRATIONS, revision="base")
    assert tables() == set()
    flask_migrate.upgrade(directory=MIGRATIONS)
    assert tables() == before


def test_they_have_one_head():
    assert len(ScriptDirectory(MIGRATIONS).get_heads()) == 1
