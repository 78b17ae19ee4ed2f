"""The only module that commits.

A use case is one function under ``@atomic``: it begins, and either everything it did is kept or
nothing is. Use cases that call others join the outer one. On SQLite the transaction begins with
``BEGIN IMMEDIATE``: one that reads first and writes after somebody else's commit would fail at once,
whatever the timeout. On PostgreSQL ``lock`` takes the row.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Engine, event, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from thinkia.db import Base, db

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=Base)

_depth: ContextVar[int] = ContextVar("depth", default=0)
_after: ContextVar[tuple[Callable[[], object], ...]] = ContextVar("after", default=())


@contextmanager
def transaction() -> Iterator[None]:
    """Everything inside is kept together, or not at all."""
    if _depth.get():
        yield
        return
    _end_of_reading(db.session())
    token, after = _depth.set(1), _after.set(())
    try:
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        callbacks = _after.get()
    finally:
        _after.reset(after)
        _depth.reset(token)
    for callback in callbacks:
        callback()


def atomic(use_case: Callable[P, R]) -> Callable[P, R]:
    """Make a use case one transaction."""

    @wraps(use_case)
    def in_one_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction():
            return use_case(*args, **kwargs)

    in_one_transaction.__atomic__ = True  # type: ignore[attr-defined]
    return in_one_transaction


def lock(row: T, *options: Any) -> T:
    """The row as it is now, held until the transaction ends. Nobody else can change it meanwhile.

    Rows that refer to it can be added: each line of the journal refers to its call, so whoever holds a review
    and writes one would otherwise wait for whoever holds the call and wants the review, and neither went on.
    """
    model = type(row)
    identity = [column == getattr(row, str(column.key)) for column in model.__mapper__.primary_key]
    statement = select(model).where(*identity).options(*options)
    return db.session.execute(
        statement.with_for_update(of=model, key_share=True).execution_options(populate_existing=True)
    ).scalar_one()


def afterwards(callback: Callable[[], object]) -> None:
    """Call once the transaction is safe. Only for hints that may be lost (wake the relay), never for work."""
    _after.set((*_after.get(), callback))


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is as it was at one moment, whatever others commit meanwhile. For exports."""
    session = db.session()
    _end_of_reading(session)
    bind = session.get_bind()
    if isinstance(bind, Engine) and bind.dialect.name == "postgresql":  # SQLite's reads are snapshots anyway
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        yield
    except BaseException:
        session.rollback()
        raise
    session.commit()


@contextmanager
def aside() -> Iterator[Connection]:
    """A transaction of its own on another connection, kept whatever becomes of the one under way.

    For saying how far a long reading is, which ends with its transaction.
    """
    with db.engine.begin() as connection:
        yield connection


def end_reading() -> None:
    """Give back what a read holds: for threads that read, then wait."""
    db.session.rollback()


def _end_of_reading(session: Session) -> None:
    """Close the read that loaded the page's objects, so that the use case sees what is there now."""
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed outside a use case")
    if session.in_transaction():
        session.commit()


def use_explicit_begin(engine: Engine) -> None:
    """Let SQLAlchemy, not the driver, begin on SQLite: savepoints then nest and writers queue.

    The folder of the file is made when the database is first used, not before.
    """

    @event.listens_for(engine, "do_connect")
    def _make_folder(*_arguments: object) -> None:
        Path(engine.url.database or ".").parent.mkdir(parents=True, exist_ok=True)

    @event.listens_for(engine, "connect")
    def _connect(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "synchronous=NORMAL"):
            dbapi_connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _depth.get() else "BEGIN")
