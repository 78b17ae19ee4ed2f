"""The real thing, once: PostgreSQL, Redis, RQ, SMTP, S3 and gunicorn, by the commands of the documents."""

import json
import re
import secrets
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis

from tests import servers
from tests.operations import production
from tests.operations.production import HOST, Person, running, wait_for
from tests.servers import databases
from tests.servers.fixtures import needed
from thinkia.outside.queue import QUEUE

PASSPHRASE = "cuatro llamas cruzan Pifo"


@pytest.fixture
def environment(worker, redis_url, smtp, s3):
    database = needed(lambda: databases.fresh("postgresql", f"thinkia_production_{worker}"))
    return production.environment(
        env="production",
        secret=secrets.token_hex(32),
        database_url=database,
        redis_url=redis_url,
        base_url=f"https://{HOST}",
        trusted_proxies=1,
        storage=f"s3://{s3.bucket}/files",
        s3_endpoint=s3.endpoint,
        s3_access_key=s3.access_key,
        s3_secret_key=s3.secret_key,
        smtp_url=smtp.url,
        mail_from="Thinkia <no-reply@thinkia.example.org>",
    )


@dataclass
class Installation:
    port: int
    web: subprocess.Popen
    logs: tuple[Path, Path]


@pytest.fixture
def installation(environment, tmp_path):
    port, logs = servers.free_port(), (tmp_path / "web.log", tmp_path / "worker.log")
    with (
        running(production.web(port), environment, logs[0]) as web,
        running(production.worker(), environment, logs[1]),
    ):
        wait_for(Person(port).reaches, *logs)
        yield Installation(port, web, logs)


def test_an_account_is_opened_and_its_letter_arrives_through_rq(installation, environment, smtp, redis_url):
    nina = Person(installation.port)
    answer = nina.submit(
        "/sign-up",
        name="Nina Quispe",
        email="nina@example.org",
        password=PASSPHRASE,
        birth_date_day="17",
        birth_date_month="5",
        birth_date_year="1998",
        language="es",
        participation="y",
    )
    assert (answer.status, answer.headers["Location"]) == (302, "/sign-up/sent")

    (letter,) = wait_for(lambda: smtp.messages, *installation.logs)
    assert letter["From"] == "Thinkia <no-reply@thinkia.example.org>"
    text = letter.get_body(("plain",)).get_content()
    (path,) = re.findall(rf"https://{HOST}(/verify/\S+)", text)
    assert nina.submit(path).headers["Location"] == "/desk"
    assert nina.get("/account/sign-ins").status == 200

    cookie = nina.cookies["__Host-thinkia"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
    assert nina.get("/health").headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert nina.get("/_mail").status == 404

    checked = production.run(production.flask("check", "--lang", "en"), environment)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert f"Worker: 1 listening to the queue “{QUEUE}”." in checked.stdout
    assert "can be written and read" in checked.stdout
    assert len(smtp.messages) == 1  # looking at the mail server sends nothing
    assert_every_process_counts_together(installation.port, redis_url)


def assert_every_process_counts_together(port, redis_url):
    """Twenty letters an hour for one address, whichever of the two processes is asked."""
    statuses = [Person(port).submit("/reset", email="nobody@example.org").status for _ in range(21)]
    assert statuses == [302] * 20 + [429]
    with Redis.from_url(redis_url) as connection:
        assert list(connection.scan_iter("LIMITS*"))


@pytest.mark.parametrize("command", [production.web(0), production.worker()], ids=["gunicorn", "worker"])
def test_without_a_setting_it_does_not_start_and_says_which_in_one_line(command, environment):
    del environment["THINKIA_SMTP_URL"]
    ended = production.run(command, environment)

    assert ended.returncode == 1
    lines = [line for line in ended.stderr.splitlines() if "[INFO] Starting gunicorn" not in line]
    assert lines == ["Thinkia does not start: set THINKIA_SMTP_URL (docs/operations.md)"]


def test_a_kind_of_installation_that_does_not_exist_is_not_taken_for_development(environment):
    environment["THINKIA_ENV"] = "prod"
    ended = production.run(production.web(0), environment)
    assert ended.returncode == 1
    assert "THINKIA_ENV is 'prod', not one of development, test, production" in ended.stderr


def test_a_worker_without_redis_says_so(environment):
    ended = production.run(production.worker(), production.environment())
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        "Thinkia's worker does not start: set THINKIA_REDIS_URL (docs/operations.md)"
    ]


def test_work_survives_a_worker_that_could_not_do_it(environment, redis_url, smtp, tmp_path):
    """RQ remembers a job that failed; if it did so for long, the outbox could not hand it over again."""
    broken = environment | {"THINKIA_DATABASE_URL": "postgresql://127.0.0.1:1/nowhere"}
    port, log = servers.free_port(), tmp_path / "web.log"
    with running(production.web(port), environment, log):
        wait_for(Person(port).reaches, log)
        Person(port).submit("/reset", email="nobody@example.org")
        with Redis.from_url(redis_url) as connection:
            key = wait_for(lambda: connection.keys("rq:job:ob-*"), log)[0]
            production.run([*production.worker(), "--burst"], broken)
            assert 0 < connection.ttl(key) <= 60
            connection.delete(key)  # the minute is over
        with running(production.worker(), environment, tmp_path / "worker.log"):
            wait_for(lambda: smtp.messages, log, tmp_path / "worker.log")


def test_the_database_going_away_is_a_503_and_coming_back_is_enough(environment, tmp_path):
    """F08: what was on the way is told to try again, and nothing has to be restarted."""
    port, log = servers.free_port(), tmp_path / "web.log"
    name = environment["THINKIA_DATABASE_URL"].rpartition("/")[2]
    with running(production.web(port), environment, log):
        person = Person(port)
        wait_for(person.reaches, log)
        with databases.postgres._admin() as admin:
            admin.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        answer = person.get("/calls/none-of-this-name")
        health = person.get("/health")
        with databases.postgres._admin() as admin:
            admin.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')
        assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
        assert "Volvemos en un momento" in answer.text
        assert (health.status, json.loads(health.text)["status"]) == (503, "down")
        wait_for(lambda: person.get("/calls/none-of-this-name").status == 404, log)
