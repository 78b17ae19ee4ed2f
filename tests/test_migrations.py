"""Migrations say what the models say, and go up, down and up again, on both databases."""

import shutil

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect

import thinkia
from tests.builders import NOON
from tests.servers import databases
from tests.servers.fixtures import needed
from thinkia.accounts.models import Account, SignIn
from thinkia.db import db
from thinkia.db.transaction import transaction

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


def test_they_leave_the_same_conditions_and_indexes_as_the_models(unmigrated):
    """Alembic compares columns. CHECKs, what a partial index is of, and what a deletion takes along: here."""
    flask_migrate.upgrade(directory=MIGRATIONS)
    migrated = details()
    flask_migrate.downgrade(directory=MIGRATIONS, revision="base")
    models = copy_of_models()
    models.create_all(db.engine)
    assert details() == migrated
    models.drop_all(db.engine)


def copy_of_models():
    """Tables of their own: making keys that go in circles on PostgreSQL marks them for every later database."""
    models = MetaData(naming_convention=db.metadata.naming_convention)
    for table in db.metadata.tables.values():
        table.to_metadata(models)
    return models


def details():
    """What a database says of each table, beyond its columns' names."""
    found = inspect(db.engine)
    return {
        table: {
            "columns": {
                each["name"]: (str(each["type"]), each["nullable"]) for each in found.get_columns(table)
            },
            "checks": {each["name"]: each["sqltext"] for each in found.get_check_constraints(table)},
            "indexes": {each["name"]: _index(each) for each in found.get_indexes(table)},
            "unique": {each["name"]: each["column_names"] for each in found.get_unique_constraints(table)},
            "keys": {each["name"]: each["options"] for each in found.get_foreign_keys(table)},
        }
        for table in tables()
    }


def _index(index):
    options = index.get("dialect_options", {})
    where = next((str(value) for name, value in options.items() if name.endswith("_where")), "")
    return index["column_names"], bool(index["unique"]), where


def test_they_go_up_and_down_and_up_again(unmigrated):
    flask_migrate.upgrade(directory=MIGRATIONS)
    before = tables()
    flask_migrate.downgrade(directory=MIGRATIONS, revision="base")
    assert tables() == set()
    flask_migrate.upgrade(directory=MIGRATIONS)
    assert tables() == before


def test_they_have_one_head():
    assert len(ScriptDirectory(MIGRATIONS).get_heads()) == 1


LATER = """
from alembic import op

revision, down_revision = "later", {head!r}


def upgrade():
    {does}
"""
MAKE_AGAIN = 'with op.batch_alter_table("account", recreate="always"): pass'
LOSE = 'op.execute("DELETE FROM account")'


@pytest.fixture
def then(unmigrated, tmp_path):
    """On a database with a person who is signed in, a later migration that does so."""
    flask_migrate.upgrade(directory=MIGRATIONS)
    with transaction():
        person = Account(email="ana@example.org", name="Ana", created_at=NOON)
        db.session.add(person)
        db.session.flush()
        db.session.add(SignIn(account_id=person.id, token_hash="a", created_at=NOON, seen_at=NOON))

    def migrate(does):
        folder = tmp_path / "migrations"
        shutil.copytree(MIGRATIONS, folder)
        (head,) = ScriptDirectory(MIGRATIONS).get_heads()
        (folder / "versions" / "later.py").write_text(LATER.format(head=head, does=does))
        flask_migrate.upgrade(directory=str(folder))

    return migrate


def rows(table):
    with db.engine.connect() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()


@pytest.mark.database("sqlite")
def test_a_table_that_is_made_again_keeps_the_rows_that_refer_to_it(then):
    then(MAKE_AGAIN)
    assert (rows("account"), rows("sign_in")) == (1, 1)


@pytest.mark.database("sqlite")
def test_a_migration_that_leaves_rows_referring_to_nothing_is_undone_whole(then, caplog):
    with pytest.raises(SystemExit):
        then(LOSE)
    assert "rows refer to what is not there: [('sign_in'" in caplog.text
    assert (rows("account"), rows("sign_in")) == (1, 1)
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
