"""Alembic, run by Flask-Migrate: the application's engine and metadata."""

from alembic import context
from flask import current_app

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
    """Run against the application's database, in one transaction."""
    arguments = dict(current_app.extensions["migrate"].configure_args)
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, **arguments)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
