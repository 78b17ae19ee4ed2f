"""Thinkia on a private PostgreSQL with a large sample call, served by gunicorn as in production."""

import os
import secrets
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path

import psycopg
from flask import Flask
from sqlalchemy import select

import thinkia
from config import Settings
from tests import servers
from tests.servers import databases, postgres
from thinkia import clock
from thinkia.accounts.models import Account, SignIn
from thinkia.accounts.queries import account_by_email, actor_of, hashed
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.demo.calls import Sample
from thinkia.demo.load import Size, load
from thinkia.demo.seed import OWNER, seed
from thinkia.domain.lifecycle import ReviewState
from thinkia.jury.models import Juror, Review
from thinkia.organisations.queries import host_by_code
from thinkia.submissions.models import Submission
from thinkia.teams.models import Member, Team

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 2
SEEDED = "thinkia_seeded"
SMALL = Size(20, 5, 60)
CALLS = {"large-open": Sample.OPEN, "large-jury": Sample.JURY, "large-results": Sample.RESULTS}


@dataclass(frozen=True, slots=True)
class Site:
    """A served installation: where, the sessions of people by role, and the codes of what they look at."""

    address: str
    cookies: dict[str, str]
    codes: dict[str, str]


@contextmanager
def running() -> Iterator[None]:
    """What is started inside is stopped at the end."""
    run = servers.begin()
    try:
        yield
    finally:
        servers.end(run)


def prepare(name: str, size: Size, large: Collection[str] = tuple(CALLS)) -> Settings:
    """A database of its own with the sample calls and three more: one open, one that the jury reads, one with
    its result out. Those that are named have this size, all unless told, and the others hardly any.
    """
    servers.once(SEEDED, _seeded)
    settings = _settings(name, postgres.create(name, template=SEEDED))
    with _application(settings) as app:
        for code, like in CALLS.items():
            add_call(app, code, size if code in large else SMALL, like)
    _analyse(settings)
    return settings


def add_call(app: Flask, code: str, size: Size, like: Sample) -> None:
    """One more call of this size."""
    with app.app_context():
        now, host = clock.now(), host_by_code("lab-muestra")
        load(host, actor_of(_account(OWNER.email)), now, code=code, size=size, like=like)
        db.session.remove()


def serve(name: str, settings: Settings) -> Site:
    """Two workers with the settings of production, until the end of ``running``."""
    port = servers.free_port()
    gunicorn = [Path(sys.executable).with_name("gunicorn"), "-c", "python:thinkia.outside.gunicorn"]
    how = ["--preload", "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}"]
    servers.launch(
        f"gunicorn-{name}",
        [*gunicorn, *how, "benchmarks.counting:app"],
        lambda: _answers(port),
        env=environment(settings),
        cwd=ROOT,
    )
    with _application(settings) as app, app.app_context():
        return Site(f"127.0.0.1:{port}", _cookies(app), _codes())


def environment(settings: Settings) -> dict[str, str]:
    """For a process that works on the same installation."""
    return os.environ | {
        "THINKIA_SECRET": settings.secret,
        "THINKIA_DATABASE_URL": settings.database_url,
        "THINKIA_DATA": str(settings.data),
        "THINKIA_RELAY": "0",
        "FLASK_APP": "wsgi",
        "PYTHONPATH": str(ROOT),
    }


def _settings(name: str, url: str) -> Settings:
    return databases.settings(url, servers.folder() / name, secret=secrets.token_hex(16))


def _seeded() -> str:
    settings = _settings(SEEDED, databases.fresh("postgresql", SEEDED))
    with _application(settings) as app, app.app_context():
        seed(clock.now())
    return settings.database_url


@contextmanager
def _application(settings: Settings) -> Iterator[Flask]:
    app = thinkia.create_app(settings)
    try:
        yield app
    finally:
        databases.dispose(app)


def _analyse(settings: Settings) -> None:
    """Let the planner know what there is, as it would after a while."""
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _answers(port: int) -> bool:
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/-bare")
        return connection.getresponse().status == 200
    except OSError:
        return False


def _account(email: str) -> Account:
    found = account_by_email(email)
    if found is None:
        raise LookupError(f"no sample account {email}")
    return found


def _cookies(app: Flask) -> dict[str, str]:
    now = clock.now()
    emails = {
        "citizen": "large-open-0@example.org",
        "juror": "large-jury-jurado0@example.org",
        "organiser": OWNER.email,
    }
    with transaction():
        return {role: _cookie(app, _account(email), now) for role, email in emails.items()}


def _cookie(app: Flask, account: Account, now: datetime) -> str:
    """A signed-in browser's cookie, without the sign-in page."""
    token = secrets.token_urlsafe(32)
    db.session.add(SignIn(account_id=account.id, token_hash=hashed(token), created_at=now, seen_at=now))
    content = {"_user_id": token, "_fresh": True, "seen": int(now.timestamp())}
    signed = app.session_interface.get_signing_serializer(app).dumps(content)
    return f"{app.config['SESSION_COOKIE_NAME']}={signed}"


def _codes() -> dict[str, str]:
    """The citizen's team and draft; a review that the juror has still to begin."""
    team = db.session.execute(
        select(Team.code, Submission.code)
        .join(Member, Member.team_id == Team.id)
        .join(Submission, Submission.team_id == Team.id)
        .join(Account, Account.id == Member.account_id)
        .where(Account.email == "large-open-0@example.org")
    ).one()
    review = db.session.scalars(
        select(Review.code)
        .join(Juror, Juror.id == Review.juror_id)
        .join(Call, Call.id == Review.call_id)
        .where(Call.code == "large-jury", Review.state == ReviewState.ASSIGNED)
        .where(Juror.email == "large-jury-jurado0@example.org")
        .order_by(Review.position)
        .limit(1)
    ).one()
    return {"team": team[0], "submission": team[1], "review": review}
