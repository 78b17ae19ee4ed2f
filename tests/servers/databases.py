"""Databases for tests: migrated once a run, then copied; each test's own changes are rolled back or thrown away."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
from flask import Flask

import thinkia
from config import Settings
from tests import servers
from tests.servers import postgres
from thinkia.db import db

KINDS = ("sqlite", "postgresql")
MIGRATIONS = Path(__file__).parents[2] / "migrations"
_TEMPLATE = "thinkia_template"


def fresh(kind: str, name: str) -> str:
    """The address of a new, migrated, empty database, in place of an older one of this name."""
    template = servers.once(f"template-{kind}", lambda: _migrated(kind))
    if kind == "postgresql":
        return postgres.create(name, template=_TEMPLATE)
    for rest in ("-wal", "-shm"):
        _file(name + ".sqlite" + rest).unlink(missing_ok=True)
    shutil.copyfile(template, _file(f"{name}.sqlite"))
    return _sqlite(name)


def empty(kind: str, name: str) -> str:
    """The address of a database in which nothing has been migrated yet."""
    if kind == "postgresql":
        return postgres.create(name)
    _file(f"{name}.sqlite").unlink(missing_ok=True)
    return _sqlite(name)


def settings(database_url: str, data: Path, **changes: object) -> Settings:
    """Settings of an application under test: cheap passwords, no relay of its own."""
    data.mkdir(parents=True, exist_ok=True)
    usual = {"env": "test", "secret": "for tests alone", "cheap_passwords": True, "relay": False}
    return Settings(**{**usual, "database_url": database_url, "data": data, **changes})


@contextlib.contextmanager
def rolled_back(app: Flask) -> Iterator[None]:
    """Whatever is committed inside is gone afterwards: sessions work in savepoints of one connection."""
    engines = db.engines
    engine = engines[None]
    db.session.remove()
    with engine.connect() as connection:
        transaction = connection.begin()
        engines[None] = connection
        try:
            yield
        finally:
            db.session.remove()
            engines[None] = engine
            transaction.rollback()


def dispose(app: Flask) -> None:
    """Close the application's connections."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def _migrated(kind: str) -> str:
    address = empty(kind, _TEMPLATE)
    app = thinkia.create_app(settings(address, servers.folder() / "template"))
    with app.app_context():
        flask_migrate.upgrade(directory=str(MIGRATIONS))
    dispose(app)
    return str(_file(f"{_TEMPLATE}.sqlite")) if kind == "sqlite" else address


def _sqlite(name: str) -> str:
    return f"sqlite:///{_file(name + '.sqlite')}"


def _file(name: str) -> Path:
    return servers.folder() / name
