"""One use case, one transaction."""

import threading
from decimal import Decimal

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import StatementError

from tests import builders as given
from tests.builders import NOON
from thinkia.accounts.models import Account
from thinkia.db import db
from thinkia.db.transaction import afterwards, atomic, lock, transaction
from thinkia.db.types import ExactDecimal
from thinkia.organisations.models import Host


def names():
    return set(db.session.scalars(select(Host.code)))


def test_what_a_use_case_did_is_kept_together_or_not_at_all(app):
    @atomic
    def open_two(*, fails):
        given.a_host("first")
        given.a_host("second")
        if fails:
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError):
        open_two(fails=True)
    assert names() == set()
    open_two(fails=False)
    assert names() == {"first", "second"}


def test_a_use_case_inside_another_joins_it(app):
    inner = atomic(lambda: given.a_host("inner"))

    @atomic
    def outer():
        inner()
        raise RuntimeError("the outer one fails")

    with pytest.raises(RuntimeError, match="outer"):
        outer()

    assert names() == set()


def test_hints_are_given_only_once_it_is_safe(app):
    told = []
    with transaction():
        afterwards(lambda: told.append("now"))
        assert told == []
    assert told == ["now"]

    @atomic
    def in_vain():
        afterwards(lambda: told.append("never"))
        raise RuntimeError("in vain")

    with pytest.raises(RuntimeError, match="in vain"):
        in_vain()
    assert told == ["now"]


def test_a_change_outside_a_use_case_is_a_bug(app):
    db.session.add(Host(code="stray", name="x", created_at=NOON))

    with pytest.raises(RuntimeError, match="outside a use case"), transaction():
        pass


def test_readers_who_then_write_queue_and_none_is_lost(committed_app):
    """Twenty threads read a counter and add one. Without the lock some additions overwrite others."""
    with transaction():
        account_id = given.an_account("0").id

    def add_one():
        with committed_app.app_context():
            account = db.session.get_one(Account, account_id)
            with transaction():
                fresh = lock(account)
                fresh.name = str(int(fresh.name) + 1)

    in_threads(add_one)
    assert db.session.scalar(select(Account.name).where(Account.id == account_id)) == "20"


@pytest.mark.database("postgresql")
def test_without_the_lock_additions_are_lost(committed_app):
    """The negative control: the same race with nothing to settle it."""
    with transaction():
        account_id = given.an_account("0").id
    together = threading.Barrier(10)

    def add_one():
        with committed_app.app_context(), transaction():
            name = db.session.scalar(select(Account.name).where(Account.id == account_id))
            together.wait(10)
            db.session.execute(
                update(Account).where(Account.id == account_id).values(name=str(int(name) + 1))
            )

    in_threads(add_one, 10)
    assert int(db.session.scalar(select(Account.name).where(Account.id == account_id))) < 10


def test_a_naive_moment_never_reaches_the_database(app):
    with pytest.raises(StatementError, match="naive"):
        given.an_account(now=NOON.replace(tzinfo=None))


def test_marks_are_kept_exactly(app):
    kept = ExactDecimal()
    for value in ("0", "0.1", "3.333333", "-2.5", "100000"):
        assert kept.process_result_value(kept.process_bind_param(Decimal(value), None), None) == Decimal(
            value
        )
    with pytest.raises(ValueError, match="six"):
        kept.process_bind_param(Decimal("0.1234567"), None)


def test_foreign_keys_hold_on_every_database(app, database):
    if database == "sqlite":
        assert db.session.scalar(text("PRAGMA foreign_keys")) == 1


def in_threads(work, count=20):
    errors = []

    def guarded():
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - told below
            errors.append(error)

    threads = [threading.Thread(target=guarded) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert errors == []
