"""Work that must not be lost: asked for in the transaction, done once, tried again, shown to who waits."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.builders import NOON
from thinkia import clock
from thinkia.db import db
from thinkia.db.transaction import atomic, transaction
from thinkia.outside import outbox, queue
from thinkia.outside.mail import Letter, Mail, deliver, post
from thinkia.outside.outbox import OutboxTask, TaskState

done: list[str] = []


@outbox.task("test.note")
def note(word):
    done.append(word)
    return {"noted": word}


@outbox.task("test.break")
def break_down():
    raise ConnectionError("the line is dead")


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


def ask(name="test.note", **options):
    with transaction():
        return outbox.enqueue(name, NOON, **options).id


def task(task_id):
    return db.session.get(OutboxTask, task_id, populate_existing=True)


def test_a_transaction_that_fails_asks_for_nothing(app):
    @atomic
    def in_vain():
        outbox.enqueue("test.note", NOON, word="lost")
        raise ValueError("in vain")

    with pytest.raises(ValueError, match="in vain"):
        in_vain()

    assert outbox.due(NOON) == []


def test_a_task_runs_once_and_keeps_its_outcome(app):
    task_id = ask(word="once")

    assert outbox.run_task(task_id, lambda: NOON) is True
    assert outbox.run_task(task_id, lambda: NOON) is False
    assert done == ["once"]
    assert (task(task_id).state, task(task_id).outcome) == (TaskState.DONE, {"noted": "once"})


def test_the_same_key_asks_once_for_ever(app):
    first = ask(word="a", dedupe_key="receipt:1")
    outbox.run_task(first, lambda: NOON)

    assert ask(word="a", dedupe_key="receipt:1") == first
    assert outbox.due(NOON) == []


def test_what_is_asked_for_later_waits(app):
    task_id = ask(word="later", run_at=NOON + timedelta(hours=1))

    assert outbox.due(NOON) == []
    assert outbox.run_task(task_id, lambda: NOON) is False
    assert outbox.due(NOON + timedelta(hours=1)) == [task_id]


def test_a_failure_is_written_down_and_tried_again_after_1_5_15_60_minutes(app):
    task_id, moment, waits = ask("test.break"), NOON, []
    for _ in range(4):
        outbox.run_task(task_id, lambda at=moment: at)
        row = task(task_id)
        waits.append((row.run_at - moment) / timedelta(minutes=1))
        moment = row.run_at

    assert waits == [1, 5, 15, 60]
    assert "the line is dead" in task(task_id).last_error


def test_after_the_last_try_it_stays_failed_for_a_person_to_see(app):
    task_id, moment = ask("test.break"), NOON
    for _ in range(len(outbox.RETRIES) + 1):
        outbox.run_task(task_id, lambda at=moment: at)
        moment = max(moment, task(task_id).run_at)

    assert task(task_id).state == TaskState.FAILED
    assert outbox.due(moment + timedelta(days=30)) == []


def test_the_task_of_a_killed_worker_is_taken_by_another_once_its_lease_is_over(app):
    task_id = ask(word="rescued")
    outbox._claim(task_id, NOON)  # the worker dies here

    assert outbox.run_task(task_id, lambda: NOON + timedelta(minutes=9)) is False
    assert outbox.run_task(task_id, lambda: NOON + outbox.LEASE + timedelta(seconds=1)) is True
    assert done == ["rescued"]


def test_an_rq_worker_delivers_a_real_letter(committed_app, work_off):
    with transaction():
        mail = post(a_letter(), clock.now())

    assert work_off() == 1
    sent = db.session.scalar(select(Mail).where(Mail.id == mail.id).execution_options(populate_existing=True))
    assert sent.delivered_at is not None
    folder = committed_app.config["SETTINGS"].data / "mail"
    assert [path.suffix for path in folder.iterdir()] == [".eml"]


def test_a_letter_reaches_the_mail_server_once_and_forgets_its_secret(another_app, smtp):
    app = another_app(smtp_url=smtp.url)
    with app.app_context():
        with transaction():
            mail_id = post(a_letter(secret=True), clock.now()).id
        assert queue.drain(app) == 1
        deliver(mail_id)

        assert [message["To"] for message in smtp.messages] == ["ana@example.org"]
        assert db.session.get(Mail, mail_id, populate_existing=True).text == ""


def test_a_mail_server_that_is_down_loses_no_letter(another_app):
    app = another_app(smtp_url="smtp://127.0.0.1:9")
    with app.app_context():
        with transaction():
            mail_id = post(a_letter(), clock.now()).id
        assert queue.drain(app) == 0

        mail = db.session.get(Mail, mail_id, populate_existing=True)
        assert mail.delivered_at is None
        assert task(mail.outbox_id).state == TaskState.WAITING


def test_the_same_key_writes_one_letter(app):
    with transaction():
        first, second = (post(a_letter(), NOON, dedupe_key="welcome:1") for _ in range(2))

    assert first.id == second.id


def a_letter(**changes):
    return Letter(
        "ana@example.org",
        "es",
        "Hola",
        "mail.html",
        {"subject": "Hola", "paragraphs": ["Hola"], "language": "es"},
        **changes,
    )
