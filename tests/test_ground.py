"""The ground that other tests stand on: real databases, Redis, mail, storage, a real browser."""

import os
import smtplib
import subprocess
import sys
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import func, select

from tests import servers
from tests.browser import axe_violations
from tests.servers import databases
from thinkia import clock
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.outside import outbox, queue
from thinkia.outside.storage import digest, storage_of


def ask_for_something(name="ground.nothing"):
    with transaction():
        task = outbox.enqueue(name, clock.now())
    return task.id


def rows():
    return db.session.scalar(select(func.count()).select_from(outbox.OutboxTask))


def test_what_a_test_commits_is_gone_afterwards(applications, database):
    _, app = applications(database, "rolled_back")
    with app.app_context():
        with databases.rolled_back(app):
            ask_for_something()
            assert rows() == 1
        with databases.rolled_back(app):
            assert rows() == 0


def test_a_request_sees_what_the_test_wrote(app):
    task_id = ask_for_something()
    with app.app_context():
        assert db.session.get(outbox.OutboxTask, task_id).state == outbox.TaskState.WAITING


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_committed_application_starts_empty_each_time(committed_app, time):
    assert rows() == 0
    ask_for_something()
    db.session.remove()
    assert rows() == 1


def test_each_database_is_what_it_says(app, database):
    assert db.engine.dialect.name == database


@pytest.mark.parametrize(
    ("language", "words"), [("en", "This page does not exist"), ("es", "Esta página no existe")]
)
def test_a_page_answers_in_the_language_of_its_reader(new_browser, language, words):
    assert new_browser(language).get("/nowhere", status=404).h1 == words


def test_redis_is_real_and_empty(redis_url):
    with Redis.from_url(redis_url) as connection:
        assert connection.info("server")["redis_version"]
        assert connection.keys() == []


def test_a_worker_in_another_process_does_what_the_outbox_asks(committed_app, work_off):
    task_id = ask_for_something("ground.unknown")
    assert work_off() == 1
    row = db.session.get(outbox.OutboxTask, task_id, populate_existing=True)
    assert (row.tries, row.state) == (1, outbox.TaskState.WAITING)
    assert "ground.unknown" in row.last_error


def test_the_embedded_relay_does_the_same_in_this_process(committed_app):
    task_id = ask_for_something("ground.unknown")
    assert queue.drain(committed_app) == 0
    assert db.session.get(outbox.OutboxTask, task_id, populate_existing=True).tries == 1


def test_a_letter_arrives_at_the_mail_server(smtp):
    letter = EmailMessage()
    letter["To"], letter["From"], letter["Subject"] = "ana@example.org", "thinkia@example.org", "Él"
    letter.set_content("Hola")
    host, _, port = smtp.url.removeprefix("smtp://").partition(":")
    with smtplib.SMTP(host, int(port)) as server:
        server.send_message(letter)
    assert [message["Subject"] for message in smtp.messages] == ["Él"]


@pytest.mark.database("sqlite")
def test_files_go_to_the_bucket(another_app, s3):
    keys = {"s3_access_key": s3.access_key, "s3_secret_key": s3.secret_key}
    app = another_app(storage=f"s3://{s3.bucket}", s3_endpoint=s3.endpoint, **keys)
    storage = storage_of(app.config["SETTINGS"])
    sha, _ = digest(BytesIO(b"a plan"))
    assert not storage.holds(sha)
    storage.put(BytesIO(b"a plan"), sha)
    assert b"".join(storage.chunks(sha)) == b"a plan"


def test_a_real_browser_opens_a_page_of_ours(page):
    page.goto("/nowhere")
    assert page.locator("html").get_attribute("lang") == "es"
    assert axe_violations(page) == []


def test_a_run_that_was_killed_is_swept_up(tmp_path):
    """A server whose owner is gone does not outlive the next run."""
    sleeper = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], stderr=subprocess.DEVNULL
    )
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    left = Path(servers._PLACE) / f"thinkia-tests-{int(gone.stdout)}-left"
    left.mkdir()
    (left / "sleeper.pid").write_text(str(sleeper.pid))
    run = os.environ[servers.RUN]
    try:
        servers.end(servers.begin())
    finally:
        os.environ[servers.RUN] = run
    assert not left.exists()
    sleeper.wait(timeout=5)
