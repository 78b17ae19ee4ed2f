"""Alembic, run by Flask-Migrate: the application's engine and metadata."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from thinkia.db import db

config = context.config


def run_offline() -> None:
    """Print the SQL instead of running it."""
    url = db.engine.url.render_as_string(hide_password=False)
    context.configure(
        url=url, target_metadata=db.metadata, literal_binds=True, dialect_opts={"paramstyle": "named"}
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Run against the application's database, in one transaction: SQLite can do so too, whatever Alembic thinks."""
    arguments = {**current_app.extensions["migrate"].configure_args, "transactional_ddl": True}
    with db.engine.connect() as connection, references_unwatched(connection):
        context.configure(connection=connection, target_metadata=db.metadata, **arguments)
        with context.begin_transaction():
            context.run_migrations()
            refuse_lost_references(connection)


@contextmanager
def references_unwatched(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making another in its place. While it watches references, dropping the first
    one deletes, or refuses to leave behind, the rows that refer to it. The pragma is deaf inside a transaction.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def refuse_lost_references(connection: Connection) -> None:
    """Keep nothing of a migration that leaves rows of SQLite referring to what is not there."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise RuntimeError(f"rows refer to what is not there: {lost[:5]}")


if context.is_offline_mode():
    run_offline()
else:
    run_online()
