"""``/health``: what a monitor learns, and what it does not."""

from datetime import timedelta

import pytest

import thinkia
from tests.operations.test_check import a_letter, a_task
from tests.servers.databases import settings
from thinkia import clock
from thinkia.db import db
from thinkia.operations import routes
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import TaskState

FIELDS = {"status", "database", "disk", "oldest_task_minutes", "oldest_letter_minutes"}


@pytest.fixture
def health(app):
    def ask(status):
        db.session.commit()
        response = app.test_client().get("/health")
        assert response.status_code == status
        assert response.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in response.headers
        return response.json

    return ask


def minutes_ago(minutes):
    return clock.now() - timedelta(minutes=minutes)


def test_an_idle_installation_is_well_and_tells_nothing_else(health):
    answer = health(200)
    assert answer["status"] == "ok"
    assert set(answer) == FIELDS


def test_work_that_nobody_does_is_told_after_an_hour(health):
    task = a_task(TaskState.WAITING, run_at=minutes_ago(58))
    assert health(200)["oldest_task_minutes"] == 58
    task.run_at = minutes_ago(61)
    assert health(503)["status"] == "degraded"


def test_work_that_is_planned_for_later_is_not_late(health):
    a_task(TaskState.WAITING, run_at=clock.now() + timedelta(days=1))
    assert health(200)["oldest_task_minutes"] == 0


def test_a_mail_server_that_takes_nothing_is_told_after_an_hour(health):
    a_letter(a_task(TaskState.WAITING, run_at=clock.now() + timedelta(hours=1)), written_at=minutes_ago(61))
    assert health(503)["oldest_letter_minutes"] == 61


def test_one_bad_address_among_letters_that_arrive_is_no_alarm(health):
    a_letter(a_task(TaskState.WAITING, run_at=clock.now() + timedelta(hours=1)), written_at=minutes_ago(300))
    a_letter(a_task(TaskState.DONE, run_at=minutes_ago(9)), written_at=minutes_ago(9))
    db.session.query(Mail).order_by(Mail.id.desc()).first().delivered_at = minutes_ago(8)
    assert health(200)["oldest_letter_minutes"] == 300


def test_a_disk_that_fills_up_is_told(health, monkeypatch):
    monkeypatch.setattr(routes, "ROOM", 1 << 62)
    assert health(503)["disk"] == "almost full"


def test_a_database_that_does_not_answer_is_told_without_its_address(tmp_path):
    app = thinkia.create_app(settings("postgresql://ana:geheim@127.0.0.1:1/nowhere", tmp_path))
    response = app.test_client().get("/health")
    assert response.status_code == 503
    assert response.json == {"status": "down", "database": "does not answer"}
