"""What Thinkia stands on: each part that is not there, or not as it should be, is told in one line."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import text

import thinkia
from config import Settings
from tests import servers
from tests.builders import NOON
from tests.operations.places import ROOT, a_place, words, wrongs
from tests.servers import databases
from thinkia.db import db
from thinkia.operations import installation
from thinkia.operations.report import State

STRONG = "f3c1a9e07b5d4826f3c1a9e07b5d4826"
COMPLETE = {
    "env": "production",
    "secret": STRONG,
    "database_url": "postgresql://127.0.0.1/thinkia",
    "redis_url": "redis://127.0.0.1",
    "base_url": "https://thinkia.example.org",
    "storage": "/srv/thinkia/files",
    "smtp_url": "smtp://127.0.0.1",
    "mail_from": "Thinkia <thinkia@example.org>",
    "trusted_proxies": 1,
}


def production(*, without=(), **changes):
    settings = {name: value for name, value in {**COMPLETE, **changes}.items() if name not in without}
    return a_place(NOON, **settings)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("TRUSTED_PROXIES", "two", "is not a whole number"),
        ("TRUSTED_PROXIES", "-1", "is not a whole number"),
        ("DATABASE_URL", "thinkia:hidden@127.0.0.1", "does not begin with postgresql://"),
        ("DATABASE_URL", "mysql://thinkia:hidden@127.0.0.1", "does not begin with postgresql://"),
    ],
)
def test_a_setting_that_cannot_be_read_is_told_in_one_line_without_its_value(name, value, reason):
    with pytest.raises(SystemExit) as stopped:
        Settings.from_env({f"THINKIA_{name}": value})
    assert str(stopped.value).startswith(f"Thinkia does not start: THINKIA_{name} {reason}")
    assert value not in str(stopped.value)


def test_complete_settings_have_no_fault(app):
    assert wrongs(installation.settings_given, production()) == []


@pytest.mark.parametrize("name", sorted(set(COMPLETE) - {"env", "trusted_proxies"}))
def test_each_setting_that_production_needs_is_missed(app, name):
    (sentence,) = wrongs(installation.settings_given, production(without=[name]))
    assert sentence == f"Faltan ajustes: THINKIA_{name.upper()}."


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"env": "prod"}, "THINKIA_ENV es «prod»"),
        ({"secret": "change me"}, "THINKIA_SECRET es corto"),
        ({"secret": "ab" * 32}, "THINKIA_SECRET es corto"),
        ({"base_url": "http://thinkia.example.org"}, "THINKIA_BASE_URL no empieza con https://"),
        ({"trusted_proxies": 0}, "THINKIA_TRUSTED_PROXIES es 0"),
        ({"limits_storage": "memory://"}, "THINKIA_LIMITS_STORAGE cuenta por separado"),
    ],
)
def test_a_careless_setting_is_told(app, change, named):
    (sentence,) = wrongs(installation.settings_given, production(**change))
    assert named in sentence
    assert "change me" not in sentence


def test_a_misspelt_setting_is_told_with_the_right_name(app):
    place = a_place(NOON, environment=["THINKIA_SMPT_URL", "THINKIA_DATA", "THINKIA_TEST_REDIS_URL", "PATH"])
    (sentence,) = wrongs(installation.settings_given, place)
    assert sentence == "THINKIA_SMPT_URL no es un ajuste de Thinkia. ¿Quiso decir THINKIA_SMTP_URL?"


@pytest.mark.database("sqlite")
def test_a_database_that_was_never_migrated_is_told(tmp_path, worker):
    app = thinkia.create_app(databases.settings(databases.empty("sqlite", f"never_{worker}"), tmp_path))
    with app.app_context():
        (sentence,) = wrongs(installation.database, a_place(NOON))
        result = app.test_cli_runner().invoke(args=["check", "--lang", "en"])
    databases.dispose(app)

    assert "vacío" in sentence
    assert "flask db upgrade" in sentence
    assert result.exit_code == 1
    assert "receipt" not in result.output  # what stands on the schema is not looked at


def test_a_database_of_another_release_is_told(app):
    db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    (sentence,) = wrongs(installation.database, a_place(NOON))
    assert "0000" in sentence


def test_a_database_that_does_not_answer_is_a_line_and_the_rest_is_looked_at(tmp_path):
    app = thinkia.create_app(databases.settings("postgresql://ana:geheim@127.0.0.1:1/nowhere", tmp_path))
    output = app.test_cli_runner().invoke(args=["check", "--lang", "en"]).output

    assert "Cannot be checked: the database (OperationalError" in output
    assert "can be written and read" in output
    assert "geheim" not in output


@pytest.mark.database("sqlite")
def test_sqlite_says_whether_it_writes_ahead_and_holds_keys(app, committed_app):
    assert "SQLite escribe por adelantado (WAL) y respeta las claves foráneas." in words(
        installation.database, a_place(NOON)
    )


def test_sqlite_without_either_is_told(tmp_path, monkeypatch):
    app = thinkia.create_app(databases.settings("sqlite:///:memory:", tmp_path))
    with app.app_context(), app.test_request_context(headers={"Accept-Language": "en"}):
        line = installation._sqlite()
    assert line.state is State.WRONG
    assert "journal mode memory, foreign keys on" in line.sentence


def test_without_redis_nobody_expects_a_worker(app):
    (line,) = installation.redis(a_place(NOON))
    assert line.state is State.UNUSED


def test_redis_that_does_not_answer_is_told_without_its_password(app):
    (sentence,) = wrongs(installation.redis, a_place(NOON, redis_url="redis://:geheim@127.0.0.1:1/0"))
    assert "127.0.0.1:1 no responde" in sentence
    assert "geheim" not in sentence


def test_a_worker_is_there_or_is_missed(app, redis_url):
    place = a_place(NOON, redis_url=redis_url)
    (sentence,) = wrongs(installation.redis, place)
    assert "nadie atiende la cola «thinkia»" in sentence

    rq = Path(sys.executable).with_name("rq")
    command = [rq, "worker", "--url", redis_url, "-S", "rq.serializers.JSONSerializer", "thinkia"]
    worker = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 15
        while wrongs(installation.redis, place) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert "Trabajador: 1 en la cola «thinkia»." in words(installation.redis, place)
    finally:
        worker.terminate()
        worker.wait(timeout=15)


def test_the_mail_server_is_greeted_and_gets_no_letter(app, smtp):
    assert words(installation.mail, a_place(NOON, smtp_url=smtp.url)) == [
        f"Correo: {smtp.url.removeprefix('smtp://')} responde y permite el ingreso."
    ]
    assert smtp.messages == []


def test_a_mail_server_that_does_not_answer_is_told(app):
    (sentence,) = wrongs(installation.mail, a_place(NOON, smtp_url="smtp://ana:geheim@127.0.0.1:1"))
    assert "127.0.0.1:1 no responde" in sentence
    assert "geheim" not in sentence


def test_a_mail_server_that_does_not_let_us_in_is_told(app):
    port = servers.free_port()
    strict = Controller(
        object(),
        hostname="127.0.0.1",
        port=port,
        authenticator=lambda *_: _refusal(),
        auth_require_tls=False,
    )
    strict.start()
    try:
        (sentence,) = wrongs(installation.mail, a_place(NOON, smtp_url=f"smtp://ana:geheim@127.0.0.1:{port}"))
    finally:
        strict.stop()
    assert "rechaza el usuario o la contraseña" in sentence


def _refusal():
    from aiosmtpd.smtp import AuthResult  # noqa: PLC0415

    return AuthResult(success=False, handled=False)


def test_a_folder_for_mail_that_cannot_be_written_is_told(app, tmp_path):
    (tmp_path / "mail").write_text("in the way")
    (sentence,) = wrongs(installation.mail, a_place(NOON, tmp_path))
    assert f"No se puede escribir en la carpeta {tmp_path / 'mail'}" in sentence


def test_a_content_goes_to_the_folder_and_back_and_nothing_is_left(app, tmp_path):
    assert wrongs(installation.storage, a_place(NOON, tmp_path)) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_content_goes_to_the_bucket_and_back(app, s3):
    keys = {"s3_endpoint": s3.endpoint, "s3_access_key": s3.access_key, "s3_secret_key": s3.secret_key}
    place = a_place(NOON, storage=f"s3://{s3.bucket}", **keys)
    assert words(installation.storage, place) == [f"Archivos: en s3://{s3.bucket} se puede escribir y leer."]

    elsewhere = a_place(NOON, storage="s3://no-such-bucket-here", **keys)
    with pytest.raises(Exception, match="NoSuchBucket"):
        list(installation.storage(elsewhere))


def test_little_room_is_told(app, tmp_path, monkeypatch):
    assert wrongs(installation.room, a_place(NOON, tmp_path)) == []
    monkeypatch.setattr(installation, "ROOM", 1 << 62)
    (sentence,) = wrongs(installation.room, a_place(NOON, tmp_path))
    assert str(tmp_path) in sentence


def test_catalogues_of_another_release_are_told(app, tmp_path):
    place = a_place(NOON)
    assert wrongs(installation.catalogues, place) == []

    source = tmp_path / "translations/es/LC_MESSAGES/messages.po"
    source.parent.mkdir(parents=True)
    source.write_bytes((ROOT / "translations/es/LC_MESSAGES/messages.po").read_bytes())
    place = a_place(NOON, root=tmp_path)
    (sentence,) = wrongs(installation.catalogues, place)
    assert "es. Ejecute: make setup" in sentence
