"""Work that failed for good: seen, tried again, or given up. Each decision is in the journal."""

import pytest

from tests.builders import NOON
from tests.operations.test_check import a_letter, a_task
from thinkia.db import db
from thinkia.journal.models import Entry
from thinkia.outside.outbox import OutboxTask, TaskState


@pytest.fixture
def outbox(app):
    def run(*arguments, code=0):
        db.session.commit()
        result = app.test_cli_runner().invoke(args=["outbox", *map(str, arguments)])
        assert result.exit_code == code, result.output
        db.session.expire_all()
        return result.output

    return run


@pytest.fixture
def failed(app):
    task = a_task(TaskState.FAILED, run_at=NOON)
    task.tries, task.last_error = 9, "Traceback\n  somewhere\nSMTPRecipientsRefused: no such user\n"
    a_letter(task, written_at=NOON)
    return task.id


def test_failed_work_is_listed_with_its_last_error(outbox, failed):
    a_task(TaskState.WAITING, run_at=NOON)
    (line,) = outbox("failed").splitlines()
    assert line.split("\t") == [
        str(failed),
        "mail.deliver",
        "2026-03-02T17:00+00:00",
        "SMTPRecipientsRefused: no such user",
    ]


def test_it_is_tried_again_with_all_its_tries(outbox, failed):
    assert outbox("retry") == f"{failed}\n"
    task = db.session.get(OutboxTask, failed)
    assert (task.state, task.tries) == (TaskState.WAITING, 0)
    assert [entry.action for entry in db.session.query(Entry)] == ["outbox.tried_again"]


def test_only_the_numbers_that_were_named_are_tried_again(outbox, failed):
    other = a_task(TaskState.FAILED, run_at=NOON).id
    assert outbox("retry", failed) == f"{failed}\n"
    assert db.session.get(OutboxTask, other).state is TaskState.FAILED


def test_it_is_given_up_and_the_error_stays(outbox, failed):
    outbox("give-up", failed)
    task = db.session.get(OutboxTask, failed)
    assert task.state is TaskState.DONE
    assert "no such user" in task.last_error
    assert [entry.action for entry in db.session.query(Entry)] == ["outbox.given_up"]


def test_work_that_has_not_failed_is_left_alone(outbox):
    waiting = a_task(TaskState.WAITING, run_at=NOON).id
    assert outbox("give-up", waiting, code=1) == "–\n"
    assert outbox("retry", waiting, code=1) == "–\n"
    assert db.session.get(OutboxTask, waiting).state is TaskState.WAITING
